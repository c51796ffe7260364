package org.medroute.linear;

import java.io.Serializable;
import java.util.stream.IntStream;

/** From 32-bit keys to the rows 0 until n, in the order of the keys. Immutable. */
final class KeyTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] keys;
  private final KeyPlaces rows;

  /**
   * @param keys ascending, each once
   */
  KeyTable(int[] keys) {
    this.keys = keys.clone();
    for (int row = 1; row < keys.length; row++) {
      if (keys[row] <= keys[row - 1]) {
        throw new IllegalArgumentException("keys must ascend");
      }
    }
    rows = new KeyPlaces(this.keys, IntStream.range(0, keys.length).toArray());
  }

  /** Number of keys. */
  int size() {
    return keys.length;
  }

  /** The keys in order of their rows. */
  int[] keys() {
    return keys.clone();
  }

  int key(int row) {
    return keys[row];
  }

  /** Row of a key, or -1. */
  int row(int key) {
    return rows.place(key);
  }
}
