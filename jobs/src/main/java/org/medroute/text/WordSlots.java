package org.medroute.text;

import java.util.Arrays;
import java.util.List;

/**
 * Runs of letters and digits of a text, each as two numbers in columns: what is asked of all of
 * them is asked in loops of few columns each, which a compiler keeps short. For one thread.
 */
final class WordSlots {
  /** Runs that are taken at once. */
  static final int ROOM = 1024;

  /** Words that one may turn out to be beyond the last run: parts of a compound. */
  private static final int SPARE = BiomedicalTokenizer.MAX_WORD;

  final int[] starts = new int[ROOM + SPARE];
  final int[] sizes = new int[ROOM + SPARE];

  /** The first eight chars in lower case, the first lowest, and zeros. */
  final long[] lows = new long[ROOM + SPARE];

  /** The next eight. */
  final long[] highs = new long[ROOM + SPARE];

  /** 1 for a word that is kept, else 0. */
  final int[] keeps = new int[ROOM + SPARE];

  /** Four words of four bytes each of the same chars; what is left of them once they are hashed. */
  final int[] rests = new int[ROOM + SPARE];

  private final int[] seconds = new int[ROOM + SPARE];
  private final int[] thirds = new int[ROOM + SPARE];
  private final int[] fourths = new int[ROOM + SPARE];

  /** See {@link TermHash#state}. */
  final int[] states = new int[ROOM + SPARE];

  final int[] hashes = new int[ROOM + SPARE];

  int count;

  private final PlainStops stops;
  private final int minLength;

  /** 1 if words without a letter are kept. */
  private final int keepNumbers;

  private byte[] chars = {};

  WordSlots(TokenOptions options, PlainStops stops) {
    this.stops = stops;
    this.minLength = options.minLength();
    this.keepNumbers = options.numbers() == TokenOptions.Numbers.KEEP ? 1 : 0;
  }

  /** Takes runs of a text, of each the first 16 chars. */
  void begin(byte[] text, WordMarks marks, int from, int runs) {
    chars = text;
    count = runs;
    System.arraycopy(marks.starts(), from, starts, 0, runs);
    System.arraycopy(marks.ends(), from, sizes, 0, runs);
  }

  /** What is to be done with them, one after another. */
  List<Runnable> steps() {
    return List.of(this::measure, this::read, this::split, this::hash, this::judge);
  }

  private void measure() {
    for (int run = 0; run < count; run++) {
      sizes[run] = Math.min(sizes[run] - starts[run], PackedWord.LONGEST + 1);
    }
  }

  private void read() {
    byte[] text = chars;
    for (int run = 0; run < count; run++) {
      lows[run] = PackedWord.first(text, starts[run], sizes[run]);
    }
    for (int run = 0; run < count; run++) {
      highs[run] = PackedWord.second(text, starts[run], sizes[run]);
    }
  }

  private void split() {
    split(lows, rests, seconds, count);
    split(highs, thirds, fourths, count);
  }

  /** Takes numbers of eight bytes apart. */
  static void split(long[] from, int[] first, int[] second, int numbers) {
    for (int at = 0; at < numbers; at++) {
      long letters = from[at];
      first[at] = (int) letters;
      second[at] = (int) (letters >>> Integer.SIZE);
    }
  }

  private void hash() {
    for (int run = 0; run < count; run++) {
      int letters = PackedWord.letters(rests[run] | seconds[run] | thirds[run] | fourths[run]);
      keeps[run] =
          ((minLength - 1 - sizes[run]) >>> (Integer.SIZE - 1))
              & (keepNumbers | (letters | -letters) >>> (Integer.SIZE - 1));
    }
    Arrays.fill(states, 0, count, TermHash.SEED);
    ColumnHashes.step(states, rests, seconds, sizes, 4, count);
    ColumnHashes.step(states, rests, thirds, sizes, 8, count);
    ColumnHashes.step(states, rests, fourths, sizes, 12, count);
    ColumnHashes.finish(states, rests, sizes, hashes, count);
  }

  /** Which are kept: right for those that are plain words. */
  private void judge() {
    for (int run = 0; run < count; run++) {
      keeps[run] &= stops.holdsNot(hashes[run], lows[run], highs[run]);
    }
  }

  /** Keeps no run from a slot on that starts before a place. */
  void leaveOut(int from, int before) {
    for (int run = from; run < count && starts[run] < before; run++) {
      keeps[run] = 0;
    }
  }

  /** Puts a word that is kept into a slot, if need be the one behind the last run. */
  void put(int slot, long low, long high, int size) {
    if (slot == count) {
      starts[slot] = starts[slot - 1];
      count++;
    }
    lows[slot] = low;
    highs[slot] = high;
    sizes[slot] = size;
    states[slot] = TermHash.state(low, high, size);
    rests[slot] = (int) TermHash.rest(low, high, size);
    hashes[slot] = TermHash.hash(states[slot], rests[slot], size);
    keeps[slot] = 1;
  }
}
