package org.medroute.linear;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Words as vectors of length one over the pieces that enough training words have. Immutable.
 *
 * <p>Memory: 8 bytes for each piece of each word, about 20 pieces a word.
 */
final class WordPieces implements Serializable {
  private static final long serialVersionUID = 1L;

  private final KeyTable table;
  private final double[] rarity;
  private final int[] first;
  private final int[] pieces;
  private final float[] values;

  private WordPieces(KeyTable table, double[] rarity, int[] first, int[] pieces, float[] values) {
    this.table = table;
    this.rarity = rarity;
    this.first = first;
    this.pieces = pieces;
    this.values = values;
  }

  /**
   * @param words each once; the order numbers them
   * @param minWords words that a piece must be in to be kept
   */
  static WordPieces of(List<String> words, int minWords) {
    Subwords subwords = new Subwords();
    Keys all = new Keys();
    for (String word : words) {
      all.add(read(subwords, word));
    }
    Keys.Counted kept = all.atLeast(minWords);
    KeyTable table = new KeyTable(kept.keys());
    double[] rarity = new double[kept.keys().length];
    for (int piece = 0; piece < rarity.length; piece++) {
      rarity[piece] = Weighting.ofRarity(words.size(), kept.counts()[piece]);
    }
    int[] first = new int[words.size() + 1];
    int[] pieces = new int[1 << 10];
    float[] values = new float[1 << 10];
    int end = 0;
    for (int word = 0; word < words.size(); word++) {
      int[] keys = read(subwords, words.get(word));
      if (end + keys.length > pieces.length) {
        int room = Math.max(end + keys.length, pieces.length + pieces.length / 2);
        pieces = Arrays.copyOf(pieces, room);
        values = Arrays.copyOf(values, room);
      }
      double square = 0;
      int from = end;
      for (int key : keys) {
        int piece = table.row(key);
        if (piece >= 0) {
          pieces[end++] = piece;
          square += rarity[piece] * rarity[piece];
        }
      }
      for (int at = from; at < end; at++) {
        values[at] = (float) (rarity[pieces[at]] / Math.sqrt(square));
      }
      first[word + 1] = end;
    }
    return new WordPieces(
        table, rarity, first, Arrays.copyOf(pieces, end), Arrays.copyOf(values, end));
  }

  private static int[] read(Subwords subwords, String word) {
    subwords.read(word.toCharArray(), 0, word.length());
    int[] keys = new int[subwords.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = subwords.piece(i);
    }
    return keys;
  }

  /** Number of pieces kept. */
  int size() {
    return table.size();
  }

  KeyTable table() {
    return table;
  }

  double rarity(int piece) {
    return rarity[piece];
  }

  /** The pieces of a word are the entries from here until {@code first(word + 1)}. */
  int first(int word) {
    return first[word];
  }

  int piece(int entry) {
    return pieces[entry];
  }

  float value(int entry) {
    return values[entry];
  }
}
