package org.medroute.linear;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import org.medroute.text.TokenOptions;

/**
 * One training document as the hashes and counts of its distinct terms: about 8 bytes a term.
 *
 * @param id decides the order of training, and nothing else
 * @param labels class indexes: one, or all of a document with several true classes
 * @param weight above 0
 * @param words hashes of its words in the order of the text
 * @param wordCounts how often each stands there
 * @param pairs hashes of its pairs of words
 * @param pairCounts how often each stands there
 * @param heading hashes of the heading's words and pairs
 * @param headingCounts how often each stands there
 * @param concepts hashes of what a thesaurus finds in the text
 * @param conceptCounts how often each is named
 * @param headingConcepts hashes of what it finds in the heading
 * @param headingConceptCounts how often each is named there
 */
public record TermRow(
    String id,
    int[] labels,
    double weight,
    int[] words,
    int[] wordCounts,
    int[] pairs,
    int[] pairCounts,
    int[] heading,
    int[] headingCounts,
    int[] concepts,
    int[] conceptCounts,
    int[] headingConcepts,
    int[] headingConceptCounts)
    implements Serializable {

  /** Makes rows of texts; for one thread. */
  public static final class Maker {
    private final TextReader reader;
    private final ObjIntConsumer<String> words;

    /**
     * @param thesaurus whose concepts are looked for
     * @param words takes the letters and the hash of every word of every text
     */
    public Maker(TokenOptions options, Thesaurus thesaurus, ObjIntConsumer<String> words) {
      this.reader = new TextReader(options, thesaurus);
      this.words = words;
    }

    /** The row of a document. */
    public TermRow row(String id, int[] labels, double weight, String text) {
      reader.read(text);
      TermCounts terms = reader.whole().terms();
      Part single = new Part(terms.size());
      Part pairs = new Part(terms.size());
      for (int term = 0; term < terms.size(); term++) {
        (terms.isWord(term) ? single : pairs).add(terms, term);
        if (terms.isWord(term)) {
          words.accept(
              new String(terms.letters(), terms.start(term), terms.length(term)), terms.hash(term));
        }
      }
      Part heading = Part.of(reader.heading().terms());
      Part concepts = Part.of(reader.whole().concepts());
      Part headed = Part.of(reader.heading().concepts());
      return new TermRow(
          id,
          labels,
          weight,
          single.hashes(),
          single.counts(),
          pairs.hashes(),
          pairs.counts(),
          heading.hashes(),
          heading.counts(),
          concepts.hashes(),
          concepts.counts(),
          headed.hashes(),
          headed.counts());
    }
  }

  private static final class Part {
    private final int[] hashes;
    private final int[] counts;
    private int size;

    Part(int most) {
      hashes = new int[most];
      counts = new int[most];
    }

    static Part of(TermCounts terms) {
      Part part = new Part(terms.size());
      for (int term = 0; term < terms.size(); term++) {
        part.add(terms, term);
      }
      return part;
    }

    void add(TermCounts terms, int term) {
      hashes[size] = terms.hash(term);
      counts[size++] = terms.count(term);
    }

    int[] hashes() {
      return Arrays.copyOf(hashes, size);
    }

    int[] counts() {
      return Arrays.copyOf(counts, size);
    }
  }
}
