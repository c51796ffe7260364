package org.medroute.medline;

import java.util.Arrays;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Flattens an element with inline markup to text: everything, in order.
 *
 * <ul>
 *   <li>Runs of XML white space become one blank; white space at both ends goes.
 *   <li>i, b, u and every unknown element are transparent: {@code <i>E. coli</i>} is "E. coli".
 *   <li>Superscripts and subscripts join what they touch, as people write them without markup:
 *       "1.73 m&lt;sup&gt;2&lt;/sup&gt;" is "1.73 m2", "CO&lt;sub&gt;2&lt;/sub&gt;" is "CO2",
 *       "cm&lt;sup&gt;-1&lt;/sup&gt;" is "cm-1", "&lt;sup&gt;18&lt;/sup&gt;F" is "18F".
 *   <li>Two numbers never merge into a third. A superscript number, signed or not, behind a digit
 *       gets a caret: "10&lt;sup&gt;9&lt;/sup&gt;" is "10^9", "10&lt;sup&gt;-3&lt;/sup&gt;" is
 *       "10^-3". Every other edge of a script with a digit on both sides gets a blank:
 *       "Y&lt;sub&gt;1&lt;/sub&gt;1" is "Y1 1".
 *   <li>MathML is read leaf by leaf. Scripts (msup, msub, msubsup, mmultiscripts-like limits)
 *       follow the rule above, a fraction gets "/", other leaves get a blank where letters or
 *       digits would touch. Annotations repeat the formula in another notation and are left out.
 * </ul>
 */
final class InlineText {
  private enum Edge {
    NONE,
    SUPERSCRIPT,
    SCRIPT,
    LEAF
  }

  private final XmlCursor cursor;
  private char[] out = new char[4096];
  private int length;
  private boolean space;
  private Edge edge;

  InlineText(XmlCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads the current element to its end. */
  String read() throws XMLStreamException, RecordFault {
    length = 0;
    space = false;
    edge = Edge.NONE;
    content();
    return length == 0 ? "" : new String(out, 0, length);
  }

  private void content() throws XMLStreamException, RecordFault {
    while (true) {
      switch (cursor.next()) {
        case XMLStreamConstants.END_ELEMENT -> {
          return;
        }
        case XMLStreamConstants.START_ELEMENT -> element(cursor.name());
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            append();
        default -> {
          // Comments and processing instructions carry no text.
        }
      }
    }
  }

  private void element(String name) throws XMLStreamException, RecordFault {
    switch (name) {
      case "sup" -> script(Edge.SUPERSCRIPT);
      case "sub" -> script(Edge.SCRIPT);
      case "math" -> {
        edge = Edge.LEAF;
        math(name);
        edge = Edge.LEAF;
      }
      default -> content();
    }
  }

  private void script(Edge start) throws XMLStreamException, RecordFault {
    edge = start;
    content();
    edge = Edge.SCRIPT;
  }

  private void math(String parent) throws XMLStreamException, RecordFault {
    int child = 0;
    while (true) {
      switch (cursor.next()) {
        case XMLStreamConstants.END_ELEMENT -> {
          return;
        }
        case XMLStreamConstants.START_ELEMENT -> {
          child++;
          String name = cursor.name();
          if (name.startsWith("annotation")) {
            cursor.skip();
          } else {
            before(parent, child);
            math(name);
            edge = Edge.LEAF;
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          // Between the elements of a formula white space is layout.
          if (isToken(parent) || !isLayout()) {
            append();
          }
        }
        default -> {
          // Comments and processing instructions carry no text.
        }
      }
    }
  }

  private void before(String parent, int child) {
    if (child < 2) {
      return;
    }
    switch (parent) {
      case "msup", "mover" -> edge = Edge.SUPERSCRIPT;
      case "msub", "munder" -> edge = Edge.SCRIPT;
      case "msubsup", "munderover" -> edge = child == 2 ? Edge.SCRIPT : Edge.SUPERSCRIPT;
      case "mfrac" -> {
        edge = Edge.NONE;
        space = false;
        room(1);
        out[length++] = '/';
      }
      default -> edge = Edge.LEAF;
    }
  }

  private static boolean isToken(String name) {
    return switch (name) {
      case "mi", "mn", "mo", "ms", "mtext" -> true;
      default -> false;
    };
  }

  /** Appends the text of the current event, its runs of white space made one blank. */
  private void append() throws XMLStreamException {
    char[] chars = cursor.textCharacters();
    int start = cursor.textStart();
    int end = start + cursor.textLength();
    // Every character needs at most one place, and the first one a separator.
    room(end - start + 1);
    int i = start;
    while (i < end) {
      char c = chars[i];
      if (isSpace(c)) {
        space = true;
        i++;
        continue;
      }
      separate(c, i + 1 < end ? chars[i + 1] : ' ');
      char[] target = out;
      int to = length;
      do {
        target[to++] = c;
        i++;
      } while (i < end && !isSpace(c = chars[i]));
      length = to;
    }
  }

  /** Whether the text of the current event is white space only. */
  private boolean isLayout() throws XMLStreamException {
    char[] chars = cursor.textCharacters();
    int start = cursor.textStart();
    int end = start + cursor.textLength();
    for (int i = start; i < end; i++) {
      if (chars[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  private void room(int more) {
    if (out.length - length < more) {
      out = Arrays.copyOf(out, 2 * (length + more));
    }
  }

  private static boolean isSpace(char c) {
    return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
  }

  /** Puts what belongs between the text so far and the next character. */
  private void separate(char next, char afterNext) {
    if (length > 0 && space) {
      out[length++] = ' ';
    } else if (length > 0 && edge != Edge.NONE) {
      char last = out[length - 1];
      if (edge == Edge.SUPERSCRIPT
          && Character.isDigit(last)
          && (Character.isDigit(next) || (isSign(next) && Character.isDigit(afterNext)))) {
        out[length++] = '^';
      } else if (edge == Edge.LEAF
          ? Character.isLetterOrDigit(last) && Character.isLetterOrDigit(next)
          : Character.isDigit(last) && Character.isDigit(next)) {
        out[length++] = ' ';
      }
    }
    space = false;
    edge = Edge.NONE;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+' || c == '\u2212' || c == '\u2013';
  }
}
