package org.medroute.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class NormalFormTest {
  /**
   * The chars that may join with one before them are those that stand second or later in some
   * canonical decomposition; the others are stable by themselves if they are their own NFC.
   */
  @Test
  void safeCharsAreStableAndJoinWithNothingBeforeThem() {
    BitSet joining = new BitSet();
    for (int point = 0; point < 0x30000; point++) {
      if (point < 0xd800 || point > 0xdfff) {
        String apart =
            Normalizer.normalize(new String(Character.toChars(point)), Normalizer.Form.NFD);
        apart.codePoints().skip(1).forEach(joining::set);
      }
    }
    assertThat(joining.get(0x301)).isTrue();
    int safe = 0;
    for (int c = 0; c < 0x10000; c++) {
      if (c < 0x300 || NormalForm.isSafe((char) c)) {
        String alone = String.valueOf((char) c);
        assertThat(Normalizer.normalize(alone, Normalizer.Form.NFC))
            .as("U+%04X", c)
            .isEqualTo(alone);
        assertThat(joining.get(c)).as("U+%04X joins", c).isFalse();
        assertThat(Character.getType(c))
            .as("U+%04X", c)
            .isNotIn(
                (int) Character.NON_SPACING_MARK,
                (int) Character.COMBINING_SPACING_MARK,
                (int) Character.ENCLOSING_MARK);
        safe++;
      }
    }
    assertThat(safe).isGreaterThan(1000);
  }

  @Test
  void unknownCharsDecideNothing() {
    assertThat(plain("IL-6 ≥ 5 µg, β-blocker – 1.73 m²")).isTrue();
    assertThat(plain("Me\u0301nie\u0300re")).isFalse();
    assertThat(plain("5 \u212b")).isFalse();
    assertThat(plain("10 k\u2126")).isFalse();
  }

  private static boolean plain(String text) {
    return NormalForm.isPlain(text.toCharArray(), text.length());
  }
}
