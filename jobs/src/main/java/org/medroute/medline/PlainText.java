package org.medroute.medline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Character data of plain XML: where it ends, and its characters.
 *
 * <p>The bytes are UTF-8, and the last one of the record is a "&gt;", which every scan stops at.
 * Text may hold white space, every character of XML above it, "&gt;" where no "]]" stands before
 * it, the five entities of XML and references to characters above U+001F. Anything else ends in
 * {@link NotPlainException}.
 */
final class PlainText {
  private static final byte[][] ENTITIES = {
    ascii("lt;"), ascii("gt;"), ascii("amp;"), ascii("quot;"), ascii("apos;")
  };
  private static final String ENTITY_CHARACTERS = "<>&\"'";

  /** The lead byte of U+F000 to U+FFFF. */
  private static final byte LAST_LEAD = (byte) 0xef;

  private byte[] bytes = {};
  private int end;
  private char[] characters = new char[1024];
  private int length;

  /** The code point of the reference that was read last. */
  private int referred;

  /** Opens a record. */
  void open(byte[] record, int recordEnd) {
    bytes = record;
    end = recordEnd;
  }

  /** Where text that starts here ends: at the next tag. */
  int end(int from) throws NotPlainException {
    byte[] b = bytes;
    int at = from;
    while (true) {
      at = ByteSearch.overText(b, at);
      switch (b[at]) {
        case '<' -> {
          return at;
        }
        case '&' -> at = afterReference(at + 1);
        case '>', LAST_LEAD -> at = afterMark(from, at);
        default -> at = afterCharacter(at);
      }
    }
  }

  /**
   * Where text that starts here and needs no change ends, or -1 if it is not just such text: no
   * reference, no white space but single blanks within.
   */
  int endAsWritten(int from) throws NotPlainException {
    byte[] b = bytes;
    if (b[from] == ' ') {
      return -1;
    }
    int at = from;
    while (true) {
      at = ByteSearch.overTextWithSingleBlanks(b, at);
      switch (b[at]) {
        case '<' -> {
          return at > from && b[at - 1] == ' ' ? -1 : at;
        }
        case '&', '\t', '\n', '\r' -> {
          return -1;
        }
        case ' ' -> {
          if (b[at + 1] == ' ') {
            return -1;
          }
          at++;
        }
        case '>', LAST_LEAD -> at = afterMark(from, at);
        default -> at = afterCharacter(at);
      }
    }
  }

  /** Text without references as a string. */
  String asWritten(int from, int to) {
    return from == to ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** Moves over one byte, unless it is a character that XML does not know. */
  private int afterCharacter(int at) throws NotPlainException {
    byte b = bytes[at];
    if (b >= 0 && b < ' ' && !Window.isSpace(b)) {
      throw NotPlainException.INSTANCE;
    }
    return at + 1;
  }

  /** Moves over "&gt;", or U+F000 to U+FFFF, unless it is illegal here. */
  private int afterMark(int from, int at) throws NotPlainException {
    if (bytes[at] == '>') {
      boolean closes = at - 2 >= from && bytes[at - 1] == ']' && bytes[at - 2] == ']';
      if (closes || at + 1 >= end) {
        throw NotPlainException.INSTANCE;
      }
      return at + 1;
    }
    // U+FFFE and U+FFFF are no characters of XML.
    if (bytes[at + 1] == (byte) 0xbf && bytes[at + 2] >= (byte) 0xbe) {
      throw NotPlainException.INSTANCE;
    }
    return at + 3;
  }

  /** Reads a reference whose "&amp;" stands before the place. */
  private int afterReference(int at) throws NotPlainException {
    if (bytes[at] == '#') {
      return afterNumber(at + 1);
    }
    for (int i = 0; i < ENTITIES.length; i++) {
      byte[] entity = ENTITIES[i];
      if (at + entity.length < end
          && Arrays.equals(bytes, at, at + entity.length, entity, 0, entity.length)) {
        referred = ENTITY_CHARACTERS.charAt(i);
        return at + entity.length;
      }
    }
    throw NotPlainException.INSTANCE;
  }

  private int afterNumber(int from) throws NotPlainException {
    int radix = bytes[from] == 'x' ? 16 : 10;
    int first = radix == 16 ? from + 1 : from;
    int at = first;
    int point = 0;
    while (bytes[at] != ';') {
      int digit = Character.digit((char) (bytes[at] & 0x7f), radix);
      // Seven digits keep a number within an int.
      if (bytes[at] < 0 || digit < 0 || at - first == 7) {
        throw NotPlainException.INSTANCE;
      }
      point = point * radix + digit;
      at++;
    }
    boolean legal =
        point >= ' ' && (point < 0xd800 || (point >= 0xe000 && point <= 0xfffd) || point > 0xffff);
    if (!legal || point > Character.MAX_CODE_POINT) {
      throw NotPlainException.INSTANCE;
    }
    referred = point;
    return at + 1;
  }

  /** Decodes text that {@link #end} has passed. */
  void decode(int from, int to) throws NotPlainException {
    // No byte yields more than one char.
    if (characters.length < to - from) {
      characters = new char[2 * (to - from)];
    }
    byte[] b = bytes;
    char[] out = characters;
    int count = 0;
    int at = from;
    while (at < to) {
      byte next = b[at];
      if (next >= 0 && next != '&') {
        out[count++] = (char) next;
        at++;
        continue;
      }
      int point;
      if (next == '&') {
        at = afterReference(at + 1);
        point = referred;
      } else if (next < (byte) 0xe0) {
        point = (next & 0x1f) << 6 | (b[at + 1] & 0x3f);
        at += 2;
      } else if (next < (byte) 0xf0) {
        point = (next & 0xf) << 12 | (b[at + 1] & 0x3f) << 6 | (b[at + 2] & 0x3f);
        at += 3;
      } else {
        point =
            (next & 7) << 18
                | (b[at + 1] & 0x3f) << 12
                | (b[at + 2] & 0x3f) << 6
                | (b[at + 3] & 0x3f);
        at += 4;
      }
      count += Character.toChars(point, out, count);
    }
    length = count;
  }

  /** What was decoded last, from 0 to {@link #length}. */
  char[] characters() {
    return characters;
  }

  int length() {
    return length;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
