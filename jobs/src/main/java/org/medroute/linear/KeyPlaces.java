package org.medroute.linear;

import java.io.Serializable;
import java.util.Arrays;

/**
 * From 32-bit keys to places: open addressing at a load of two thirds or less, a key and its place
 * side by side, so that a lookup touches one line of the cache. Immutable.
 */
final class KeyPlaces implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int NONE = -1;

  private final int[] slots;

  /**
   * @param keys each once
   * @param places of the keys, 0 or above
   */
  KeyPlaces(int[] keys, int[] places) {
    // two ints a slot, at most two slots of three taken
    slots = new int[2 * Integer.highestOneBit(Math.max(8, keys.length + keys.length / 2) * 2 - 1)];
    Arrays.fill(slots, NONE);
    for (int i = 0; i < keys.length; i++) {
      int slot = first(keys[i]);
      while (slots[slot + 1] != NONE) {
        slot = (slot + 2) & (slots.length - 1);
      }
      slots[slot] = keys[i];
      slots[slot + 1] = places[i];
    }
  }

  /** Place of a key, or -1. */
  int place(int key) {
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
