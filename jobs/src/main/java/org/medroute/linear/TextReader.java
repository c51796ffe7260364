package org.medroute.linear;

import org.medroute.text.BiomedicalTokenizer;
import org.medroute.text.HashedTermSink;
import org.medroute.text.TermScanner;
import org.medroute.text.TokenOptions;

/**
 * Counts the terms of a text and of its heading. The heading is the first line where that is at
 * most {@value #LONGEST_HEADING} chars long: the title of a document, since texts are made of title
 * and sections on lines of their own. For one thread.
 */
final class TextReader {
  private static final int LONGEST_HEADING = 400;

  /** NFC makes no text longer than thrice its length. */
  private static final int SURELY_WHOLE = BiomedicalTokenizer.MAX_TEXT / 3;

  private final TermScanner scanner;
  private final TermCounts terms = new TermCounts();
  private final TermCounts heading = new TermCounts();
  private final TermCounts none = new TermCounts();
  private final ConceptReader concepts;
  private boolean counted;

  private final HashedTermSink whole =
      new HashedTermSink() {
        @Override
        public void term(int hash, char[] letters, int start, int length) {
          terms.term(hash, letters, start, length);
          if (concepts != null) {
            concepts.word(hash);
          }
        }

        @Override
        public void pair(int hash, char[] letters, int start, int length) {
          terms.pair(hash, letters, start, length);
          if (concepts != null) {
            concepts.join();
          }
        }

        @Override
        public void compound(int hash, char[] letters, int start, int length) {
          terms.term(hash, letters, start, length);
        }
      };

  private final HashedTermSink both =
      new HashedTermSink() {
        @Override
        public void term(int hash, char[] letters, int start, int length) {
          whole.term(hash, letters, start, length);
          heading.term(hash, letters, start, length);
        }

        @Override
        public void pair(int hash, char[] letters, int start, int length) {
          whole.pair(hash, letters, start, length);
          heading.pair(hash, letters, start, length);
        }

        @Override
        public void compound(int hash, char[] letters, int start, int length) {
          whole.compound(hash, letters, start, length);
          heading.term(hash, letters, start, length);
        }
      };

  /**
   * @param thesaurus whose concepts are counted, too
   */
  TextReader(TokenOptions options, Thesaurus thesaurus) {
    this.scanner = new TermScanner(options);
    this.concepts = thesaurus.isEmpty() ? null : new ConceptReader(thesaurus);
  }

  /** Reads a text; null counts as empty. */
  void read(String text) {
    terms.clear();
    heading.clear();
    if (concepts != null) {
      concepts.clear();
    }
    counted = false;
    if (text == null) {
      return;
    }
    int end = text.indexOf('\n');
    int length = end < 0 ? text.length() : end;
    if (length > LONGEST_HEADING) {
      scanner.scan(text, whole);
    } else if (text.length() > SURELY_WHOLE) {
      scanner.scan(text, whole); // whose end is cut off at a place of the whole text
      scanner.scan(text.substring(0, length), heading);
    } else {
      // no term crosses a line: the two parts have the terms of the whole
      scanner.scan(text.substring(0, length), both);
      scanner.scan(text.substring(length), whole);
    }
  }

  /** Words and pairs of the whole text read last. */
  TermCounts terms() {
    return terms;
  }

  /** Concepts of the whole text, by their hashes. */
  TermCounts concepts() {
    if (concepts == null) {
      return none;
    }
    if (!counted) {
      concepts.count();
      counted = true;
    }
    return concepts.counts();
  }

  /** Shares out what concepts did among the words that named them. */
  void shareConcepts(double[] byConcept, double[] byTerm) {
    if (concepts != null) {
      concepts.share(terms, byConcept, byTerm);
    }
  }

  /** Words and pairs of its heading. */
  TermCounts heading() {
    return heading;
  }
}
