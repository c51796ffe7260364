package org.medroute.text;

/** Takes the hashes of the terms of a text: all at once or, of a long text, part by part. */
@FunctionalInterface
public interface HashSink {
  /**
   * Terms of one text, behind those of the calls before.
   *
   * @param hashes {@link TermHash} before it is reduced to a bucket, in the order of the terms;
   *     reused after the call
   * @param count how many of them, from the first on, are meant
   */
  void take(int[] hashes, int count);
}
