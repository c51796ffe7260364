package org.medroute.linear;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.medroute.text.TokenOptions;
import org.medroute.text.TokenSink;

/**
 * What a document holds beside its words and pairs, as further terms: the words of its heading
 * ({@code title:asthma}) and the concepts that a thesaurus finds in it ({@code mesh:Lung
 * Diseases}). No text has such a term, since none has a colon. Immutable; memory some 20 MB for all
 * of MeSH.
 */
public final class DocumentTerms implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No further terms. */
  public static final DocumentTerms NONE =
      new DocumentTerms(false, new TreeMap<>(), Thesaurus.EMPTY, new TreeMap<>());

  private final boolean headingWords;
  private final SortedMap<String, List<String>> descriptors;
  private final Thesaurus thesaurus;

  /** Hash of a concept to its term. */
  private final SortedMap<Integer, String> concepts;

  private DocumentTerms(
      boolean headingWords,
      SortedMap<String, List<String>> descriptors,
      Thesaurus thesaurus,
      SortedMap<Integer, String> concepts) {
    this.headingWords = headingWords;
    this.descriptors = descriptors;
    this.thesaurus = thesaurus;
    this.concepts = concepts;
  }

  /**
   * @param headingWords whether the words of the heading count as terms of their own
   * @param descriptors with their places in the trees; none for no concepts
   * @param options what texts are cut into
   */
  public static DocumentTerms of(
      boolean headingWords, SortedMap<String, List<String>> descriptors, TokenOptions options) {
    ThesaurusBuilder builder = new ThesaurusBuilder(options);
    descriptors.forEach(builder::add);
    Thesaurus built = descriptors.isEmpty() ? Thesaurus.EMPTY : builder.build();
    return new DocumentTerms(headingWords, descriptors, built, builder.terms());
  }

  /**
   * Reads the rows that {@link #table} wrote.
   *
   * @throws IllegalArgumentException if a row is none
   */
  public static DocumentTerms read(boolean headingWords, byte[] table, TokenOptions options) {
    SortedMap<String, List<String>> descriptors = new TreeMap<>();
    for (String row : new String(table, StandardCharsets.UTF_8).split("\n")) {
      int tab = row.indexOf('\t');
      if (tab < 1 || tab == row.length() - 1) {
        throw new IllegalArgumentException("a row of its thesaurus is \"" + row + "\"");
      }
      descriptors
          .computeIfAbsent(row.substring(tab + 1), none -> new ArrayList<>(2))
          .add(row.substring(0, tab));
    }
    return of(headingWords, descriptors, options);
  }

  /** Rows of tree number, tab, descriptor, in order of the tree numbers; UTF-8. */
  public byte[] table() {
    TreeSet<String> rows = new TreeSet<>();
    descriptors.forEach(
        (descriptor, places) ->
            places.forEach(place -> rows.add(place + '\t' + descriptor + '\n')));
    return String.join("", rows).getBytes(StandardCharsets.UTF_8);
  }

  public boolean headingWords() {
    return headingWords;
  }

  /** Knows no name where there are no concepts. */
  public Thesaurus thesaurus() {
    return thesaurus;
  }

  /** Hash of each concept to its term. */
  public SortedMap<Integer, String> concepts() {
    return Collections.unmodifiableSortedMap(concepts);
  }

  /** Whether a document has no terms but its words and pairs. */
  public boolean isNone() {
    return !headingWords && thesaurus.isEmpty();
  }

  /** Reads one text after another, cut as the thesaurus was; for one thread. */
  public Reader reader(TokenOptions options) {
    return new Reader(new TextReader(options, thesaurus));
  }

  /** Gives the further terms of a text. */
  public final class Reader {
    private final TextReader text;

    private Reader(TextReader text) {
      this.text = text;
    }

    /** Gives each term as often as it counts: words of the heading, then concepts. */
    public void read(String next, TokenSink sink) {
      if (isNone()) {
        return;
      }
      text.read(next);
      TermCounts heading = text.heading().terms();
      for (int term = 0; headingWords && term < heading.size(); term++) {
        if (heading.isWord(term)) {
          int length = text.headingTerm(term);
          repeat(text.headingLetters(), length, heading.count(term), sink);
        }
      }
      text.forEachConcept(
          (hash, count) -> {
            char[] letters = concepts.get(hash).toCharArray();
            repeat(letters, letters.length, count, sink);
          });
    }

    private static void repeat(char[] letters, int length, int count, TokenSink sink) {
      for (int time = 0; time < count; time++) {
        sink.term(letters, length);
      }
    }
  }
}
