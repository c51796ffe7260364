package org.medroute.text;

import java.text.Normalizer;

/**
 * Tells quickly that a text is in NFC already, which nearly every text is.
 *
 * <p>A text is in NFC if each of its code points is of combining class 0 and of quick check "yes"
 * (UAX 15, section 9). Known to be so: everything below U+0300, and of the characters that medical
 * prose uses beyond them the Greek and Cyrillic letters, general punctuation, raised and lowered
 * digits, currency signs, arrows and mathematical operators. A text with any other character is
 * asked about in full.
 */
final class NormalForm {
  /** The first combining mark. */
  private static final int MARKS = 0x300;

  private NormalForm() {}

  /** Whether the first {@code length} chars are known to be in NFC. False decides nothing. */
  static boolean isPlain(char[] letters, int length) {
    for (int at = 0; at < length; at++) {
      if (letters[at] >= MARKS && !isSafe(letters[at])) {
        return false;
      }
    }
    return true;
  }

  /** Of combining class 0 and quick check "yes", among chars from the first combining mark on. */
  static boolean isSafe(char c) {
    if (c < 0x2002) {
      return (c >= 0x391 && c <= 0x3ce) || (c >= 0x400 && c <= 0x481);
    }
    return c <= 0x205f
        || (c >= 0x2070 && c <= 0x209c)
        || (c >= 0x20a0 && c <= 0x20bf)
        || (c >= 0x2100 && c <= 0x2125)
        || (c >= 0x2190 && c <= 0x22ff);
  }

  static String of(String text) {
    return isPlain(text.toCharArray(), text.length())
            || Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
