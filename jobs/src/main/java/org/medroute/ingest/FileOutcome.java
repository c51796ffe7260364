package org.medroute.ingest;

import java.util.Optional;

/**
 * What became of one file.
 *
 * @param file name without directories
 * @param md5 of the stored bytes; empty if the file was not read
 * @param message why it was refused or held, or what is to be said of it otherwise
 * @param rule the broken rule of a refused file
 */
public record FileOutcome(
    String source,
    String file,
    Optional<Integer> release,
    Optional<Integer> number,
    String md5,
    Fate fate,
    Optional<String> rule,
    Optional<String> message,
    long read,
    long live,
    long superseded,
    long deleted,
    long quarantined,
    long skipped) {

  /** How a file ended. */
  public enum Fate {
    COMMITTED,
    REFUSED,
    /** In the ledger already: nothing was done. */
    KNOWN,
    /** Waits behind a gap in the numbers, or for its baseline to be complete. */
    HELD,
    /** From before a baseline that has taken its place: nothing was done. */
    OBSOLETE
  }

  /** Whether every record of the file is accounted for. */
  public boolean balanced() {
    return read == live + superseded + deleted + quarantined + skipped;
  }

  /** read = live + superseded + deleted + quarantined + skipped, with the verdict. */
  public String equation() {
    return String.format(
        "%s: read %,d = live %,d + superseded %,d + deleted %,d + quarantined %,d + skipped %,d: %s",
        file,
        read,
        live,
        superseded,
        deleted,
        quarantined,
        skipped,
        balanced() ? "holds" : "DOES NOT HOLD");
  }

  /** A file of which nothing reached the tables in this run. */
  static FileOutcome without(
      InputFile file, String md5, Fate fate, Optional<String> rule, Optional<String> message) {
    return new FileOutcome(
        file.source(),
        file.name(),
        Optional.ofNullable(file.release()),
        Optional.ofNullable(file.number()),
        md5,
        fate,
        rule,
        message,
        0,
        0,
        0,
        0,
        0,
        0);
  }
}
