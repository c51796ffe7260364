package org.medroute.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medroute.text.TermScanner;
import org.medroute.text.TokenOptions;

/** Reading heading and rest apart gives the terms of the whole. */
class TextReaderTest {
  private static final String[] PARTS = {
    "heart",
    "IL-6",
    "beta-blocker",
    "patient's",
    "'",
    "-",
    ".",
    "1.5",
    "A",
    "+",
    "CD4+",
    " ",
    " ",
    " ",
    "\n",
    "\r",
    "\u2028",
    "\u0301",
    "e\u0301",
    "\u00e9",
    "\u1100",
    "\u1161",
    "\u00ad",
    ";",
    "\ud835\udc00",
    "s",
    "the",
    "3,4"
  };

  private final TextReader reader = new TextReader(TokenOptions.defaults(), Thesaurus.EMPTY);
  private final TermScanner scanner = new TermScanner(TokenOptions.defaults());

  @Test
  void termsAreThoseOfTheWholeText() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(24); i >= 0; i--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      reader.read(text.toString());
      assertThat(counts(reader.whole().terms()))
          .as(text.toString())
          .isEqualTo(counts(text.toString()));
      String title = text.toString().split("\n", -1)[0];
      assertThat(counts(reader.heading().terms())).as(text.toString()).isEqualTo(counts(title));
    }
  }

  @Test
  void longFirstLineIsNoHeading() {
    reader.read("heart ".repeat(80) + "\nlung");
    assertThat(reader.heading().terms().size()).isZero();
    assertThat(reader.whole().terms().size()).isEqualTo(3); // heart, heart heart, lung
  }

  private Map<Integer, Integer> counts(String text) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    scanner.scan(text, (hash, letters, start, length) -> counts.merge(hash, 1, Integer::sum));
    return counts;
  }

  private static Map<Integer, Integer> counts(TermCounts terms) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    for (int term = 0; term < terms.size(); term++) {
      counts.put(terms.hash(term), terms.count(term));
    }
    return counts;
  }
}
