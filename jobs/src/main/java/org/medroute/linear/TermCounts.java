package org.medroute.linear;

import java.util.Arrays;
import org.medroute.text.HashedTermSink;

/**
 * The distinct terms of one text after another with their counts, in the order in which they first
 * stand there. Distinct by their 32-bit hash. For one thread; nothing is allocated once the buffers
 * fit the longest text.
 */
final class TermCounts implements HashedTermSink {
  private static final int FREE = -1;

  private int[] slots = new int[1 << 10];
  private int[] hashes = new int[1 << 9];
  private int[] counts = new int[1 << 9];

  /** Where a word's letters begin; -1 for a pair. */
  private int[] starts = new int[1 << 9];

  private int[] lengths = new int[1 << 9];
  private char[] words = new char[1 << 12];
  private int wordsEnd;
  private int size;

  TermCounts() {
    Arrays.fill(slots, FREE);
  }

  /** Forgets the text. */
  void clear() {
    Arrays.fill(slots, FREE);
    size = 0;
    wordsEnd = 0;
  }

  /** Number of distinct terms. */
  int size() {
    return size;
  }

  int hash(int term) {
    return hashes[term];
  }

  int count(int term) {
    return counts[term];
  }

  /** Whether the term is one word. */
  boolean isWord(int term) {
    return starts[term] >= 0;
  }

  /** The letters of all words; see {@link #start} and {@link #length}. */
  char[] letters() {
    return words;
  }

  int start(int term) {
    return starts[term];
  }

  int length(int term) {
    return lengths[term];
  }

  @Override
  public void term(int hash, char[] letters, int start, int length) {
    if (isNew(hash)) {
      if (wordsEnd + length > words.length) {
        words = Arrays.copyOf(words, 2 * (wordsEnd + length));
      }
      System.arraycopy(letters, start, words, wordsEnd, length);
      starts[size - 1] = wordsEnd;
      lengths[size - 1] = length;
      wordsEnd += length;
    }
  }

  @Override
  public void pair(int hash, char[] letters, int start, int length) {
    if (isNew(hash)) {
      starts[size - 1] = FREE;
      lengths[size - 1] = length;
    }
  }

  /** Takes a term that the text has so often, and that it was not given before. */
  void add(int hash, int count) {
    pair(hash, null, 0, 0);
    counts[find(hash)] = count;
  }

  /** Counts a term, and makes it the last one where the text had none. */
  private boolean isNew(int hash) {
    int slot = slot(hash);
    if (slots[slot] != FREE) {
      counts[slots[slot]]++;
      return false;
    }
    if (size == hashes.length) {
      grow();
      slot = slot(hash);
    }
    slots[slot] = size;
    hashes[size] = hash;
    counts[size] = 1;
    size++;
    return true;
  }

  /** Number of the term with a hash; -1 where the text has none. */
  int find(int hash) {
    return slots[slot(hash)];
  }

  private int slot(int hash) {
    int mask = slots.length - 1;
    int slot = ((hash * 0x9e3779b1) >>> 7) & mask;
    while (slots[slot] != FREE && hashes[slots[slot]] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int room = 2 * hashes.length;
    hashes = Arrays.copyOf(hashes, room);
    counts = Arrays.copyOf(counts, room);
    starts = Arrays.copyOf(starts, room);
    lengths = Arrays.copyOf(lengths, room);
    slots = new int[2 * room];
    Arrays.fill(slots, FREE);
    for (int term = 0; term < size; term++) {
      slots[slot(hashes[term])] = term;
    }
  }
}
