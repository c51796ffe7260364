package org.medroute.text;

import java.util.Arrays;

/**
 * The hashes of a text's terms, and before them the words that stand one behind another and are
 * known by numbers ({@link WordMemo}).
 *
 * <p>Words are gathered first and hashed together: neither loop asks anything whose answer the
 * processor cannot foresee, so that it works on several words at a time. For one thread.
 */
final class WordRun implements HashedTermSink {
  /** Words that are gathered at most. */
  static final int ROOM = 256;

  /** Set in the size of a word that makes a pair with the kept word before it. */
  private static final int JOINED = 1 << 8;

  private final long[] lows = new long[ROOM + 1];
  private final long[] highs = new long[ROOM + 1];
  private final long[] known = new long[ROOM + 1];
  private final int[] sizes = new int[ROOM + 1];
  private int words;

  private int[] hashes = new int[1024];
  private int count;

  void clear() {
    words = 0;
    count = 0;
  }

  int words() {
    return words;
  }

  /**
   * Puts a word behind the others.
   *
   * @param hashes of the word, see {@link WordMemo#hashes}
   * @param kept 1 for a word that is kept; 0 for one whose place the next one takes
   * @param joined 1 where a kept word stands before it in the sentence; else 0
   */
  void put(long low, long high, long hashes, int size, int joined, int kept) {
    int at = words;
    lows[at] = low;
    highs[at] = high;
    known[at] = hashes;
    sizes[at] = size | (-joined & JOINED);
    words = at + kept;
  }

  boolean isJoined(int word) {
    return (sizes[word] & JOINED) != 0;
  }

  int size(int word) {
    return sizes[word] & (JOINED - 1);
  }

  long low(int word) {
    return lows[word];
  }

  long high(int word) {
    return highs[word];
  }

  /** See {@link TermHash#state}. */
  int state(int word) {
    return (int) known[word];
  }

  /** Adds the hash of the first word. */
  void addFirst() {
    add((int) (known[0] >>> Integer.SIZE));
  }

  /** Adds the hashes of all words but the first and, if asked, of the pairs that they end. */
  void addOthers(boolean pairs) {
    if (hashes.length < count + 2 * words) {
      hashes = Arrays.copyOf(hashes, 2 * (count + 2 * words));
    }
    int[] into = hashes;
    int to = count;
    for (int word = 1; word < words; word++) {
      into[to++] = (int) (known[word] >>> Integer.SIZE);
      if (pairs) {
        // written in any case: where there is no pair the next one takes its place
        int before = size(word - 1);
        into[to] =
            TermHash.pairHash(
                state(word - 1),
                TermHash.rest(lows[word - 1], highs[word - 1], before),
                before,
                lows[word],
                highs[word],
                size(word));
        to += sizes[word] >>> 8;
      }
    }
    count = to;
    words = 0;
  }

  void add(int hash) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    hashes[count++] = hash;
  }

  void giveTo(HashSink sink) {
    sink.take(hashes, count);
  }

  @Override
  public void term(int hash, char[] letters, int start, int length) {
    add(hash);
  }
}
