package org.medroute.text;

import java.util.Arrays;
import java.util.List;

/**
 * Where the words of a text start and end, and where its sentences do: found for 64 chars at a
 * time, before any word is looked at, so that no word has to wait for the one before it.
 *
 * <p>Each char is one bit of a number: whether it stands in a run of letters and digits. What is
 * neither that nor a blank is odd, one char in twenty or thirty, and looked up in a table with the
 * char behind it: it can end a sentence, or make the run before it a word that has to be read char
 * by char (beta-blocker, 0.05, na+, crohn's). The same is so for chars above 127, which are looked
 * at one by one.
 *
 * <p>For one thread; the next text takes the place of the last. Memory: about seven bytes a char of
 * the longest text.
 */
final class WordMarks {
  private static final int BLOCK = Long.SIZE;

  /** Bytes that are read behind the text: the rest of a block. */
  static final int PADDING = BLOCK;

  /** What an odd char does to the word that it ends: it may go on. */
  private static final int HARD = 1;

  /** It goes on before a digit. */
  private static final int POINT = 2;

  /** The char ends a sentence. */
  private static final int LINE = 4;

  /** It ends one before white space. */
  private static final int STOP = 8;

  /** It does not behind a single letter. */
  private static final int DOT = 16;

  private static final byte[] OF_CHAR = new byte[0x100];

  /** Which of POINT and STOP are answered by the char behind. */
  private static final byte[] OF_NEXT = new byte[0x100];

  static {
    for (int c = 0; c < 0x80; c++) {
      OF_CHAR[c] = (byte) ofChar((char) c);
      OF_NEXT[c] =
          (byte) (Letters.isDigit((char) c) ? POINT : Character.isWhitespace(c) ? STOP : 0);
    }
    Arrays.fill(OF_CHAR, 0x80, 0x100, (byte) HARD);
  }

  private long[] words = new long[64];
  private long[] odd = new long[64];
  private long[] hard = new long[64];
  private long[] sentenceEnds = new long[64];

  /** How many sentences end before each block. */
  private int[] sentences = new int[64];

  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int[] hardRuns = new int[1024];
  private int count;

  /** Whether there may be chars above 127. */
  private boolean high;

  private int blocks;
  private ScannedText text;
  private byte[] narrow;

  private static int ofChar(char c) {
    return switch (c) {
      case '-', '+', '\'' -> HARD;
      case ',' -> POINT;
      case '.' -> POINT | STOP | DOT;
      case '!', '?', ';', ':' -> STOP;
      case '\n', '\r' -> LINE;
      default -> 0;
    };
  }

  /** Takes a text that stays as it is until the next one is taken. */
  void begin(ScannedText scanned) {
    text = scanned;
    narrow = scanned.narrow();
    blocks = (scanned.end() >>> 6) + 1; // the end itself has a place
    makeRoom(scanned.end());
  }

  /** What is to be done with a text, one after another. */
  List<Runnable> steps() {
    return List.of(this::findWords, this::lookAtOdd, this::lookAtHigh, this::listRuns);
  }

  private void makeRoom(int chars) {
    if (words.length < blocks) {
      int room = blocks + blocks / 4;
      words = new long[room];
      odd = new long[room];
      hard = new long[room];
      sentenceEnds = new long[room];
      sentences = new int[room];
    }
    int most = chars / 2 + 1 + 2 * Long.BYTES; // a run takes a char and another behind it
    if (starts.length < most) {
      starts = new int[most + most / 4];
      ends = new int[most + most / 4];
      hardRuns = new int[most + most / 4];
    }
  }

  /** Which chars are letters and digits below 128, and which odd. */
  private void findWords() {
    byte[] bytes = narrow;
    long all = 0;
    for (int block = 0; block < blocks; block++) {
      long inWords = 0;
      long blanks = 0;
      for (int part = 0; part < Long.BYTES; part++) {
        long chars = PackedWord.chars(bytes, block * BLOCK + part * Long.BYTES);
        all |= chars;
        inWords |= PackedWord.gathered(~PackedWord.others(chars)) << (part * Byte.SIZE);
        blanks |= PackedWord.gathered(PackedWord.blanks(chars)) << (part * Byte.SIZE);
      }
      words[block] = inWords;
      odd[block] = ~(inWords | blanks);
    }
    high = (all & PackedWord.HIGHEST) != 0;
    long inLast = (1L << text.end()) - 1;
    words[blocks - 1] &= inLast;
    odd[blocks - 1] &= inLast;
  }

  private void lookAtOdd() {
    byte[] bytes = narrow;
    long before = 0;
    for (int block = 0; block < blocks; block++) {
      long inWords = words[block];
      long one = (inWords << 1 | before >>> 63) & ~(inWords << 2 | before >>> 62);
      long goOn = 0;
      long ends = 0;
      for (long left = odd[block]; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        int at = block * BLOCK + bit;
        int kind = OF_CHAR[bytes[at] & 0xff];
        int both = kind & OF_NEXT[bytes[at + 1] & 0xff];
        long initial = kind >>> 4 & one >>> bit;
        goOn |= ((long) (kind | both >>> 1) & 1) << bit;
        ends |= ((kind >>> 2 | both >>> 3) & 1 & ~initial) << bit;
      }
      hard[block] = goOn;
      sentenceEnds[block] = ends;
      before = inWords;
    }
  }

  /** Chars above 127, one by one. */
  private void lookAtHigh() {
    if (!high) {
      return;
    }
    for (int block = 0; block < blocks; block++) {
      for (long left = odd[block]; left != 0; left &= left - 1) {
        int at = block * BLOCK + Long.numberOfTrailingZeros(left);
        if (narrow[at] < 0) {
          if (text.isWordChar(at)) {
            set(words, at);
          } else if (text.endsSentence(at, 0)) {
            set(sentenceEnds, at);
          }
          if (at > 0 && (narrow[at - 1] == '.' || narrow[at - 1] == ',') && text.isDigit(at)) {
            set(hard, at - 1);
          }
          if (at > 0 && text.endsSentence(at - 1, isInitial(at - 1) ? 1 : 0)) {
            set(sentenceEnds, at - 1);
          }
        }
      }
    }
    int end = 0;
    for (int block = 0; block < blocks; block++) {
      for (long left = odd[block] & words[block]; left != 0; left &= left - 1) {
        int at = block * BLOCK + Long.numberOfTrailingZeros(left);
        if (at >= end) {
          end = at + 1;
          while (isSet(words, end)) {
            end++;
          }
          set(hard, end);
        }
      }
    }
  }

  private boolean isInitial(int at) {
    return at > 0 && isSet(words, at - 1) && (at == 1 || !isSet(words, at - 2));
  }

  private static boolean isSet(long[] bits, int at) {
    return (bits[at >>> 6] >>> at & 1) != 0;
  }

  private static void set(long[] bits, int at) {
    bits[at >>> 6] |= 1L << at;
  }

  /** Numbers the sentences; to be asked for when their ends are known. */
  void countSentences() {
    int ended = 0;
    for (int block = 0; block < blocks; block++) {
      sentences[block] = ended;
      ended += Long.bitCount(sentenceEnds[block]);
    }
  }

  private void listRuns() {
    int from = 0;
    int until = 0;
    int found = 0;
    long before = 0;
    long two = 0; // in runs of two chars or more, this one being the last of two
    long four = 0;
    long eight = 0;
    long sixteen = 0;
    for (int block = 0; block < blocks; block++) {
      long inWords = words[block];
      long behind = inWords << 1 | before >>> 63;
      long twoHere = inWords & behind;
      long fourHere = twoHere & (twoHere << 2 | two >>> 62);
      long eightHere = fourHere & (fourHere << 4 | four >>> 60);
      long sixteenHere = eightHere & (eightHere << 8 | eight >>> 56);
      long stops = behind & ~inWords;
      long read = stops & (hard[block] | sixteenHere << 1 | sixteen >>> 63);
      for (long left = read; left != 0; left &= left - 1) {
        hardRuns[found++] = until + Long.bitCount(stops & (left & -left) - 1);
      }
      from = list(inWords & ~behind, block, starts, from);
      until = list(stops, block, ends, until);
      before = inWords;
      two = twoHere;
      four = fourHere;
      eight = eightHere;
      sixteen = sixteenHere;
    }
    count = from;
    hardRuns[found] = from; // no run
  }

  /** Eight at a time, whether there are as many or not: how many cannot be foreseen. */
  private static int list(long bits, int block, int[] into, int to) {
    int found = Long.bitCount(bits);
    long left = bits;
    for (int each = to; each < to + found; each += Long.BYTES) {
      for (int next = 0; next < Long.BYTES; next++) {
        into[each + next] = block * BLOCK + Long.numberOfTrailingZeros(left);
        left &= left - 1;
      }
    }
    return to + found;
  }

  /** Number of runs. */
  int count() {
    return count;
  }

  /** Where each starts; valid until the next text is read. */
  int[] starts() {
    return starts;
  }

  /** Where each ends: the place behind it. */
  int[] ends() {
    return ends;
  }

  /**
   * Numbers of the runs that are no words as they stand, or of more than {@link PackedWord#LONGEST}
   * chars: they have to be read char by char. Behind the last one the number of all runs.
   */
  int[] hardRuns() {
    return hardRuns;
  }

  /** Corrects whether a sentence ends here, where that hangs on the word before. */
  void endSentence(int at, boolean ends) {
    sentenceEnds[at >>> 6] &= ~(1L << at);
    if (ends) {
      set(sentenceEnds, at);
    }
  }

  /** Number of the sentence that a place is in. */
  int sentence(int at) {
    int block = at >>> 6;
    return sentences[block] + Long.bitCount(sentenceEnds[block] & ((1L << at) - 1));
  }
}
