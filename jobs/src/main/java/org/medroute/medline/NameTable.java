package org.medroute.medline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names of elements as strings, each made once: a hash table from the bytes of a name to its
 * string. Holds {@value #MOST} names at most; further ones, which no file of PubMed has, are made
 * anew each time.
 */
final class NameTable {
  private static final int SLOTS = 1 << 11;
  private static final int MOST = SLOTS / 2;

  private final byte[][] names = new byte[SLOTS][];
  private final String[] strings = new String[SLOTS];
  private int size;

  /** The string of an ASCII name. */
  String name(byte[] bytes, int from, int to) {
    int slot = hash(bytes, from, to) & (SLOTS - 1);
    while (names[slot] != null) {
      byte[] name = names[slot];
      if (name.length == to - from && Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return strings[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    // Interned, so that a switch over literals compares references.
    String string = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    if (size < MOST) {
      size++;
      names[slot] = Arrays.copyOfRange(bytes, from, to);
      strings[slot] = string.intern();
      return strings[slot];
    }
    return string;
  }

  /** Of a few bytes: PubMed's names differ in them, and what does not is told by comparison. */
  private static int hash(byte[] bytes, int from, int to) {
    int hash = to - from;
    hash = hash * 31 + bytes[from];
    hash = hash * 31 + bytes[(from + to) >>> 1];
    hash = hash * 31 + bytes[to - 1];
    return hash ^ (hash >>> 11);
  }
}
