package org.medroute.text;

/**
 * MurmurHash3 of many terms in columns, step after step over all of them ({@link TermHash} is one
 * term after another). A term of up to 20 bytes is five words of four bytes, the first byte lowest,
 * zeros behind its end. Loops are so short that the compiler makes vectors of them: a step takes a
 * quarter of a nanosecond a term where it would take three.
 */
final class ColumnHashes {
  private ColumnHashes() {}

  /**
   * Mixes in the word of each term that is whole, where there is one.
   *
   * @param states of the hashes
   * @param words the next word of each term; of those that have it whole, the one behind it
   *     afterwards
   * @param behind the words behind
   * @param sizes bytes of the terms
   * @param least bytes up to the end of the next word
   */
  static void step(int[] states, int[] words, int[] behind, int[] sizes, int least, int terms) {
    for (int term = 0; term < terms; term++) {
      int state = states[term];
      int word = words[term];
      int whole = (least - 1 - sizes[term]) >> (Integer.SIZE - 1);
      states[term] = state ^ ((state ^ TermHash.mix(state, word)) & whole);
      words[term] = word ^ ((word ^ behind[term]) & whole);
    }
  }

  /**
   * The hashes.
   *
   * @param rests what is left of each term, fewer than four bytes
   * @param lengths bytes of the whole terms
   */
  static void finish(int[] states, int[] rests, int[] lengths, int[] hashes, int terms) {
    for (int term = 0; term < terms; term++) {
      hashes[term] = TermHash.finish(states[term] ^ TermHash.scramble(rests[term]) ^ lengths[term]);
    }
  }
}
