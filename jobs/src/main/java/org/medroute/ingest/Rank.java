package org.medroute.ingest;

import java.util.Comparator;

/**
 * The place of a revision among the revisions of its document; the greatest stands.
 *
 * <p>PMID version first, then release, file number and position in the file. Unnumbered files have
 * release and number 0 and no position: among them a delete entry stands above a citation of the
 * same version, a later DateRevised above an earlier one, and the content hash decides the rest.
 * File name, ordinal and source come last, for copies of one record, so that two different
 * revisions are never equal.
 *
 * @param position in a numbered file; 0 otherwise
 * @param dateRevised yyyy-MM-dd, empty if the record does not say
 */
record Rank(
    int version,
    int release,
    int number,
    long position,
    boolean tombstone,
    String dateRevised,
    String contentHash,
    String sourceFile,
    long ordinal,
    String source)
    implements Comparable<Rank> {
  private static final Comparator<Rank> ORDER =
      Comparator.comparingInt(Rank::version)
          .thenComparingInt(Rank::release)
          .thenComparingInt(Rank::number)
          .thenComparingLong(Rank::position)
          .thenComparing(Rank::tombstone)
          .thenComparing(Rank::dateRevised)
          .thenComparing(Rank::contentHash)
          .thenComparing(Rank::sourceFile)
          .thenComparingLong(Rank::ordinal)
          .thenComparing(Rank::source);

  static Rank of(
      int version,
      int release,
      int number,
      boolean tombstone,
      String dateRevised,
      String contentHash,
      String sourceFile,
      long ordinal,
      String source) {
    return new Rank(
        version,
        release,
        number,
        number > 0 ? ordinal : 0,
        tombstone,
        dateRevised,
        contentHash,
        sourceFile,
        ordinal,
        source);
  }

  boolean numbered() {
    return number > 0;
  }

  @Override
  public int compareTo(Rank other) {
    return ORDER.compare(this, other);
  }
}
