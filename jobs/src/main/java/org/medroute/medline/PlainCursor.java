package org.medroute.medline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * A cursor over the XML that PubMed's records are nearly all written in: elements and attributes
 * with ASCII names and no prefix, and text. It goes over the bytes themselves and makes characters
 * only where text is asked for, at less than half the cost of a parser for all of XML.
 *
 * <p>It reads a record as {@link StaxCursor} does, or gives up on it by {@link NotPlainException}:
 * at whatever is wrong, and at whatever it leaves to the full parser (comments, CDATA, processing
 * instructions, name spaces, references in attributes, depth beyond the limit). It never says what
 * is wrong. Well-formedness is checked throughout, in what is skipped, too.
 *
 * <p>The bytes must be UTF-8. Memory: a few words a level, and the longest text.
 */
final class PlainCursor extends XmlCursor {
  private static final byte NAME_START = 1;
  private static final byte NAME = 2;
  private static final byte VALUE = 4;
  private static final byte[] CLASSES = classes();

  private final int maxDepth;
  private final NameTable names = new NameTable();
  private final PlainText text = new PlainText();

  private byte[] bytes = {};
  private int position;
  private int end;

  /** Where the names of the open elements start and end. */
  private final int[] nameStarts;

  private final int[] nameEnds;
  private int depth;
  private boolean emptyElement;

  /** Of each attribute of the current element where its name and value start and end. */
  private int[] attributes = new int[4 * 16];

  private int attributeCount;
  private int textStart;
  private int textEnd;
  private boolean decoded;

  PlainCursor(int maxDepth) {
    this.maxDepth = maxDepth;
    nameStarts = new int[maxDepth];
    nameEnds = new int[maxDepth];
  }

  @Override
  void open(byte[] record, int from, int length) throws NotPlainException {
    bytes = record;
    position = from;
    end = from + length;
    depth = 0;
    emptyElement = false;
    // Scans need a byte to stop at.
    if (length < 2 || bytes[end - 1] != '>' || bytes[from] != '<') {
      throw NotPlainException.INSTANCE;
    }
    text.open(record, end);
    startTag(from + 1);
  }

  @Override
  void finish() throws NotPlainException {
    while (depth > 0) {
      nextTag();
    }
    if (position != end) {
      throw NotPlainException.INSTANCE;
    }
  }

  @Override
  int next() throws NotPlainException {
    if (emptyElement) {
      emptyElement = false;
      depth--;
      return XMLStreamConstants.END_ELEMENT;
    }
    requireMore();
    int at = position;
    if (bytes[at] != '<') {
      textStart = at;
      textEnd = text.end(at);
      decoded = false;
      position = textEnd;
      return XMLStreamConstants.CHARACTERS;
    }
    return tag(at);
  }

  @Override
  boolean nextChild() throws NotPlainException {
    return nextTag() == XMLStreamConstants.START_ELEMENT;
  }

  @Override
  void skip() throws NotPlainException {
    int outside = depth - 1;
    while (depth > outside) {
      nextTag();
    }
  }

  /** The next event that is a tag; text before it is checked and left. */
  private int nextTag() throws NotPlainException {
    if (emptyElement) {
      emptyElement = false;
      depth--;
      return XMLStreamConstants.END_ELEMENT;
    }
    requireMore();
    int at = ByteSearch.overSpace(bytes, position);
    return tag(bytes[at] == '<' ? at : text.end(position));
  }

  private void requireMore() throws NotPlainException {
    if (depth == 0 || position >= end) {
      throw NotPlainException.INSTANCE;
    }
  }

  /** Reads a tag at its "&lt;". */
  private int tag(int at) throws NotPlainException {
    if (bytes[at + 1] == '/') {
      endTag(at + 2);
      return XMLStreamConstants.END_ELEMENT;
    }
    startTag(at + 1);
    return XMLStreamConstants.START_ELEMENT;
  }

  @Override
  String text() throws XMLStreamException, RecordFault {
    if (!emptyElement) {
      int from = position;
      int to = from < end ? text.endAsWritten(from) : -1;
      if (to >= 0 && bytes[to + 1] == '/') {
        endTag(to + 2);
        return text.asWritten(from, to);
      }
    }
    return super.text();
  }

  @Override
  int depth() {
    return depth;
  }

  @Override
  String name() {
    return names.name(bytes, nameStarts[depth - 1], nameEnds[depth - 1]);
  }

  @Override
  String attributeValue(String name) {
    for (int i = 0; i < 4 * attributeCount; i += 4) {
      if (isName(name, attributes[i], attributes[i + 1])) {
        int from = attributes[i + 2];
        return new String(bytes, from, attributes[i + 3] - from, StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  private boolean isName(String name, int from, int to) {
    int length = to - from;
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  char[] textCharacters() throws NotPlainException {
    decode();
    return text.characters();
  }

  @Override
  int textStart() {
    return 0;
  }

  @Override
  int textLength() throws NotPlainException {
    decode();
    return text.length();
  }

  private void decode() throws NotPlainException {
    if (!decoded) {
      text.decode(textStart, textEnd);
      decoded = true;
    }
  }

  /** Reads a start tag behind its "&lt;". */
  private void startTag(int from) throws NotPlainException {
    byte[] b = bytes;
    int at = afterName(from);
    if (depth == maxDepth) {
      throw NotPlainException.INSTANCE;
    }
    nameStarts[depth] = from;
    nameEnds[depth] = at;
    depth++;
    attributeCount = 0;
    while (b[at] != '>') {
      if (Window.isSpace(b[at])) {
        at = ByteSearch.overSpace(b, at);
        if (b[at] != '>' && b[at] != '/') {
          at = attribute(at);
        }
      } else if (b[at] == '/' && b[at + 1] == '>') {
        emptyElement = true;
        at++;
      } else {
        throw NotPlainException.INSTANCE;
      }
    }
    position = at + 1;
  }

  private int attribute(int from) throws NotPlainException {
    byte[] b = bytes;
    int to = afterName(from);
    byte quote = b[to] == '=' ? b[to + 1] : 0;
    if ((quote != '"' && quote != '\'') || isName("xmlns", from, to)) {
      throw NotPlainException.INSTANCE;
    }
    int value = to + 2;
    int at = value;
    while (at < end && b[at] != quote) {
      if ((CLASSES[b[at] & 0xff] & VALUE) == 0) {
        throw NotPlainException.INSTANCE;
      }
      at++;
    }
    if (at >= end) {
      throw NotPlainException.INSTANCE;
    }
    int used = 4 * attributeCount;
    for (int i = 0; i < used; i += 4) {
      if (Arrays.equals(b, attributes[i], attributes[i + 1], b, from, to)) {
        throw NotPlainException.INSTANCE;
      }
    }
    if (used == attributes.length) {
      attributes = Arrays.copyOf(attributes, 2 * used);
    }
    attributes[used] = from;
    attributes[used + 1] = to;
    attributes[used + 2] = value;
    attributes[used + 3] = at;
    attributeCount++;
    return at + 1;
  }

  /** Reads an end tag behind its "&lt;/". */
  private void endTag(int from) throws NotPlainException {
    byte[] b = bytes;
    int open = nameStarts[depth - 1];
    int length = nameEnds[depth - 1] - open;
    // At least the "&gt;" is behind the name.
    if (from + length >= end) {
      throw NotPlainException.INSTANCE;
    }
    if (!ByteSearch.same(b, open, from, length)) {
      throw NotPlainException.INSTANCE;
    }
    int at = from + length;
    if (b[at] != '>') {
      at = ByteSearch.overSpace(b, at);
    }
    if (b[at] != '>') {
      throw NotPlainException.INSTANCE;
    }
    depth--;
    position = at + 1;
  }

  private int afterName(int from) throws NotPlainException {
    byte[] b = bytes;
    if ((CLASSES[b[from] & 0xff] & NAME_START) == 0) {
      throw NotPlainException.INSTANCE;
    }
    int at = from + 1;
    while ((CLASSES[b[at] & 0xff] & NAME) != 0) {
      at++;
    }
    return at;
  }

  private static byte[] classes() {
    byte[] classes = new byte[256];
    for (char c = ' '; c < 256; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = (c >= '0' && c <= '9') || c == '-' || c == '.';
      // 0xef begins U+FFFE and U+FFFF, which are no characters of XML.
      boolean value = c != '<' && c != '&' && c != 0xef;
      classes[c] = (byte) ((letter ? NAME_START | NAME : digit ? NAME : 0) | (value ? VALUE : 0));
    }
    return classes;
  }
}
