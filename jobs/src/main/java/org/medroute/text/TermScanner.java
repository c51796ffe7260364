package org.medroute.text;

import java.util.Locale;
import java.util.TreeSet;

/**
 * The terms of {@link BiomedicalTokenizer} with their hashes, several times as fast: for scoring.
 *
 * <p>What a term is is defined there; this is the same automaton written for speed, and a property
 * test holds both to the same sequence on any text. Chars below 128 are told apart by a table, all
 * others by the same {@link Letters}. A word of letters and digits below 128 is found eight chars
 * at a time, and mostly known: see {@link WordMemo}; a pair of two such goes on from the hash of
 * the first. All other words are read char by char. Where letters are asked for, kept words lie one
 * behind the other in one buffer, a space between neighbours. Nothing is allocated for a text but
 * its NFC form, where it is not in NFC.
 *
 * <p>For one thread; keep it for many texts: it holds 1 MiB of words, and buffers of some six bytes
 * a char of the longest text.
 */
public final class TermScanner {
  private static final int MIN_PART = 3;

  /** In every small letter below 128, in no digit. */
  private static final int LETTER_BIT = 0x40;

  /** What is read behind a word: its hash and its comparison take several chars at once. */
  private static final int PADDING = 8;

  private final int minLength;
  private final boolean pairs;
  private final boolean keepNumbers;
  private final TokenOptions.Compounds compounds;
  private final StopTable stopWords;

  private char[] text = new char[4096 + 1];
  private char[] line = new char[4096 + PADDING];

  /** The line as bytes, right where its chars are below 128. */
  private byte[] plain = new byte[4096 + PADDING];

  /** The text as bytes, right where its chars are below 128, above 127 where they are not. */
  private byte[] narrow = new byte[4096 + WordMemo.PADDING];

  private final WordMemo memo = new WordMemo();
  private int end;
  private HashedTermSink sink;
  private boolean lettersRead;

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

  /** Whether the last word kept is known by the numbers below. */
  private boolean previousKnown;

  /** Whether it still has to be copied to the line. */
  private boolean previousPending;

  private long previousLow;
  private long previousHigh;
  private int previousState;

  public TermScanner(TokenOptions options) {
    this.minLength = options.minLength();
    this.pairs = options.maxNgram() > 1;
    this.keepNumbers = options.numbers() == TokenOptions.Numbers.KEEP;
    this.compounds = options.compounds();
    TreeSet<String> words = new TreeSet<>(StopWords.ENGLISH);
    for (String word : options.extraStopWords()) {
      words.add(NormalForm.of(word).toLowerCase(Locale.ROOT));
    }
    this.stopWords = new StopTable(words);
  }

  /** Gives every term to {@code terms}, in the order of {@link BiomedicalTokenizer#tokenize}. */
  public void scan(String document, HashedTermSink terms) {
    load(document);
    sink = terms;
    lettersRead = terms.readsLetters();
    previousLength = 0;
    base = 0;
    length = 0;
    char[] chars = text;
    int at = 0;
    while (at < end) {
      int run = readPlainWord(at);
      char c = chars[at];
      if (run > 0) {
        length = run;
        at = passBlank(at + run);
      } else if (isWordChar(at)) {
        at = passBlank(readWord(at));
      } else {
        if (previousLength > 0 && endsSentence(c, at)) {
          previousLength = 0;
          base = 0;
        }
        length = 0;
        at++;
      }
    }
    sink = null;
  }

  /** Behind the blank that follows nearly every word; {@code at} itself where there is none. */
  private int passBlank(int at) {
    if (text[at] != ' ' || at >= end) {
      return at;
    }
    length = 0;
    return at + 1;
  }

  private void load(String document) {
    String normal = document;
    int size = take(normal);
    int all = NormalForm.union(text, size);
    if (!NormalForm.isPlain(text, size, all)) {
      normal = NormalForm.of(document);
      size = take(normal);
    }
    end = Math.min(size, BiomedicalTokenizer.MAX_TEXT);
    text[end] = 0; // no word reads on behind the end
    int room = Math.min(text.length, BiomedicalTokenizer.MAX_TEXT + 1);
    if (line.length < room + PADDING) {
      line = new char[room + PADDING];
      plain = new byte[room + PADDING];
      narrow = new byte[room + WordMemo.PADDING];
    }
    narrow(normal, all < 0x100);
  }

  @SuppressWarnings("deprecation") // which is for its dropping high bytes; here there are none
  private void narrow(String normal, boolean fitsBytes) {
    if (fitsBytes) {
      normal.getBytes(0, end, narrow, 0);
    } else {
      for (int at = 0; at < end; at++) {
        narrow[at] = (byte) Math.min(text[at], 0x80);
      }
    }
    narrow[end] = 0;
  }

  private int take(String document) {
    int size = document.length();
    if (text.length <= size) {
      text = new char[size + size / 4 + 1];
    }
    document.getChars(0, size, text, 0);
    return size;
  }

  /**
   * Reads the word at {@code start} and gives it out if it is letters and digits below 128 with an
   * end behind them that ends it in any case.
   *
   * @return its length; 0 if there is no such word
   */
  private int readPlainWord(int start) {
    long chars = WordMemo.chars(narrow, start);
    int run = WordMemo.run(chars);
    if (run == 0) {
      return 0;
    }
    long low = WordMemo.word(chars, run);
    long high = 0;
    if (run == Long.BYTES) {
      long more = WordMemo.chars(narrow, start + Long.BYTES);
      int further = WordMemo.run(more);
      high = WordMemo.word(more, further);
      run += further;
    }
    if (run > WordMemo.LONGEST || !endsWord(start + run)) {
      return 0;
    }
    int place = WordMemo.place(low, high);
    if (!memo.holds(place, low, high)) {
      learn(place, low, high, run);
    }
    if (memo.isKept(place)) {
      keepPlain(place, low, high, run);
    }
    return run;
  }

  /** Whether a word of letters and digits that comes up to {@code at} ends there for sure. */
  private boolean endsWord(int at) {
    int c = narrow[at] & 0xff;
    return CharKinds.ENDS[c] || ((c == '.' || c == ',') && !isDigit(at + 1));
  }

  private void learn(int place, long low, long high, int size) {
    boolean kept = size >= minLength && (keepNumbers || WordMemo.hasLetter(low, high));
    if (kept && stopWords.mayContain(low, size)) {
      copy(low, high, base, size);
      kept = !stopWords.contains(line, plain, base, size, 0);
    }
    int state = TermHash.state(low, high, size);
    int hash = TermHash.hash(state, TermHash.rest(low, high, size), size);
    memo.put(place, low, high, hash, state, kept);
  }

  /** Does what {@link #keep} does with a word that is known. */
  private void keepPlain(int place, long low, long high, int size) {
    if (lettersRead) {
      copy(low, high, base, size);
    }
    sink.term(memo.hash(place), line, base, size);
    if (!pairs) {
      return;
    }
    if (previousLength > 0) {
      int pair = previousLength + 1 + size;
      line[base - 1] = ' ';
      plain[base - 1] = ' ';
      if (previousKnown) {
        int hash =
            TermHash.pairHash(
                previousState,
                TermHash.rest(previousLow, previousHigh, previousLength),
                previousLength,
                low,
                high,
                size);
        sink.pair(hash, line, previousStart, pair);
      } else {
        copy(low, high, base, size);
        sink.pair(hash(previousStart, pair, previousMixed), line, previousStart, pair);
      }
    }
    previousKnown = true;
    previousPending = !lettersRead;
    previousLow = low;
    previousHigh = high;
    previousState = memo.state(place);
    goOn(size, 0);
  }

  /** Writes a word into the line. */
  private void copy(long low, long high, int start, int size) {
    long chars = low;
    for (int at = 0; at < size; at++) {
      if (at == Long.BYTES) {
        chars = high;
      }
      plain[start + at] = (byte) chars;
      line[start + at] = (char) (chars & 0x7f);
      chars >>>= Byte.SIZE;
    }
  }

  /** Reads the word that starts at {@code start}, gives it out, and returns where it ended. */
  private int readWord(int start) {
    char[] chars = text;
    char[] into = line;
    byte[] bytes = plain;
    int to = base;
    int or = 0; // of the chars below 128
    int mixedWith = 0; // of the others
    boolean lettered = false;
    hyphens = 0;
    int at = start;
    boolean reading = true;
    while (reading) {
      char c = chars[at];
      while (c < 0x80 && CharKinds.FOLDED[c] != 0) {
        char letter = CharKinds.FOLDED[c];
        or |= letter;
        bytes[to] = (byte) letter;
        into[to++] = letter;
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
          bytes[to] = (byte) letter;
          into[to++] = letter;
          mixedWith |= letter;
        }
        case CharKinds.HYPHEN -> {
          reading = isWordChar(at + 1);
          if (reading) {
            hyphens++;
            bytes[to] = '-';
            into[to++] = '-';
          }
        }
        case CharKinds.PLUS -> {
          reading = false;
          if (!isWordChar(at + 1)) {
            bytes[to] = '+';
            into[to++] = '+';
            at++;
          }
        }
        case CharKinds.POINT -> {
          reading = !lettersSoFar && isDigit(at - 1) && isDigit(at + 1);
          if (reading) {
            bytes[to] = '.';
            into[to++] = '.';
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
    length = to - base;
    hasLetter = lettered || (or & LETTER_BIT) != 0;
    mixed = or | mixedWith;
    finishWord();
    return chars[at] != ' ' && isPossessive(at) ? at + 2 : at;
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
        sink.compound(hash(base, length, mixed), line, base, length);
      }
      int from = base;
      int until = base + length;
      for (int at = from + 1; at <= until; at++) {
        if (at == until || line[at] == '-') {
          // a part never moves beyond where it is: what is left to read stays whole
          int size = at - from;
          System.arraycopy(line, from, line, base, size);
          System.arraycopy(plain, from, plain, base, size);
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
      } else if (c < 0x80 ? CharKinds.KINDS[c] == CharKinds.LETTER : Character.isLetter(c)) {
        letters++;
      } else {
        return false;
      }
    }
    return letters >= MIN_PART;
  }

  /** Gives out the word at {@code base}, and the pair that it ends, unless it is left out. */
  private void keep(int size, int or, boolean lettered) {
    if (!isKept(size, or, lettered)) {
      return;
    }
    give(base, size, or);
    if (!pairs) {
      return;
    }
    if (previousLength > 0) {
      if (previousPending) {
        copy(previousLow, previousHigh, previousStart, previousLength);
      }
      line[base - 1] = ' ';
      plain[base - 1] = ' ';
      int pair = previousLength + 1 + size;
      sink.pair(hash(previousStart, pair, previousMixed | or), line, previousStart, pair);
    }
    previousKnown = false;
    previousPending = false;
    goOn(size, or);
  }

  /** The word at {@code base} was kept: the next one stands behind it and a blank. */
  private void goOn(int size, int or) {
    previousStart = base;
    previousLength = size;
    previousMixed = or;
    base += size + 1;
  }

  /** Whether the word at {@code base} is none that is left out. */
  private boolean isKept(int size, int or, boolean lettered) {
    return size >= minLength
        && (lettered || keepNumbers)
        && !stopWords.contains(line, plain, base, size, or);
  }

  private void give(int start, int size, int or) {
    sink.term(hash(start, size, or), line, start, size);
  }

  private int hash(int start, int size, int or) {
    return or < 0x80 ? TermHash.plainHash(plain, start, size) : TermHash.hash(line, start, size);
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
    byte kind = CharKinds.kind(text[at]);
    return kind == CharKinds.LETTER || kind == CharKinds.DIGIT;
  }

  private boolean isDigit(int at) {
    return at >= 0 && at < end && Letters.isDigit(text[at]);
  }

  private boolean isSpace(int at) {
    return at >= end || Character.isWhitespace(text[at]) || text[at] == '\u00a0';
  }
}
