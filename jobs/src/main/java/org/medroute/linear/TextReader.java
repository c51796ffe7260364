package org.medroute.linear;

import java.util.Arrays;
import org.medroute.text.BiomedicalTokenizer;
import org.medroute.text.HashedTermSink;
import org.medroute.text.TermHash;
import org.medroute.text.TermScanner;
import org.medroute.text.TokenOptions;

/**
 * Counts the terms of a text and of its heading. The heading is the first line where that is at
 * most {@value #LONGEST_HEADING} chars long: the title of a document, since texts are made of title
 * and sections on lines of their own. For one thread.
 */
public final class TextReader {
  /** What the term of a word of the heading begins with; no text has such a term. */
  static final String HEADING = "title:";

  private static final int LONGEST_HEADING = 400;

  /** NFC makes no text longer than thrice its length. */
  private static final int SURELY_WHOLE = BiomedicalTokenizer.MAX_TEXT / 3;

  private final TermScanner scanner;
  private final TextPart whole;
  private final TextPart heading;
  private final HashedTermSink both;
  private char[] headingTerm = Arrays.copyOf(HEADING.toCharArray(), 128);

  /**
   * @param thesaurus whose concepts are counted, too
   */
  public TextReader(TokenOptions options, Thesaurus thesaurus) {
    // names are found by which words are neighbours, as the pairs tell
    this.scanner = new TermScanner(thesaurus.isEmpty() ? options : options.withPairs());
    this.whole = new TextPart(options, thesaurus);
    this.heading = new TextPart(options, thesaurus);
    this.both = new Both(whole, heading);
  }

  /** Reads a text; null counts as empty. */
  public void read(String text) {
    whole.clear();
    heading.clear();
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

  /** Hash and count of every distinct word and pair of the text read last. */
  public void forEachTerm(TermCount sink) {
    forEach(whole.terms(), sink);
  }

  /** The same of the concepts that the thesaurus finds in it. */
  public void forEachConcept(TermCount sink) {
    forEach(whole.concepts(), sink);
  }

  /** The same of the words of its heading, as terms of their own: see {@link DocumentTerms}. */
  public void forEachHeadingWord(TermCount sink) {
    TermCounts terms = heading.terms();
    for (int term = 0; term < terms.size(); term++) {
      if (terms.isWord(term)) {
        int length = headingTerm(term);
        sink.term(TermHash.hash(headingTerm, 0, length), terms.count(term));
      }
    }
  }

  /** Writes the term of a word of the heading to {@link #headingTerm}; returns its length. */
  int headingTerm(int term) {
    TermCounts terms = heading.terms();
    int length = HEADING.length() + terms.length(term);
    if (headingTerm.length < length) {
      headingTerm = Arrays.copyOf(headingTerm, 2 * length);
    }
    System.arraycopy(
        terms.letters(), terms.start(term), headingTerm, HEADING.length(), terms.length(term));
    return length;
  }

  char[] headingLetters() {
    return headingTerm;
  }

  private static void forEach(TermCounts terms, TermCount sink) {
    for (int term = 0; term < terms.size(); term++) {
      sink.term(terms.hash(term), terms.count(term));
    }
  }

  /** Takes the terms of a text. */
  public interface TermCount {
    void term(int hash, int count);
  }

  /** The whole text read last. */
  TextPart whole() {
    return whole;
  }

  /** Its heading. */
  TextPart heading() {
    return heading;
  }

  private record Both(TextPart one, TextPart other) implements HashedTermSink {
    @Override
    public void term(int hash, char[] letters, int start, int length) {
      one.term(hash, letters, start, length);
      other.term(hash, letters, start, length);
    }

    @Override
    public void pair(int hash, char[] letters, int start, int length) {
      one.pair(hash, letters, start, length);
      other.pair(hash, letters, start, length);
    }

    @Override
    public void compound(int hash, char[] letters, int start, int length) {
      one.compound(hash, letters, start, length);
      other.compound(hash, letters, start, length);
    }
  }
}
