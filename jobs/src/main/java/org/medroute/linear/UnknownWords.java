package org.medroute.linear;

import java.util.Arrays;

/**
 * What the pieces of words that training did not know say, kept for the words met most lately. For
 * one thread. A kept answer is bit for bit the one that would be worked out again: words are told
 * apart by their letters.
 *
 * <p>Memory: {@value #KEPT} words, about 100 bytes each at six classes.
 */
final class UnknownWords {
  private static final int KEPT = 1 << 11;

  /** A longer word is worked out each time. */
  private static final int LONGEST = 24;

  private final ScoringLayout layout;
  private final Subwords subwords = new Subwords();
  private final char[] letters = new char[KEPT * LONGEST];
  private final byte[] lengths = new byte[KEPT];
  private final double[] kept;
  private final double[] fresh;
  private int[] places = new int[128];

  UnknownWords(ScoringLayout layout) {
    this.layout = layout;
    this.kept = new double[KEPT * layout.stride];
    this.fresh = new double[layout.stride];
  }

  /**
   * Adds the mean direction of a word's pieces, of length one before weights, times a value.
   *
   * @param hash of the word; any function of its letters
   * @param into a stride of numbers
   */
  void add(int hash, char[] from, int start, int length, double value, double[] into) {
    if (length > LONGEST) {
      read(from, start, length);
      addTo(into, fresh, 0, value);
      return;
    }
    int slot = (hash * 0x9e3779b1) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(KEPT));
    int at = slot * LONGEST;
    if (lengths[slot] != length
        || !Arrays.equals(letters, at, at + length, from, start, start + length)) {
      read(from, start, length);
      System.arraycopy(from, start, letters, at, length);
      lengths[slot] = (byte) length;
      System.arraycopy(fresh, 0, kept, slot * layout.stride, layout.stride);
    }
    addTo(into, kept, slot * layout.stride, value);
  }

  private void addTo(double[] into, double[] values, int at, double factor) {
    for (int label = 0; label < into.length; label++) {
      into[label] += factor * values[at + label];
    }
  }

  private void read(char[] from, int start, int length) {
    subwords.readInOrder(from, start, length);
    Arrays.fill(fresh, 0);
    if (places.length < subwords.size()) {
      places = new int[2 * subwords.size()];
    }
    int known = 0; // found first, added after: lookups that wait for no sum overlap
    for (int i = 0; i < subwords.size(); i++) {
      int piece = layout.pieces.table().place(subwords.piece(i));
      places[known] = piece;
      known += piece >= 0 ? 1 : 0;
    }
    double square = 0;
    for (int i = 0; i < known; i++) {
      int piece = places[i];
      double rarity = layout.pieces.rarity()[piece];
      square += rarity * rarity;
      LinearScorer.add(layout.pieces.weights(), piece, rarity, fresh);
    }
    if (square > 0) {
      double root = Math.sqrt(square);
      for (int label = 0; label < fresh.length; label++) {
        fresh[label] /= root;
      }
    }
  }
}
