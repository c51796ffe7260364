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
  private final TextPart whole;
  private final TextPart heading;
  private final HashedTermSink both;

  /**
   * @param thesaurus whose concepts are counted, too
   */
  TextReader(TokenOptions options, Thesaurus thesaurus) {
    this.scanner = new TermScanner(options);
    this.whole = new TextPart(thesaurus);
    this.heading = new TextPart(thesaurus);
    this.both = new Both(whole, heading);
  }

  /** Reads a text; null counts as empty. */
  void read(String text) {
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
