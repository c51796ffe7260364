package org.medroute.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.medroute.testing.RealData;
import org.medroute.text.TokenOptions.Compounds;
import org.medroute.text.TokenOptions.Numbers;

/** Both scanners give what the tokenizer and the hash give, term by term, whatever the text. */
class TermScannerTest {
  private static final List<TokenOptions> OPTIONS = options();

  private final List<TermScanner> scanners = OPTIONS.stream().map(TermScanner::new).toList();
  private final List<HashScanner> hashScanners = OPTIONS.stream().map(HashScanner::new).toList();
  private final List<BiomedicalTokenizer> tokenizers =
      OPTIONS.stream().map(BiomedicalTokenizer::new).toList();

  private static List<TokenOptions> options() {
    List<TokenOptions> all = new ArrayList<>();
    for (Compounds compounds : Compounds.values()) {
      for (Numbers numbers : Numbers.values()) {
        for (int size = 1; size <= 3; size++) {
          all.add(
              new TokenOptions(
                  size, 1 + size % 2, compounds, numbers, List.of("Heart", "Ménière")));
        }
      }
    }
    return all;
  }

  @Property(tries = 3000, seed = "31")
  void equalsTheTokenizerOnAnyChars(@ForAll("text") String text) {
    assertSame(text);
  }

  @Provide
  Arbitrary<String> text() {
    Arbitrary<String> piece =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                8,
                Arbitraries.strings()
                    .withChars(
                        "aabcdeEfhs sS  iklmnortu0123456789--''++..,,!?;:\n\r\t()%/\u00a0\u00ad\u2019"
                            + "\u00b5\u00b2\u2082\u03b2\u0391\u00e9\u2013\u2212\u2265\u200b\u0301\u1100"
                            + "\u0663\uff15\u1161\u11a8\u212b\u2126\u3002\u4e2d\ud835\udc00\udc00\u2028")
                    .ofMinLength(0)
                    .ofMaxLength(40)),
            net.jqwik.api.Tuple.of(
                4,
                Arbitraries.of(
                    " the ",
                    " heart ",
                    "E. coli",
                    "crohn's ",
                    "beta-blocker",
                    "IL-6",
                    "Na+/K+ ",
                    " 0.05 ",
                    "3.\u0663",
                    "1,\uff15x",
                    "over-expressed",
                    ". ",
                    "\n",
                    "well-known-all",
                    "β-blocker",
                    "x".repeat(64),
                    "y".repeat(65),
                    "a-".repeat(33),
                    "me\u0301nie\u0300re ")),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().all().ofMaxLength(12)));
    return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
  }

  @Test
  void equalsTheTokenizerOnAVeryLongText() {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    while (text.length() < BiomedicalTokenizer.MAX_TEXT + 100) {
      text.append((char) ('a' + random.nextInt(26)));
      if (random.nextInt(6) == 0) {
        text.append(" -.\n'".charAt(random.nextInt(5)));
      }
    }
    assertSame(text.toString());
    assertSame("short after long");
  }

  @Test
  void equalsTheTokenizerOnMoreWordsThanAreGathered() {
    StringBuilder plain = new StringBuilder();
    StringBuilder mixed = new StringBuilder();
    for (int word = 0; word < 2000; word++) {
      plain.append("word").append(word % 700).append(word % 256 == 255 ? ". " : " ");
      mixed.append("n\u00e4".repeat(word % 2)).append("word").append(word % 300).append(' ');
      mixed.append(word % 100 == 99 ? "beta-blocker, of the. " : "");
    }
    assertSame(plain.toString());
    assertSame(mixed.toString());
    assertSame("the of. ".repeat(300) + "aorta valve");
    // words of several runs that lie on both sides of what is read at once
    assertSame("one " + "beta-blocker of ".repeat(900));
    assertSame("up to " + "well-known-all\u00e9. 0.5 ".repeat(700));
  }

  @Test
  void equalsTheTokenizerOnRealText() throws IOException {
    Path file = RealData.path("citations.jsonl.gz");
    ObjectMapper json = new ObjectMapper();
    int read = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && read < 4000) {
        JsonNode document = json.readTree(line);
        assertSame(document.path("title").asText() + "\n" + document.path("abstract").asText());
        read++;
        line = lines.readLine();
      }
    }
    assertThat(read).isEqualTo(4000);
  }

  private void assertSame(String text) {
    for (int i = 0; i < OPTIONS.size(); i++) {
      List<String> terms = new ArrayList<>();
      List<Integer> hashes = new ArrayList<>();
      scanners
          .get(i)
          .scan(
              text,
              (hash, letters, start, length) -> {
                terms.add(new String(letters, start, length));
                hashes.add(TermHash.reduce(hash, 1 << 20));
              });
      List<String> expected = tokenizers.get(i).tokens(text);
      if (!terms.equals(expected)) { // the comparison alone: AssertJ copies long lists
        assertThat(terms).as("%s of %s", OPTIONS.get(i), text).isEqualTo(expected);
      }
      List<Integer> alone = new ArrayList<>();
      hashScanners
          .get(i)
          .scan(
              text,
              (found, count) -> {
                for (int term = 0; term < count; term++) {
                  alone.add(TermHash.reduce(found[term], 1 << 20));
                }
              });
      if (!alone.equals(hashes)) {
        assertThat(alone).as("%s of %s", OPTIONS.get(i), text).isEqualTo(hashes);
      }
      for (int term = 0; term < terms.size(); term++) {
        if (hashes.get(term) != TermHash.bucket(terms.get(term), 1 << 20)) {
          assertThat(hashes.get(term))
              .as(terms.get(term))
              .isEqualTo(TermHash.bucket(terms.get(term), 1 << 20));
        }
      }
    }
  }
}
