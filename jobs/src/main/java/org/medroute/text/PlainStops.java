package org.medroute.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Those of a set of words that are up to {@value PackedWord#LONGEST} small letters and digits below
 * 128, asked about by their {@link TermHash} and without a branch that cannot be foreseen: every
 * third word of a text is one. Words of one place are chained; the multiplier that makes places of
 * hashes is, of a short list, one under which hardly ever two words have the same place. Immutable.
 */
final class PlainStops {
  private static final int SPREAD = 0x9e3779b1;
  private static final int TRIES = 2000;
  private static final int FEWEST_BITS = 12;

  /** Of more words no multiplier would be found that parts them all. */
  private static final int MOST_PARTED = 230;

  /** Number of the first word that may be at a place; 0 for none. */
  private final int[] places;

  /** Number of the word that is at the same place as each; 0 for none. */
  private final int[] next;

  private final int multiplier;
  private final int shift;
  private final long[] lows;
  private final long[] highs;

  PlainStops(Collection<String> words) {
    String[] plain =
        new TreeSet<>(words).stream().filter(PlainStops::isPlain).toArray(String[]::new);
    lows = new long[plain.length + 1];
    highs = new long[plain.length + 1];
    next = new int[plain.length + 1];
    int[] hashes = new int[plain.length + 1];
    for (int word = 1; word <= plain.length; word++) {
      byte[] bytes =
          Arrays.copyOf(plain[word - 1].getBytes(StandardCharsets.US_ASCII), PackedWord.PADDING);
      lows[word] = PackedWord.chars(bytes, 0);
      highs[word] = PackedWord.chars(bytes, Long.BYTES);
      hashes[word] = TermHash.hash(plain[word - 1]);
    }
    int bits = Math.max(FEWEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(4 * plain.length));
    shift = Integer.SIZE - bits;
    multiplier = plain.length > MOST_PARTED ? SPREAD : parting(hashes, shift);
    places = new int[1 << bits];
    for (int word = 1; word <= plain.length; word++) {
      int place = (hashes[word] * multiplier) >>> shift;
      next[word] = places[place];
      places[place] = word;
    }
  }

  private static boolean isPlain(String word) {
    return !word.isEmpty()
        && word.length() <= PackedWord.LONGEST
        && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  }

  /** A multiplier under which no two words have the same place; any one if none is found. */
  private static int parting(int[] hashes, int shift) {
    int multiplier = SPREAD;
    BitSet taken = new BitSet();
    for (int tried = 0; tried < TRIES; tried++) {
      taken.clear();
      int word = 1;
      while (word < hashes.length && !taken.get((hashes[word] * multiplier) >>> shift)) {
        taken.set((hashes[word] * multiplier) >>> shift);
        word++;
      }
      if (word == hashes.length) {
        return multiplier;
      }
      multiplier = multiplier * 0x0019660d + 0x3c6ef35e; // stays odd
    }
    return multiplier;
  }

  /**
   * 0 if a word is in the set, else 1.
   *
   * @param hash of the word
   * @param low its first eight chars, the first lowest, and zeros
   * @param high the next eight
   */
  int holdsNot(int hash, long low, long high) {
    int word = places[(hash * multiplier) >>> shift];
    int other = differs(word, low, high);
    while (next[word] != 0) { // of a short list hardly ever
      word = next[word];
      other &= differs(word, low, high);
    }
    return other;
  }

  private int differs(int word, long low, long high) {
    long differ = (lows[word] ^ low) | (highs[word] ^ high);
    return (int) ((differ | -differ) >>> (Long.SIZE - 1));
  }
}
