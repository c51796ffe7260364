package org.medroute.linear;

import org.medroute.text.HashedTermSink;
import org.medroute.text.TokenOptions;

/** Counts the terms of a part of a text, and the concepts that a thesaurus finds in it. */
final class TextPart implements HashedTermSink {
  private final TermCounts terms = new TermCounts();
  private final ConceptReader names;
  private final boolean named;
  private final boolean pairs;

  TextPart(TokenOptions options, Thesaurus thesaurus) {
    this.pairs = options.maxNgram() > 1;
    this.names = new ConceptReader(thesaurus);
    this.named = !thesaurus.isEmpty();
  }

  void clear() {
    terms.clear();
    names.clear();
  }

  @Override
  public void term(int hash, char[] letters, int start, int length) {
    terms.term(hash, letters, start, length);
    if (named) {
      names.word(hash);
    }
  }

  @Override
  public void pair(int hash, char[] letters, int start, int length) {
    if (pairs) {
      terms.pair(hash, letters, start, length);
    }
    if (named) {
      names.join();
    }
  }

  @Override
  public void compound(int hash, char[] letters, int start, int length) {
    terms.term(hash, letters, start, length); // names are made of its parts
  }

  /** Words and pairs. */
  TermCounts terms() {
    return terms;
  }

  /** Concepts by their hashes. */
  TermCounts concepts() {
    return names.counts();
  }

  /**
   * Gives what concepts did to the words that named them.
   *
   * @param byConcept in order of {@link #concepts}
   * @param byTerm of {@code counts}, which hold all these words
   */
  void share(double[] byConcept, TermCounts counts, double[] byTerm) {
    names.share(counts, byConcept, byTerm);
  }
}
