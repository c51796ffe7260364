package org.medroute.text;

/**
 * A text in NFC, as it is scanned: as chars and as bytes, and what its chars mean where they stand.
 * For one thread; the next text takes the place of the last.
 */
final class ScannedText {
  /** Bytes that may be read behind the end. */
  private static final int PADDING = Math.max(WordMarks.PADDING, PackedWord.PADDING);

  private char[] chars = new char[4096 + 1];
  private byte[] narrow = new byte[4096 + PADDING];
  private int end;

  /** Reads a text; what is behind {@link BiomedicalTokenizer#MAX_TEXT} chars is left out. */
  void load(String document) {
    String normal = document;
    makeRoom(document.length());
    boolean fits = fitsBytes(document);
    take(document);
    if (!fits && !NormalForm.isPlain(chars, document.length())) {
      normal = NormalForm.of(document);
      makeRoom(normal.length());
      take(normal);
    }
    end = Math.min(normal.length(), BiomedicalTokenizer.MAX_TEXT);
    chars[end] = 0; // no word reads on behind the end
    if (!fits) {
      for (int at = 0; at < end; at++) {
        narrow[at] = (byte) Math.min(chars[at], 0x80);
      }
    }
    narrow[end] = 0;
  }

  private void makeRoom(int size) {
    if (chars.length <= size) {
      chars = new char[size + size / 4 + 1];
      narrow = new byte[Math.min(chars.length, BiomedicalTokenizer.MAX_TEXT + 1) + PADDING];
    }
  }

  private void take(String document) {
    document.getChars(0, document.length(), chars, 0);
  }

  /**
   * Takes the low bytes of a text's chars, and tells whether these are all of it: all chars are
   * below 256, and so in NFC. A string keeps such chars as bytes; whether it does is told by one
   * that is made of bytes, faster than by a look at each char.
   */
  @SuppressWarnings("deprecation") // for dropping high bytes: where there are any it is told
  private boolean fitsBytes(String document) {
    int size = document.length();
    if (size > BiomedicalTokenizer.MAX_TEXT) {
      return false; // not worth a copy
    }
    document.getBytes(0, size, narrow, 0);
    return document.equals(new String(narrow, 0, 0, size));
  }

  /** Its chars, and a char 0 behind them; valid until the next text is loaded. */
  char[] chars() {
    return chars;
  }

  /** Its chars as bytes, right where they are below 128, above 127 where they are not. */
  byte[] narrow() {
    return narrow;
  }

  /** Number of chars. */
  int end() {
    return end;
  }

  /** Whether a word of letters and digits that comes up to {@code at} ends there for sure. */
  boolean endsWord(int at) {
    int c = narrow[at] & 0xff;
    return CharKinds.ENDS[c] || ((c == '.' || c == ',') && !isDigit(at + 1));
  }

  /**
   * Whether the char at a place, which stands in no word, ends a sentence.
   *
   * @param length of the word right before it, or 0
   */
  boolean endsSentence(int at, int length) {
    return switch (chars[at]) {
      case '\n', '\r', '\u2028', '\u2029' -> true;
      case '.' -> length != 1 && isSpace(at + 1);
      case '!', '?', ';', ':' -> isSpace(at + 1);
      case '\u3002', '\uff1b', '\uff01', '\uff1f' -> true;
      default -> false;
    };
  }

  boolean isPossessive(int at) {
    return at + 1 < end
        && Letters.isApostrophe(chars[at])
        && (chars[at + 1] | 0x20) == 's'
        && !isWordChar(at + 2);
  }

  boolean isWordChar(int at) {
    if (at >= end) {
      return false;
    }
    byte kind = CharKinds.kind(chars[at]);
    return kind == CharKinds.LETTER || kind == CharKinds.DIGIT;
  }

  boolean isDigit(int at) {
    return at >= 0 && at < end && Letters.isDigit(chars[at]);
  }

  boolean isSpace(int at) {
    return at >= end || Character.isWhitespace(chars[at]) || chars[at] == '\u00a0';
  }
}
