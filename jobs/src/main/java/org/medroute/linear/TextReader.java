package org.medroute.linear;

import org.medroute.text.TermScanner;
import org.medroute.text.TokenOptions;

/**
 * Counts the terms of a text and of its heading. The heading is the first line where that is at
 * most {@value #LONGEST_HEADING} chars long: the title of a document, since texts are made of title
 * and sections on lines of their own. For one thread.
 */
final class TextReader {
  private static final int LONGEST_HEADING = 400;

  private final TermScanner scanner;
  private final TermCounts terms = new TermCounts();
  private final TermCounts heading = new TermCounts();

  TextReader(TokenOptions options) {
    this.scanner = new TermScanner(options);
  }

  /** Reads a text; null counts as empty. */
  void read(String text) {
    terms.clear();
    heading.clear();
    if (text == null) {
      return;
    }
    scanner.scan(text, terms);
    int end = text.indexOf('\n');
    int length = end < 0 ? text.length() : end;
    if (length <= LONGEST_HEADING) {
      scanner.scan(text.substring(0, length), heading);
    }
  }

  /** Words and pairs of the whole text read last. */
  TermCounts terms() {
    return terms;
  }

  /** Words and pairs of its heading. */
  TermCounts heading() {
    return heading;
  }
}
