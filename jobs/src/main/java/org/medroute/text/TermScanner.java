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

  private final ScannedText scanned = new ScannedText();

  /** The text, with a char 0 behind its end. */
  private char[] text = {};

  private char[] line = new char[4096 + PADDING];

  /** The line as bytes, right where its chars are below 128. */
  private byte[] plain = new byte[4096 + PADDING];

  /** See {@link ScannedText#narrow}. */
  private byte[] narrow = {};

  private final WordMemo memo = new WordMemo();
  private final WordRun run = new WordRun();
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

  /** Whether a sentence ended behind the words that were gathered. */
  private boolean sentenceEnded;

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
    begin(document, terms);
    int at = 0;
    while (at < end) {
      int size = readPlainWord(at);
      if (size > 0) {
        length = size;
        at = passBlank(at + size);
      } else if (scanned.isWordChar(at)) {
        at = passBlank(readWord(at));
      } else {
        if (previousLength > 0 && scanned.endsSentence(at, length)) {
          endSentence();
        }
        length = 0;
        at++;
      }
    }
    sink = null;
  }

  /** The same terms in the same order, their hashes alone: faster by a sixth. */
  public void scanHashes(String document, HashSink hashes) {
    begin(document, run);
    run.clear();
    int at = 0;
    while (at < end) {
      at = readPlainWords(at);
      if (at < end) {
        if (scanned.isWordChar(at)) {
          giveWords();
          at = passBlank(readWord(at));
        } else {
          sentenceEnded |= scanned.endsSentence(at, length);
          length = 0;
          at++;
        }
      }
    }
    giveWords();
    sink = null;
    run.giveTo(hashes);
  }

  private void begin(String document, HashedTermSink terms) {
    scanned.load(document);
    text = scanned.chars();
    narrow = scanned.narrow();
    end = scanned.end();
    int room = Math.min(text.length, BiomedicalTokenizer.MAX_TEXT + 1);
    if (line.length < room + PADDING) {
      line = new char[room + PADDING];
      plain = new byte[room + PADDING];
    }
    sink = terms;
    sentenceEnded = false;
    length = 0;
    endSentence();
  }

  private void endSentence() {
    previousLength = 0;
    base = 0;
  }

  /** Behind the blank that follows nearly every word; {@code at} itself where there is none. */
  private int passBlank(int at) {
    if (text[at] != ' ' || at >= end) {
      return at;
    }
    length = 0;
    return at + 1;
  }

  /**
   * Reads the word at {@code start} and gives it out if it is letters and digits below 128 with an
   * end behind them that ends it in any case.
   *
   * @return its length; 0 if there is no such word
   */
  private int readPlainWord(int start) {
    long chars = WordMemo.chars(narrow, start);
    long others = WordMemo.others(chars);
    int size = WordMemo.run(others);
    if (size == 0) {
      return 0;
    }
    long low = WordMemo.word(chars, others);
    long high = 0;
    if (size == Long.BYTES) {
      long more = WordMemo.chars(narrow, start + Long.BYTES);
      others = WordMemo.others(more);
      high = WordMemo.word(more, others);
      size += WordMemo.run(others);
    }
    if (size > WordMemo.LONGEST || !scanned.endsWord(start + size)) {
      return 0;
    }
    int place = WordMemo.place(low, high);
    if (!memo.holds(place, low, high)) {
      learn(place, low, high, size);
    }
    if (memo.isKept(place)) {
      keepPlain(place, low, high, size);
    }
    return size;
  }

  /**
   * Gathers such words, with one blank at most between two of them, from {@code start} on.
   *
   * @return where the first thing stands that is none; {@code start} itself if there is no word
   */
  private int readPlainWords(int start) {
    byte[] chars = narrow;
    int at = start;
    int joined = !sentenceEnded && (run.words() > 0 || previousLength > 0) ? 1 : 0;
    while (true) {
      // both halves in any case: whether a word has more than eight chars cannot be foreseen
      long first = WordMemo.chars(chars, at);
      long second = WordMemo.chars(chars, at + Long.BYTES);
      long others = WordMemo.others(first);
      int size = WordMemo.run(others);
      long full = -((long) size >>> 3);
      long further = WordMemo.others(second);
      long low = WordMemo.word(first, others);
      long high = WordMemo.word(second, further) & full;
      size += WordMemo.run(further) & (int) full;
      if (size == 0 || size > WordMemo.LONGEST || !scanned.endsWord(at + size)) {
        break;
      }
      int place = WordMemo.place(low, high);
      if (!memo.holds(place, low, high)) {
        learn(place, low, high, size);
      }
      int kept = memo.kept(place);
      run.put(low, high, memo.hashes(place), size, joined, kept);
      joined |= kept;
      if (run.words() == WordRun.ROOM) {
        sentenceEnded = false;
        giveWords();
      }
      at += size;
      length = size;
      if (chars[at] == ' ') {
        at++;
        length = 0;
      }
    }
    sentenceEnded = joined == 0;
    return at;
  }

  /** Gives out what was gathered, as {@link #keepPlain} would have done word by word. */
  private void giveWords() {
    int words = run.words();
    if (words > 0) {
      int last = words - 1;
      long low = run.low(last);
      long high = run.high(last);
      int size = run.size(last);
      int state = run.state(last);
      run.addFirst();
      if (pairs && run.isJoined(0)) {
        run.add(pairHash(run.low(0), run.high(0), run.size(0)));
      }
      run.addOthers(pairs);
      if (pairs) {
        remember(low, high, state);
        previousPending = true;
        goOn(size, 0);
      }
    }
    if (sentenceEnded) {
      sentenceEnded = false;
      endSentence();
    }
  }

  /** The hash of the last word kept and another word, which is to follow it in the line. */
  private int pairHash(long low, long high, int size) {
    if (previousKnown) {
      return TermHash.pairHash(
          previousState,
          TermHash.rest(previousLow, previousHigh, previousLength),
          previousLength,
          low,
          high,
          size);
    }
    line[base - 1] = ' ';
    plain[base - 1] = ' ';
    copy(low, high, base, size);
    return hash(previousStart, previousLength + 1 + size, previousMixed);
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
    copy(low, high, base, size);
    sink.term(memo.hash(place), line, base, size);
    if (!pairs) {
      return;
    }
    if (previousLength > 0) {
      line[base - 1] = ' ';
      plain[base - 1] = ' ';
      int pair = previousLength + 1 + size;
      sink.pair(pairHash(low, high, size), line, previousStart, pair);
    }
    remember(low, high, memo.state(place));
    previousPending = false;
    goOn(size, 0);
  }

  private void remember(long low, long high, int state) {
    previousKnown = true;
    previousLow = low;
    previousHigh = high;
    previousState = state;
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
          reading = scanned.isWordChar(at + 1);
          if (reading) {
            hyphens++;
            bytes[to] = '-';
            into[to++] = '-';
          }
        }
        case CharKinds.PLUS -> {
          reading = false;
          if (!scanned.isWordChar(at + 1)) {
            bytes[to] = '+';
            into[to++] = '+';
            at++;
          }
        }
        case CharKinds.POINT -> {
          reading = !lettersSoFar && scanned.isDigit(at - 1) && scanned.isDigit(at + 1);
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
    return chars[at] != ' ' && scanned.isPossessive(at) ? at + 2 : at;
  }

  private void finishWord() {
    if (length > BiomedicalTokenizer.MAX_WORD) {
      endSentence();
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
    sink.term(hash(base, size, or), line, base, size);
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

  private int hash(int start, int size, int or) {
    return or < 0x80 ? TermHash.plainHash(plain, start, size) : TermHash.hash(line, start, size);
  }
}
