package org.medroute.text;

/** Takes the hashes of all terms of a text at once. */
@FunctionalInterface
public interface HashSink {
  /**
   * The terms of one text.
   *
   * @param hashes {@link TermHash} before it is reduced to a bucket, in the order of the terms;
   *     reused for the next text
   * @param count how many of them, from the first on, are of this text
   */
  void take(int[] hashes, int count);
}
