package org.medroute.pipeline;

import java.util.List;
import org.medroute.metrics.TextState;

/**
 * What a model reads of a document, without Spark: the same text and extent that the expressions of
 * {@link ScoringFrame} give. Reads one document after another; for one thread.
 */
final class DocumentView {
  private String text = "";
  private TextState.Extent extent = TextState.Extent.NOTHING;

  /**
   * @param title may be null
   * @param sections may hold nulls
   */
  void read(String title, List<String> sections) {
    // a new one: once it held a char beyond Latin-1 it would keep all that follow at two bytes each
    StringBuilder joined = new StringBuilder(room(title, sections));
    boolean titled = hasMark(title);
    boolean described = false;
    boolean first = true;
    if (title != null) {
      joined.append(title);
      first = false;
    }
    for (String section : sections) {
      if (section != null) {
        if (!first) {
          joined.append('\n');
        }
        first = false;
        joined.append(section);
        described |= hasMark(section);
      }
    }
    text = trimmed(joined);
    if (!titled && !described) {
      extent = TextState.Extent.NOTHING;
    } else if (!hasLetter(text)) {
      extent = TextState.Extent.NO_WORDS;
    } else if (!described) {
      extent = TextState.Extent.TITLE_ONLY;
    } else {
      extent = titled ? TextState.Extent.TITLE_AND_ABSTRACT : TextState.Extent.ABSTRACT_ONLY;
    }
  }

  private static int room(String title, List<String> sections) {
    int room = title == null ? 0 : title.length();
    for (String section : sections) {
      room += section == null ? 0 : 1 + section.length();
    }
    return room;
  }

  /** Title and sections on lines of their own. */
  String text() {
    return text;
  }

  TextState.Extent extent() {
    return extent;
  }

  /** Without the blanks at both ends, and only those, as SQL trims. */
  private static String trimmed(StringBuilder joined) {
    int start = 0;
    int end = joined.length();
    while (start < end && joined.charAt(start) == ' ') {
      start++;
    }
    while (end > start && joined.charAt(end - 1) == ' ') {
      end--;
    }
    return end - start == joined.length() ? joined.toString() : joined.substring(start, end);
  }

  /** Whether there is anything but white space, as the regular expression \S sees it. */
  private static boolean hasMark(String part) {
    if (part == null) {
      return false;
    }
    for (int at = 0; at < part.length(); at++) {
      char c = part.charAt(at);
      if (c != ' ' && (c < '\t' || c > '\r')) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasLetter(String text) {
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      if (Character.isLetter(point)) {
        return true;
      }
      at += Character.charCount(point);
    }
    return false;
  }
}
