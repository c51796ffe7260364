package org.medroute.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Those of a set of words that are up to {@value PackedWord#LONGEST} small letters and digits below
 * 128, asked about by their {@link TermHash} and without a branch: every third word of a text is
 * one, in no order that a processor could foresee. The multiplier that makes places of hashes is
 * one under which no two of the words have the same place. Immutable.
 */
final class PlainStops {
  private static final int TRIES = 2000;

  /** Number of the word that may be at a place; 0 for none. */
  private final char[] places;

  private final int multiplier;
  private final int shift;
  private final long[] lows;
  private final long[] highs;

  PlainStops(Collection<String> words) {
    String[] plain =
        new TreeSet<>(words).stream().filter(PlainStops::isPlain).toArray(String[]::new);
    lows = new long[plain.length + 1];
    highs = new long[plain.length + 1];
    int[] hashes = new int[plain.length + 1];
    for (int word = 1; word <= plain.length; word++) {
      byte[] bytes =
          Arrays.copyOf(plain[word - 1].getBytes(StandardCharsets.US_ASCII), 2 * Long.BYTES);
      lows[word] = PackedWord.chars(bytes, 0);
      highs[word] = PackedWord.chars(bytes, Long.BYTES);
      hashes[word] = TermHash.hash(plain[word - 1]);
    }
    int bits = 12;
    int odd = 0x9e3779b1;
    int tries = 0;
    char[] filled = fill(hashes, odd, bits);
    while (filled.length == 0) {
      odd = odd * 0x0019660d + 0x3c6ef35e; // stays odd
      if (++tries % TRIES == 0) {
        bits++;
      }
      filled = fill(hashes, odd, bits);
    }
    places = filled;
    multiplier = odd;
    shift = Integer.SIZE - bits;
  }

  private static boolean isPlain(String word) {
    return !word.isEmpty()
        && word.length() <= PackedWord.LONGEST
        && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  }

  /** The places, or nothing where two words fall on one. */
  private static char[] fill(int[] hashes, int multiplier, int bits) {
    char[] places = new char[1 << bits];
    for (int word = 1; word < hashes.length; word++) {
      int place = (hashes[word] * multiplier) >>> (Integer.SIZE - bits);
      if (places[place] != 0) {
        return new char[0];
      }
      places[place] = (char) word;
    }
    return places;
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
    long differ = (lows[word] ^ low) | (highs[word] ^ high);
    return (int) ((differ | -differ) >>> (Long.SIZE - 1));
  }
}
