package org.medroute.job;

import java.io.IOException;
import java.io.Reader;

/**
 * The lines of a stream, each held up to a limit only: a line without an end fills no memory. What
 * is longer keeps its first chars, one more than the limit.
 */
final class BoundedLines {
  private final Reader in;
  private final int limit;
  private final char[] buffer = new char[1 << 13];
  private final StringBuilder line = new StringBuilder();
  private int at;
  private int end;

  BoundedLines(Reader in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** Moves to the next line; false where there is none. A last line needs no line feed. */
  boolean next() throws IOException {
    line.setLength(0);
    boolean any = false;
    while (true) {
      if (at == end) {
        end = in.read(buffer);
        at = 0;
        if (end <= 0) {
          end = 0;
          return any;
        }
      }
      any = true;
      char c = buffer[at++];
      if (c == '\n') {
        return true;
      }
      if (line.length() <= limit) {
        line.append(c);
      }
    }
  }

  /** The present line without its line feed. */
  String line() {
    return line.toString();
  }
}
