package org.medroute.text;

/**
 * Words of a scanner that were read before, with what is known of them: whether they are kept, and
 * their hash. Text repeats its words: nearly every one is found here, by comparing two numbers
 * ({@link PackedWord}).
 *
 * <p>A place holds one word, the last that fell on it; 1 MiB, of which text with its few frequent
 * words keeps a part warm. For one thread.
 */
final class WordMemo {
  private static final int PLACES = 15;

  /** Of a place: the two numbers, the hash with the state, and 1 where the word is kept. */
  private static final int STRIDE = 4;

  private static final int HASHES = 2;
  private static final int KEPT = 3;

  private final long[] entries = new long[STRIDE << PLACES];

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

  int hash(int place) {
    return (int) (entries[place + HASHES] >>> Integer.SIZE);
  }

  /** See {@link TermHash#state}. */
  int state(int place) {
    return (int) entries[place + HASHES];
  }
}
