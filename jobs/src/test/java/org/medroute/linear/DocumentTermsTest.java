package org.medroute.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.medroute.text.TermHash;
import org.medroute.text.TokenOptions;

class DocumentTermsTest {
  private static final TokenOptions OPTIONS = TokenOptions.defaults();
  private static final TreeMap<String, List<String>> DESCRIPTORS =
      new TreeMap<>(
          Map.of(
              "Heart Diseases", List.of("C14.280"),
              "Cardiovascular Diseases", List.of("C14"),
              "Asthma", List.of("C08.127.108", "C20.543")));

  private static List<String> read(DocumentTerms terms, TokenOptions options, String text) {
    List<String> found = new ArrayList<>();
    terms
        .reader(options)
        .read(text, (letters, length) -> found.add(new String(letters, 0, length)));
    return found;
  }

  @Test
  void givesWordsOfTheHeadingAndConceptsAsOftenAsTheyStandThere() {
    DocumentTerms terms = DocumentTerms.of(true, DESCRIPTORS, OPTIONS);
    assertThat(read(terms, OPTIONS, "Heart disease and beta-blocker: heart\nHeart diseases. Rash"))
        .containsExactlyInAnyOrder(
            "title:heart",
            "title:heart",
            "title:disease",
            "title:beta-blocker",
            "title:beta",
            "title:blocker",
            "mesh:Heart Diseases",
            "mesh:Heart Diseases",
            "mesh:Cardiovascular Diseases",
            "mesh:Cardiovascular Diseases",
            "mesh:C",
            "mesh:C");
    assertThat(read(terms, OPTIONS, "")).isEmpty();
  }

  @Test
  void eachPartAlone() {
    String text = "Asthma\nnothing";
    assertThat(read(DocumentTerms.of(true, new TreeMap<>(), OPTIONS), OPTIONS, text))
        .containsExactly("title:asthma");
    assertThat(read(DocumentTerms.of(false, DESCRIPTORS, OPTIONS), OPTIONS, text))
        .containsExactlyInAnyOrder("mesh:Asthma", "mesh:C08", "mesh:C08.127", "mesh:C20", "mesh:C");
    assertThat(read(DocumentTerms.NONE, OPTIONS, text)).isEmpty();
    assertThat(DocumentTerms.NONE.isNone()).isTrue();
  }

  @Test
  void namesOfSeveralWordsAreFoundWhereTermsAreWordsAlone() {
    TokenOptions words = TokenOptions.of(2, 1, List.of());
    assertThat(read(DocumentTerms.of(false, DESCRIPTORS, words), words, "a heart disease"))
        .contains("mesh:Heart Diseases");
  }

  /** What the compiled scorer counts by hash is what the stage gives as text. */
  @Test
  void hashesAreThoseOfTheTerms() {
    DocumentTerms terms = DocumentTerms.of(true, DESCRIPTORS, OPTIONS);
    terms.concepts().forEach((hash, term) -> assertThat(TermHash.hash(term)).isEqualTo(hash));
    String text = "Asthma in naïve β-blocker users\nheart disease";
    TextReader reader = new TextReader(OPTIONS, terms.thesaurus());
    reader.read(text);
    Map<Integer, Integer> counts = new TreeMap<>();
    reader.forEachHeadingWord(counts::put);
    reader.forEachConcept(counts::put);
    Map<Integer, Integer> expected = new TreeMap<>();
    read(terms, OPTIONS, text)
        .forEach(term -> expected.merge(TermHash.hash(term), 1, Integer::sum));
    assertThat(counts).isEqualTo(expected);
  }

  @Test
  void comesBackFromItsTable() {
    DocumentTerms terms = DocumentTerms.of(true, DESCRIPTORS, OPTIONS);
    byte[] table = terms.table();
    assertThat(new String(table, StandardCharsets.UTF_8)).startsWith("C08.127.108\tAsthma\nC14\t");
    DocumentTerms read = DocumentTerms.read(true, table, OPTIONS);
    assertThat(read.table()).isEqualTo(table);
    assertThat(read.thesaurus().isSameAs(terms.thesaurus())).isTrue();
    assertThat(read.concepts()).isEqualTo(terms.concepts());
    byte[] broken = "C14".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> DocumentTerms.read(true, broken, OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("C14");
  }
}
