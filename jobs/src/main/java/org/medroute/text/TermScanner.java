package org.medroute.text;

import java.util.Locale;
import java.util.TreeSet;

/**
 * The terms of {@link BiomedicalTokenizer} with their hashes, several times as fast: for scoring.
 *
 * <p>What a term is is defined there; this is the same automaton written for speed, and a property
 * test holds both to the same sequence on any text. Chars below 128 are told apart by a table, all
 * others by the same {@link Letters}. Kept words lie one behind the other in one buffer, a space
 * between neighbours, so that a pair needs no copying; hashes of plain terms are computed four
 * chars at a time. Nothing is allocated for a text but its NFC form, where it is not in NFC.
 *
 * <p>For one thread; buffers of twice the longest text are kept.
 */
public final class TermScanner {
  private static final int MIN_PART = 3;

  /** What a char is to the automaton. */
  private static final byte OTHER = 0;

  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;
  private static final byte HYPHEN = 3;
  private static final byte PLUS = 4;
  private static final byte POINT = 5;
  private static final byte IGNORABLE = 6;

  private static final byte[] KINDS = new byte[0x80];
  private static final char[] FOLDED = new char[0x80];

  static {
    for (char c = 0; c < 0x80; c++) {
      KINDS[c] = kindOf(c);
      FOLDED[c] = Letters.fold(c);
    }
  }

  private final int minLength;
  private final boolean pairs;
  private final boolean keepNumbers;
  private final TokenOptions.Compounds compounds;
  private final WordTable stopWords;

  private char[] text = new char[4096];
  private char[] line = new char[4096 + 2];
  private int end;
  private HashedTermSink sink;

  /** The word that is being read: its place in the line, and the OR of its chars. */
  private int base;

  private int length;
  private boolean hasLetter;
  private int hyphens;
  private int mixed;

  /**
   * The last word kept, if {@code previousLength} is above 0; it ends right before {@code base}.
   */
  private int previousStart;

  private int previousLength;
  private int previousMixed;

  public TermScanner(TokenOptions options) {
    this.minLength = options.minLength();
    this.pairs = options.maxNgram() > 1;
    this.keepNumbers = options.numbers() == TokenOptions.Numbers.KEEP;
    this.compounds = options.compounds();
    TreeSet<String> words = new TreeSet<>(StopWords.ENGLISH);
    for (String word : options.extraStopWords()) {
      words.add(NormalForm.of(word).toLowerCase(Locale.ROOT));
    }
    this.stopWords = new WordTable(words);
  }

  /** Gives every term to {@code terms}, in the order of {@link BiomedicalTokenizer#tokenize}. */
  public void scan(String document, HashedTermSink terms) {
    load(document);
    sink = terms;
    previousLength = 0;
    base = 0;
    length = 0;
    char[] chars = text;
    int at = 0;
    while (at < end) {
      char c = chars[at];
      byte kind = kind(c);
      if (kind == LETTER || kind == DIGIT) {
        at = readWord(at);
      } else {
        if (c != ' ' && previousLength > 0 && endsSentence(c, at)) {
          previousLength = 0;
          base = 0;
        }
        length = 0;
        at++;
      }
    }
    sink = null;
  }

  private void load(String document) {
    int size = document.length();
    if (text.length < size) {
      text = new char[size + size / 4];
    }
    document.getChars(0, size, text, 0);
    if (!NormalForm.isPlain(text, size)) {
      String normal = NormalForm.of(document);
      size = normal.length();
      if (text.length < size) {
        text = new char[size + size / 4];
      }
      normal.getChars(0, size, text, 0);
    }
    end = Math.min(size, BiomedicalTokenizer.MAX_TEXT);
    if (line.length < text.length + 2) {
      line = new char[text.length + 2];
    }
  }

  /** Reads the word that starts at {@code start}, gives it out, and returns where it ended. */
  private int readWord(int start) {
    char[] chars = text;
    char[] into = line;
    int to = base;
    int or = 0;
    boolean lettered = false;
    hyphens = 0;
    int at = start;
    reading:
    while (at < end) {
      char c = chars[at];
      switch (kind(c)) {
        case LETTER, DIGIT -> {
          char letter = c < 0x80 ? FOLDED[c] : Letters.fold(c);
          lettered |= letter < 0x80 ? KINDS[letter] == LETTER : !Letters.isDigit(letter);
          or |= letter;
          into[to++] = letter;
        }
        case HYPHEN -> {
          if (!isWordChar(at + 1)) {
            break reading;
          }
          hyphens++;
          into[to++] = '-';
        }
        case PLUS -> {
          if (!isWordChar(at + 1)) {
            into[to++] = '+';
            at++;
          }
          break reading;
        }
        case POINT -> {
          if (lettered || !isDigit(at - 1) || !isDigit(at + 1)) {
            break reading;
          }
          into[to++] = '.';
        }
        case IGNORABLE -> {
          // stands inside the word and means nothing
        }
        default -> {
          break reading;
        }
      }
      at++;
    }
    length = to - base;
    hasLetter = lettered;
    mixed = or;
    finishWord();
    return isPossessive(at) ? at + 2 : at;
  }

  private void finishWord() {
    if (length > BiomedicalTokenizer.MAX_WORD) {
      previousLength = 0;
      base = 0;
    } else if (hyphens > 0
        && hasLetter
        && compounds != TokenOptions.Compounds.WHOLE
        && isMadeOfWords()) {
      if (compounds == TokenOptions.Compounds.WHOLE_AND_PARTS) {
        give(base, length, mixed);
      }
      int from = base;
      int until = base + length;
      for (int at = from + 1; at <= until; at++) {
        if (at == until || line[at] == '-') {
          // a part never moves beyond where it is: what is left to read stays whole
          int size = at - from;
          System.arraycopy(line, from, line, base, size);
          keep(size, mixed, true);
          from = at + 1;
        }
      }
    } else {
      keep(length, mixed, hasLetter);
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
      } else if (c < 0x80 ? KINDS[c] == LETTER : Character.isLetter(c)) {
        letters++;
      } else {
        return false;
      }
    }
    return letters >= MIN_PART;
  }

  /** Gives out the word at {@code base}, and the pair that it ends, unless it is left out. */
  private void keep(int size, int or, boolean lettered) {
    if (size < minLength
        || (!lettered && !keepNumbers)
        || stopWords.contains(line, base, base + size)) {
      return;
    }
    give(base, size, or);
    if (!pairs) {
      return;
    }
    if (previousLength > 0) {
      line[base - 1] = ' ';
      give(previousStart, previousLength + 1 + size, previousMixed | or);
    }
    previousStart = base;
    previousLength = size;
    previousMixed = or;
    base += size + 1;
  }

  private void give(int start, int size, int or) {
    int hash = or < 0x80 ? TermHash.plainHash(line, start, size) : TermHash.hash(line, start, size);
    sink.term(hash, line, start, size);
  }

  /** {@code length} is that of the word right before {@code at}, or 0. */
  private boolean endsSentence(char c, int at) {
    return switch (c) {
      case '\n', '\r', '\u2028', '\u2029' -> true;
      case '.' -> length != 1 && isSpace(at + 1);
      case '!', '?', ';', ':' -> isSpace(at + 1);
      case '\u3002', '\uff1b', '\uff01', '\uff1f' -> true;
      default -> false;
    };
  }

  private boolean isPossessive(int at) {
    return at + 1 < end
        && Letters.isApostrophe(text[at])
        && (text[at + 1] | 0x20) == 's'
        && !isWordChar(at + 2);
  }

  private boolean isWordChar(int at) {
    if (at >= end) {
      return false;
    }
    byte kind = kind(text[at]);
    return kind == LETTER || kind == DIGIT;
  }

  private boolean isDigit(int at) {
    return at >= 0 && at < end && Letters.isDigit(text[at]);
  }

  private boolean isSpace(int at) {
    return at >= end || Character.isWhitespace(text[at]) || text[at] == '\u00a0';
  }

  private static byte kind(char c) {
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
