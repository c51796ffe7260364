package org.medroute.text;

import java.util.Arrays;
import java.util.List;

/**
 * The words of a text that are kept, and the hashes of these and of the pairs that they make.
 *
 * <p>Words of up to {@value PackedWord#LONGEST} bytes are hashed together in columns ({@link
 * ColumnHashes}), each with the pair that it ends; the few others, and pairs that hold one, byte by
 * byte. For one thread.
 */
final class KeptWords {
  private static final int ROOM = WordSlots.ROOM + BiomedicalTokenizer.MAX_WORD;

  private static final byte[] NOTHING = {};
  private static final HashSink NO_SINK = (found, number) -> {};

  private final WordSlots from;
  private final WordMarks marks;
  private final boolean pairs;

  /** Slot of each word. */
  private final int[] slots = new int[ROOM];

  private final int[] sentences = new int[ROOM];
  private final int[] hashes = new int[ROOM];

  /** Columns of {@link WordSlots}, those of the words alone. */
  private final long[] lows = new long[ROOM];

  private final long[] highs = new long[ROOM];
  private final int[] sizes = new int[ROOM];
  private final int[] rests = new int[ROOM];
  private final int[] states = new int[ROOM];

  /** What {@link #pairWords} are made of. */
  private final long[] joined = new long[ROOM];

  private final long[] joinedHigh = new long[ROOM];

  /** Of pairs, at the place of the word that ends them: what stands behind the first's state. */
  private final int[][] pairWords = new int[5][ROOM];

  private final int[] pairSizes = new int[ROOM];
  private final int[] pairLengths = new int[ROOM];
  private final int[] pairStates = new int[ROOM];
  private final int[] pairHashes = new int[ROOM];

  private int count;

  /** Words of more bytes or other letters: slot by slot, with their bytes. */
  private int[] otherSlots = new int[16];

  private byte[][] others = new byte[16][];
  private int otherCount;

  /** Hashes of terms that have no neighbours, and the slot that each stands before. */
  private int[] alone = new int[16];

  private int[] aloneSlots = new int[16];
  private int aloneCount;

  /** Two words that are hashed byte by byte, of at most three bytes a char. */
  private final byte[] written = new byte[8 * BiomedicalTokenizer.MAX_WORD];

  /** The last word of what was given out before, for the pair that it begins. */
  private byte[] last = NOTHING;

  private int lastSentence;
  private int[] terms = new int[2 * ROOM];
  private HashSink sink = NO_SINK;

  KeptWords(WordSlots from, WordMarks marks, boolean pairs) {
    this.from = from;
    this.marks = marks;
    this.pairs = pairs;
  }

  /** Forgets the last text. */
  void begin(HashSink next) {
    sink = next;
    last = NOTHING;
    clear();
  }

  private void clear() {
    count = 0;
    otherCount = 0;
    aloneCount = 0;
  }

  /** What a slot holds is this word, which is no two numbers. */
  void putOther(int slot, byte[] utf8) {
    if (otherCount == others.length) {
      others = Arrays.copyOf(others, 2 * otherCount);
      otherSlots = Arrays.copyOf(otherSlots, 2 * otherCount);
    }
    otherSlots[otherCount] = slot;
    others[otherCount++] = utf8;
  }

  /** A term before a slot that is the neighbour of no word. */
  void putAlone(int slot, int hash) {
    if (aloneCount == alone.length) {
      alone = Arrays.copyOf(alone, 2 * aloneCount);
      aloneSlots = Arrays.copyOf(aloneSlots, 2 * aloneCount);
    }
    aloneSlots[aloneCount] = slot;
    alone[aloneCount++] = hash;
  }

  /** What is to be done when the slots are filled, one after another. */
  List<Runnable> steps() {
    return pairs
        ? List.of(
            this::select,
            this::number,
            this::pick,
            this::join,
            this::split,
            this::hashPairs,
            this::give)
        : List.of(this::select, this::number, this::give);
  }

  private void give() {
    for (int other = 0; other < otherCount; other++) {
      int word = Arrays.binarySearch(slots, 0, count, otherSlots[other]);
      hashes[word] = TermHash.plainHash(written, 0, write(word, 0));
      if (pairs) {
        hashPair(word);
        hashPair(word + 1);
      }
    }
    boolean goesOn = pairs && last.length > 0 && count > 0 && sentences[0] == lastSentence;
    if (goesOn) {
      System.arraycopy(last, 0, written, 0, last.length);
      pairHashes[0] = pairHash(last.length, 0);
    }
    int listed = list(goesOn);
    sink.take(terms, listed);
  }

  /** Lets go of who was given them. */
  void end() {
    sink = NO_SINK;
  }

  /** Makes room for more words of the same text; the last one stays for its pair. */
  void goOn() {
    if (count > 0) {
      last = Arrays.copyOf(written, write(count - 1, 0));
      lastSentence = sentences[count - 1];
    }
    clear();
  }

  private void select() {
    int found = 0;
    for (int slot = 0; slot < from.count; slot++) {
      slots[found] = slot; // in any case: of one that is not kept the next one takes the place
      found += from.keeps[slot];
    }
    count = found;
    pick(from.hashes, hashes);
  }

  private void number() {
    for (int word = 0; word < count; word++) {
      sentences[word] = marks.sentence(from.starts[slots[word]]);
    }
  }

  private void pick() {
    pick(from.lows, lows);
    pick(from.highs, highs);
    pick(from.sizes, sizes);
    pick(from.rests, rests);
    pick(from.states, states);
  }

  private void pick(int[] from, int[] into) {
    for (int word = 0; word < count; word++) {
      into[word] = from[slots[word]];
    }
  }

  private void pick(long[] from, long[] into) {
    for (int word = 0; word < count; word++) {
      into[word] = from[slots[word]];
    }
  }

  /** Puts what is left of each word, a blank and the next word side by side. */
  private void join() {
    int[] fifth = pairWords[4];
    for (int word = 1; word < count; word++) {
      long low = lows[word];
      long high = highs[word];
      int bits = ((sizes[word - 1] & 3) + 1) << 3; // 8 to 32
      joined[word] = rests[word - 1] | (long) ' ' << (bits - 8) | low << bits;
      joinedHigh[word] = low >>> (Long.SIZE - bits) | high << bits;
      fifth[word] = (int) (high >>> (Long.SIZE - bits));
    }
    for (int word = 1; word < count; word++) {
      int before = sizes[word - 1];
      int size = sizes[word];
      pairSizes[word] = (before & 3) + 1 + size;
      pairLengths[word] = before + 1 + size;
      pairStates[word] = states[word - 1];
    }
  }

  private void split() {
    WordSlots.split(joined, pairWords[0], pairWords[1], count);
    WordSlots.split(joinedHigh, pairWords[2], pairWords[3], count);
  }

  private void hashPairs() {
    int[] rests = pairWords[0];
    for (int word = 1; word < pairWords.length; word++) {
      ColumnHashes.step(pairStates, rests, pairWords[word], pairSizes, word * Integer.BYTES, count);
    }
    ColumnHashes.finish(pairStates, rests, pairLengths, pairHashes, count);
  }

  /** The hash of a pair of which one is no two numbers. */
  private void hashPair(int word) {
    if (word > 0 && word < count) {
      pairHashes[word] = pairHash(write(word - 1, 0), word);
    }
  }

  /** The hash of the word that is written, of {@code length} bytes, and of the one behind it. */
  private int pairHash(int length, int word) {
    written[length] = ' ';
    return TermHash.plainHash(written, 0, write(word, length + 1));
  }

  /** Writes the bytes of a word to a place; returns where they end. */
  private int write(int word, int to) {
    int slot = slots[word];
    int other = Arrays.binarySearch(otherSlots, 0, otherCount, slot);
    if (other < 0) {
      PackedWord.write(from.lows[slot], from.highs[slot], written, to);
      return to + from.sizes[slot];
    }
    System.arraycopy(others[other], 0, written, to, others[other].length);
    return to + others[other].length;
  }

  /** Lists words with the pairs that they end, and what has no neighbours. */
  private int list(boolean goesOn) {
    if (terms.length < 2 * ROOM + aloneCount) {
      terms = new int[2 * ROOM + 2 * aloneCount];
    }
    int to = 0;
    int from = 0;
    for (int single = 0; single < aloneCount; single++) {
      int until = from;
      while (until < count && slots[until] < aloneSlots[single]) {
        until++;
      }
      to = list(from, until, goesOn, to);
      from = until;
      terms[to++] = alone[single];
    }
    return list(from, count, goesOn, to);
  }

  private int list(int from, int until, boolean goesOn, int at) {
    int to = at;
    int word = from;
    if (word == 0 && until > 0) {
      terms[to++] = hashes[0];
      if (goesOn) {
        terms[to++] = pairHashes[0];
      }
      word++;
    }
    int pair = pairs ? 1 : 0;
    for (; word < until; word++) {
      terms[to++] = hashes[word];
      terms[to] = pairHashes[word]; // in any case: where there is no pair the next takes its place
      to += (sentences[word] - sentences[word - 1] - 1) >>> (Integer.SIZE - 1) & pair;
    }
    return to;
  }
}
