package org.medroute.text;

/**
 * The terms of {@link BiomedicalTokenizer} with their hashes, several times as fast: for scoring.
 *
 * <p>What a term is is defined there; this is the same automaton written for speed, and a property
 * test holds both to the same sequence on any text. Chars below 128 are told apart by a table, all
 * others by the same {@link Letters}. A word of letters and digits below 128 is found eight chars
 * at a time, and mostly known: see {@link WordMemo}; a pair of two such goes on from the hash of
 * the first. All other words are read by a {@link WordReader}. Kept words lie one behind the other
 * in one buffer, a space between neighbours. For a text a string is made at most, to tell whether
 * it is in NFC. Who needs hashes alone has them from a {@link HashScanner}, of English text in half
 * of the time.
 *
 * <p>For one thread; keep it for many texts: it holds 1 MiB of words, and buffers of some six bytes
 * a char of the longest text.
 */
public final class TermScanner {
  private final int minLength;
  private final boolean pairs;
  private final boolean keepNumbers;
  private final StopTable stopWords;

  private final ScannedText scanned = new ScannedText();

  /** The text, with a char 0 behind its end. */
  private char[] text = {};

  private final WordReader reader;
  private final WordReader.Words words = new ReadWords();

  /** The lines of the reader. */
  private char[] line = {};

  private byte[] plain = {};

  /** See {@link ScannedText#narrow}. */
  private byte[] narrow = {};

  private final WordMemo memo = new WordMemo();
  private int end;
  private HashedTermSink sink;

  /** Place in the line of the word that is being read. */
  private int base;

  /** Length of the word right before. */
  private int length;

  /**
   * The last word kept, if {@code previousLength} is above 0; it ends right before {@code base}.
   */
  private int previousStart;

  private int previousLength;
  private int previousMixed;

  /** Whether the last word kept is known by the numbers below. */
  private boolean previousKnown;

  private long previousLow;
  private long previousHigh;
  private int previousState;

  public TermScanner(TokenOptions options) {
    this.minLength = options.minLength();
    this.pairs = options.maxNgram() > 1;
    this.keepNumbers = options.numbers() == TokenOptions.Numbers.KEEP;
    this.stopWords = new StopTable(StopTable.words(options));
    this.reader = new WordReader(options);
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

  private void begin(String document, HashedTermSink terms) {
    scanned.load(document);
    text = scanned.chars();
    narrow = scanned.narrow();
    end = scanned.end();
    reader.makeRoom(Math.min(text.length, BiomedicalTokenizer.MAX_TEXT + 1));
    line = reader.line();
    plain = reader.plain();
    sink = terms;
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
    long chars = PackedWord.chars(narrow, start);
    long others = PackedWord.others(chars);
    int size = PackedWord.run(others);
    if (size == 0) {
      return 0;
    }
    long low = PackedWord.word(chars, others);
    long high = 0;
    if (size == Long.BYTES) {
      long more = PackedWord.chars(narrow, start + Long.BYTES);
      others = PackedWord.others(more);
      high = PackedWord.word(more, others);
      size += PackedWord.run(others);
    }
    if (size > PackedWord.LONGEST || !scanned.endsWord(start + size)) {
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
    boolean kept = size >= minLength && (keepNumbers || PackedWord.hasLetter(low, high));
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
    int stop = reader.read(scanned, start, base);
    length = reader.length();
    reader.give(words);
    return stop;
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
      line[base - 1] = ' ';
      plain[base - 1] = ' ';
      int pair = previousLength + 1 + size;
      sink.pair(hash(previousStart, pair, previousMixed | or), line, previousStart, pair);
    }
    previousKnown = false;
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

  /** Words of the reader. */
  private final class ReadWords implements WordReader.Words {
    @Override
    public void noWord() {
      endSentence();
    }

    @Override
    public void compound(int start, int size, int or) {
      sink.compound(TermScanner.this.hash(start, size, or), line, start, size);
    }

    @Override
    public void word(int start, int size, int or, boolean lettered) {
      if (start > base) {
        // a part never moves beyond where it is: what is left to read stays whole
        System.arraycopy(line, start, line, base, size);
        System.arraycopy(plain, start, plain, base, size);
      }
      keep(size, or, lettered);
    }
  }
}
