package org.medroute.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Words of a scanner that were read before, with what is known of them: whether they are kept, and
 * their hash. Text repeats its words: nearly every one is found here, by comparing two numbers.
 *
 * <p>A word is up to {@value #LONGEST} letters and digits below 128, in lower case, as two numbers
 * that hold its chars, the first lowest, and zeros. A place holds one word, the last that fell on
 * it; 1 MiB, of which text with its few frequent words keeps a part warm. For one thread.
 */
final class WordMemo {
  /** Chars of a word at most. */
  static final int LONGEST = 15;

  /** Bytes that are read from a place on. */
  static final int PADDING = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int PLACES = 15;

  /** Of a place: the two numbers, the hash with the state, and 1 where the word is kept. */
  private static final int STRIDE = 4;

  private static final int HASHES = 2;
  private static final int KEPT = 3;

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGHEST = EACH << 7;
  private static final long LOWER_CASE = 0x20 * EACH;

  /** In every letter in lower case, in no digit. */
  private static final long LETTERS = 0x40 * EACH;

  private final long[] entries = new long[STRIDE << PLACES];

  /** Eight bytes, the first lowest. */
  static long chars(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** The highest bit of each of eight chars that is no letter and no digit below 128. */
  static long others(long chars) {
    long plain = chars & ~HIGHEST;
    long lower = plain | LOWER_CASE;
    // a byte's highest bit tells whether its sum reached 128; no sum reaches the next byte
    long letters = (lower + (0x80 - 'a') * EACH) ^ (lower + (0x80 - ('z' + 1)) * EACH);
    long digits = (plain + (0x80 - '0') * EACH) ^ (plain + (0x80 - ('9' + 1)) * EACH);
    return ~((letters | digits) & ~chars) & HIGHEST;
  }

  /** How many of eight chars stand before the first of the others. */
  static int run(long others) {
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /** Those of eight chars that stand before the first of the others, in lower case, and zeros. */
  static long word(long chars, long others) {
    return (chars | LOWER_CASE) & (((others & -others) >>> 7) - 1);
  }

  /** Whether not all chars of a word are digits. */
  static boolean hasLetter(long low, long high) {
    return ((low | high) & LETTERS) != 0;
  }

  /** Where a word is, if anywhere. */
  static int place(long low, long high) {
    long mixed = (low ^ Long.rotateLeft(high * 0xc2b2ae3d27d4eb4fL, 31)) * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> (Long.SIZE - PLACES)) * STRIDE;
  }

  boolean holds(int place, long low, long high) {
    return entries[place] == low && entries[place + 1] == high;
  }

  /**
   * Puts a word in a place.
   *
   * @param state see {@link TermHash#state}
   */
  void put(int place, long low, long high, int hash, int state, boolean kept) {
    entries[place] = low;
    entries[place + 1] = high;
    entries[place + HASHES] = (long) hash << Integer.SIZE | Integer.toUnsignedLong(state);
    entries[place + KEPT] = kept ? 1 : 0;
  }

  boolean isKept(int place) {
    return entries[place + KEPT] != 0;
  }

  /** 1 for a word that is kept, else 0. */
  int kept(int place) {
    return (int) entries[place + KEPT];
  }

  /** The {@link #hash} and, in its lower half, the {@link #state}. */
  long hashes(int place) {
    return entries[place + HASHES];
  }

  int hash(int place) {
    return (int) (entries[place + HASHES] >>> Integer.SIZE);
  }

  /** See {@link TermHash#state}. */
  int state(int place) {
    return (int) entries[place + HASHES];
  }
}
