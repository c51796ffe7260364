package org.medroute.text;

/** What a char is to the {@link TermScanner}: by a table below 128, by {@link Letters} else. */
final class CharKinds {
  /** What a char is to the automaton. */
  static final byte OTHER = 0;

  static final byte LETTER = 1;
  static final byte DIGIT = 2;
  static final byte HYPHEN = 3;
  static final byte PLUS = 4;
  static final byte POINT = 5;
  static final byte IGNORABLE = 6;

  static final byte[] KINDS = new byte[0x80];

  /** Lower case of the letters and digits below 128; 0 for all other chars. */
  static final char[] FOLDED = new char[0x80];

  /** Chars that end a word of letters and digits wherever they stand. */
  static final boolean[] ENDS = new boolean[0x100];

  static {
    for (char c = 0; c < 0x80; c++) {
      KINDS[c] = kindOf(c);
      FOLDED[c] = KINDS[c] == LETTER || KINDS[c] == DIGIT ? Letters.fold(c) : 0;
      ENDS[c] = KINDS[c] == OTHER && !Letters.isApostrophe(c);
    }
  }

  private CharKinds() {}

  static byte kind(char c) {
    return c < 0x80 ? KINDS[c] : kindOf(c);
  }

  private static byte kindOf(char c) {
    if (Letters.isWordChar(c)) {
      return Letters.isDigit(c) ? DIGIT : LETTER;
    }
    if (Letters.isHyphen(c)) {
      return HYPHEN;
    }
    if (c == '+') {
      return PLUS;
    }
    if (c == '.' || c == ',') {
      return POINT;
    }
    return Letters.isIgnorable(c) ? IGNORABLE : OTHER;
  }
}
