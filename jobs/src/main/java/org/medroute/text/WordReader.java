package org.medroute.text;

/**
 * Reads words that have to be read char by char: with hyphens, points, a plus, chars above 127, or
 * very many letters. Kept apart from where words mostly are found many chars at a time.
 *
 * <p>Words are written in lower case to a line of its user's, from a place that the user says. For
 * one thread.
 */
final class WordReader {
  private static final int MIN_PART = 3;

  /** In every small letter below 128, in no digit. */
  private static final int LETTER_BIT = 0x40;

  /** What becomes of a word; chars are in {@link #line} and, below 128, in {@link #plain}. */
  interface Words {
    /**
     * A word, or a part of a compound.
     *
     * @param or of its chars, or of more
     * @param lettered whether not all of its chars are digits
     */
    void word(int start, int size, int or, boolean lettered);

    /** A compound whose parts follow; it is the neighbour of no word. */
    void compound(int start, int size, int or);

    /** A run of chars that is too long for a word. */
    void noWord();
  }

  /** What is read behind a word: its hash and its comparison take several chars at once. */
  private static final int PADDING = 2 * Long.BYTES;

  private final TokenOptions.Compounds compounds;
  private char[] line = new char[4096 + PADDING];
  private byte[] plain = new byte[4096 + PADDING];

  private int base;
  private int length;
  private boolean hasLetter;
  private int hyphens;
  private int mixed;

  WordReader(TokenOptions options) {
    this.compounds = options.compounds();
  }

  /** Makes the line as long as a text; what was in it is gone. */
  void makeRoom(int chars) {
    if (line.length < chars + PADDING) {
      line = new char[chars + PADDING];
      plain = new byte[chars + PADDING];
    }
  }

  /** What was read. */
  char[] line() {
    return line;
  }

  /** The line as bytes, right where its chars are below 128. */
  byte[] plain() {
    return plain;
  }

  /** Length of the word read last, of any length. */
  int length() {
    return length;
  }

  /** Reads the word that starts at {@code start} into the line; returns where it ended. */
  int read(ScannedText text, int start, int to) {
    base = to;
    char[] chars = text.chars();
    int end = text.end();
    char[] into = line;
    byte[] bytes = plain;
    int or = 0; // of the chars below 128
    int mixedWith = 0; // of the others
    boolean lettered = false;
    hyphens = 0;
    int at = start;
    int next = to;
    boolean reading = true;
    while (reading) {
      char c = chars[at];
      while (c < 0x80 && CharKinds.FOLDED[c] != 0) {
        char letter = CharKinds.FOLDED[c];
        or |= letter;
        bytes[next] = (byte) letter;
        into[next++] = letter;
        c = chars[++at];
      }
      if (c == ' ' || at >= end) {
        break;
      }
      boolean lettersSoFar = lettered || (or & LETTER_BIT) != 0;
      switch (CharKinds.kind(c)) {
        case CharKinds.LETTER, CharKinds.DIGIT -> {
          char letter = Letters.fold(c);
          lettered = lettersSoFar || !Letters.isDigit(letter);
          bytes[next] = (byte) letter;
          into[next++] = letter;
          mixedWith |= letter;
        }
        case CharKinds.HYPHEN -> {
          reading = text.isWordChar(at + 1);
          if (reading) {
            hyphens++;
            bytes[next] = '-';
            into[next++] = '-';
          }
        }
        case CharKinds.PLUS -> {
          reading = false;
          if (!text.isWordChar(at + 1)) {
            bytes[next] = '+';
            into[next++] = '+';
            at++;
          }
        }
        case CharKinds.POINT -> {
          reading = !lettersSoFar && text.isDigit(at - 1) && text.isDigit(at + 1);
          if (reading) {
            bytes[next] = '.';
            into[next++] = '.';
          }
        }
        case CharKinds.IGNORABLE -> {
          // stands inside the word and means nothing
        }
        default -> reading = false;
      }
      if (reading) {
        at++;
      }
    }
    length = next - base;
    hasLetter = lettered || (or & LETTER_BIT) != 0;
    mixed = or | mixedWith;
    return chars[at] != ' ' && text.isPossessive(at) ? at + 2 : at;
  }

  /** Gives out the word read last, or its parts. */
  void give(Words words) {
    if (length > BiomedicalTokenizer.MAX_WORD) {
      words.noWord();
    } else if (hyphens > 0
        && hasLetter
        && compounds != TokenOptions.Compounds.WHOLE
        && isMadeOfWords()) {
      if (compounds == TokenOptions.Compounds.WHOLE_AND_PARTS) {
        words.compound(base, length, mixed);
      }
      int from = base;
      int until = base + length;
      for (int at = from + 1; at <= until; at++) {
        if (at == until || line[at] == '-') {
          words.word(from, at - from, mixed, true);
          from = at + 1;
        }
      }
    } else {
      words.word(base, length, mixed, hasLetter);
    }
  }

  /** Whether every part between hyphens has three letters or more and nothing else. */
  private boolean isMadeOfWords() {
    int letters = 0;
    for (int at = base; at < base + length; at++) {
      char c = line[at];
      if (c == '-') {
        if (letters < MIN_PART) {
          return false;
        }
        letters = 0;
      } else if (c < 0x80 ? CharKinds.KINDS[c] == CharKinds.LETTER : Character.isLetter(c)) {
        letters++;
      } else {
        return false;
      }
    }
    return letters >= MIN_PART;
  }
}
