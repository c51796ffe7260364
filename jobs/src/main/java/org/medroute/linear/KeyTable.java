package org.medroute.linear;

import java.io.Serializable;
import java.util.Arrays;

/**
 * From 32-bit keys to the rows 0 until n, in the order of the keys: open addressing, about three
 * ints a key, one cache miss a lookup. Immutable.
 */
final class KeyTable implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  private final int[] keys;
  private final int[] slotKeys;
  private final int[] slotRows;

  /**
   * @param keys ascending, each once
   */
  KeyTable(int[] keys) {
    this.keys = keys.clone();
    int slots = Integer.highestOneBit(Math.max(8, keys.length)) * 4;
    slotKeys = new int[slots];
    slotRows = new int[slots];
    Arrays.fill(slotRows, NONE);
    for (int row = 0; row < keys.length; row++) {
      if (row > 0 && keys[row] <= keys[row - 1]) {
        throw new IllegalArgumentException("keys must ascend");
      }
      int slot = first(keys[row]);
      while (slotRows[slot] != NONE) {
        slot = (slot + 1) & (slots - 1);
      }
      slotKeys[slot] = keys[row];
      slotRows[slot] = row;
    }
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
    int slot = first(key);
    while (slotRows[slot] != NONE) {
      if (slotKeys[slot] == key) {
        return slotRows[slot];
      }
      slot = (slot + 1) & (slotKeys.length - 1);
    }
    return NONE;
  }

  private int first(int key) {
    return ((key * 0x9e3779b1) >>> 7) & (slotKeys.length - 1);
  }
}
