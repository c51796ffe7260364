package org.medroute.linear;

import java.util.Arrays;

/** Counts how often each key was added. Memory: 4 bytes for each addition. */
final class Keys {
  private int[] added = new int[1 << 12];
  private int size;

  void add(int[] keys) {
    if (size + keys.length > added.length) {
      added = Arrays.copyOf(added, Math.max(size + keys.length, added.length + added.length / 2));
    }
    System.arraycopy(keys, 0, added, size, keys.length);
    size += keys.length;
  }

  /** Keys added at least so often, ascending, and how often. */
  Counted atLeast(int times) {
    Arrays.sort(added, 0, size);
    int kept = 0;
    int[] keys = new int[size];
    int[] counts = new int[size];
    int at = 0;
    while (at < size) {
      int from = at;
      while (at < size && added[at] == added[from]) {
        at++;
      }
      if (at - from >= times) {
        keys[kept] = added[from];
        counts[kept++] = at - from;
      }
    }
    return new Counted(Arrays.copyOf(keys, kept), Arrays.copyOf(counts, kept));
  }

  /** Keys, ascending, with their counts. */
  record Counted(int[] keys, int[] counts) {}
}
