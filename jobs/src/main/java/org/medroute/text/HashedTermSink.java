package org.medroute.text;

/** Takes the terms of a text one after another with their hashes. */
@FunctionalInterface
public interface HashedTermSink {
  /**
   * One term.
   *
   * @param hash {@link TermHash} before it is reduced to a bucket, see {@link TermHash#reduce}
   * @param letters holds the term from {@code start}; reused after the call, so copy what is kept
   * @param length number of chars of the term, at least 1
   */
  void term(int hash, char[] letters, int start, int length);

  /** The same of a term of two words, a blank between them. */
  default void pair(int hash, char[] letters, int start, int length) {
    term(hash, letters, start, length);
  }

  /** The same of a word with hyphens whose parts follow one by one. */
  default void compound(int hash, char[] letters, int start, int length) {
    term(hash, letters, start, length);
  }
}
