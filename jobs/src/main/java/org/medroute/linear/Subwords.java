package org.medroute.linear;

import java.util.Arrays;

/**
 * The pieces of a word: all runs of 3, 4 and 5 letters of the word between two blanks, each once,
 * as 32-bit hashes. A word of one letter is a piece of its own.
 *
 * <p>Words that share a stem share most pieces. For one thread. Source of the idea: P. Bojanowski
 * and others, Enriching word vectors with subword information, 2017.
 */
final class Subwords {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 5;
  static final int SEED = 0x2545f491;

  private int[] pieces = new int[256];
  private int size;

  /** Number of pieces of the word read last. */
  int size() {
    return size;
  }

  /** A piece of the word read last. */
  int piece(int index) {
    return pieces[index];
  }

  /** Reads a word; its pieces ascend. */
  void read(char[] letters, int start, int length) {
    int found = cut(letters, start, length);
    Arrays.sort(pieces, 0, found);
    size = 0;
    for (int i = 0; i < found; i++) {
      if (i == 0 || pieces[i] != pieces[i - 1]) {
        pieces[size++] = pieces[i];
      }
    }
  }

  /** The same pieces, but in the order in which they begin in the word: faster. */
  void readInOrder(char[] letters, int start, int length) {
    int found = cut(letters, start, length);
    long seen = 0;
    size = 0;
    for (int i = 0; i < found; i++) {
      int piece = pieces[i];
      long bit = 1L << piece; // by its lowest 6 bits
      if ((seen & bit) == 0 || !holds(piece)) {
        pieces[size++] = piece;
      }
      seen |= bit;
    }
  }

  private boolean holds(int piece) {
    for (int i = 0; i < size; i++) {
      if (pieces[i] == piece) {
        return true;
      }
    }
    return false;
  }

  /** All pieces, repeated ones repeatedly; returns their number. */
  private int cut(char[] letters, int start, int length) {
    int padded = length + 2;
    int most = (LONGEST - SHORTEST + 1) * padded;
    if (pieces.length < most) {
      pieces = new int[2 * most];
    }
    int found = 0;
    for (int from = 0; from + SHORTEST <= padded; from++) {
      int hash = SEED;
      int until = Math.min(LONGEST, padded - from);
      for (int run = 1; run <= until; run++) {
        int at = from + run - 1;
        char letter = at == 0 || at == padded - 1 ? ' ' : letters[start + at - 1];
        hash = (hash ^ letter) * 0x01000193;
        if (run >= SHORTEST) {
          pieces[found++] = scatter(hash ^ run);
        }
      }
    }
    return found;
  }

  /** Spreads what two hashes differ in over all bits. */
  static int scatter(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x7feb352d;
    h = (h ^ (h >>> 15)) * 0x846ca68b;
    return h ^ (h >>> 16);
  }
}
