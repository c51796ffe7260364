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

  /** Key and row of each slot side by side: a lookup touches one line of the cache. */
  private final int[] slots;

  /**
   * @param keys ascending, each once
   */
  KeyTable(int[] keys) {
    this.keys = keys.clone();
    slots = new int[Integer.highestOneBit(Math.max(8, keys.length)) * 8];
    Arrays.fill(slots, NONE);
    for (int row = 0; row < keys.length; row++) {
      if (row > 0 && keys[row] <= keys[row - 1]) {
        throw new IllegalArgumentException("keys must ascend");
      }
      int slot = first(keys[row]);
      while (slots[slot + 1] != NONE) {
        slot = (slot + 2) & (slots.length - 1);
      }
      slots[slot] = keys[row];
      slots[slot + 1] = row;
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
    while (slots[slot + 1] != NONE) {
      if (slots[slot] == key) {
        return slots[slot + 1];
      }
      slot = (slot + 2) & (slots.length - 1);
    }
    return NONE;
  }

  private int first(int key) {
    return ((key * 0x9e3779b1) >>> 6) & (slots.length - 2);
  }
}
