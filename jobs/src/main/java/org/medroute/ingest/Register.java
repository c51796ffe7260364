package org.medroute.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which revision of a document stands: a register in which the greatest revision wins, so
 * that no order of arrival can change the outcome.
 *
 * <p>Every citation and every delete entry is a revision of its document, and {@link Rank} orders
 * them. The state of a document is its greatest revision: a citation makes it live, a delete entry
 * keeps it dead. So a delete entry covers older versions wherever they stand, and its own version
 * where it stands later; tombstones are kept as long as the table is.
 *
 * <p>Within one unnumbered file the position decides between revisions of one version before they
 * meet those of other files: the last takes part, the others do not.
 *
 * <p>Since maxima commute, a batch needs only its own revisions, the table's row of each document
 * it names (the greatest citation so far, if that is live) and the tombstones kept for it.
 */
final class Register {
  /** Where a revision comes from. */
  enum Origin {
    BATCH,
    DOCUMENTS,
    DELETIONS
  }

  /** What became of a revision of the batch. */
  enum Fate {
    LIVE,
    SUPERSEDED,
    DELETED
  }

  /** What a revision does to the documents table. */
  enum Effect {
    /** A document that was not there. */
    INSERT,
    /** A document in the place of the table's row. */
    UPDATE,
    /** The table's row goes. */
    REMOVE,
    /** The table's row gives way to an update. */
    YIELD
  }

  /** What a tombstone does to the deletions table. */
  enum Tomb {
    ADD,
    DROP
  }

  /**
   * One revision.
   *
   * @param file number of the file within the batch; -1 for rows of the tables
   * @param voided whether a row of a table takes no part, for its file is being replaced
   */
  record Revision(Origin origin, int file, boolean voided, Rank rank) {}

  /** What was decided of one revision; empty where it has no such effect. */
  record Decision(Optional<Fate> fate, Optional<Effect> effect, Optional<Tomb> tomb) {}

  private record InFile(int file, int version) {}

  private Register() {}

  /**
   * @param revisions all that are known of one document
   * @return a decision for each, in their order
   */
  static List<Decision> decide(List<Revision> revisions) {
    Map<InFile, Long> last = lastInUnnumberedFiles(revisions);
    Rank winner = null;
    Map<Integer, Rank> tombstones = new HashMap<>();
    Revision standing = null;
    for (Revision revision : revisions) {
      Rank rank = revision.rank();
      if (revision.origin() == Origin.DOCUMENTS) {
        standing = revision;
      }
      if (takesPart(revision, last)) {
        winner = winner == null || rank.compareTo(winner) > 0 ? rank : winner;
        if (rank.tombstone()) {
          tombstones.merge(rank.version(), rank, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
      }
    }
    List<Decision> decisions = new ArrayList<>(revisions.size());
    for (Revision revision : revisions) {
      boolean wins = takesPart(revision, last) && revision.rank().equals(winner);
      decisions.add(
          new Decision(
              fate(revision, wins, winner),
              effect(revision, wins, winner, standing),
              tomb(revision, takesPart(revision, last), tombstones)));
    }
    return decisions;
  }

  private static Map<InFile, Long> lastInUnnumberedFiles(List<Revision> revisions) {
    Map<InFile, Long> last = new HashMap<>();
    for (Revision revision : revisions) {
      Rank rank = revision.rank();
      if (revision.origin() == Origin.BATCH && !rank.numbered()) {
        last.merge(new InFile(revision.file(), rank.version()), rank.ordinal(), Math::max);
      }
    }
    return last;
  }

  private static boolean takesPart(Revision revision, Map<InFile, Long> last) {
    Rank rank = revision.rank();
    if (revision.origin() != Origin.BATCH) {
      return !revision.voided();
    }
    return rank.numbered()
        || last.get(new InFile(revision.file(), rank.version())) == rank.ordinal();
  }

  private static Optional<Fate> fate(Revision revision, boolean wins, Rank winner) {
    if (revision.origin() != Origin.BATCH) {
      return Optional.empty();
    }
    if (revision.rank().tombstone()) {
      return Optional.of(Fate.DELETED);
    }
    if (wins) {
      return Optional.of(Fate.LIVE);
    }
    return Optional.of(winner.tombstone() ? Fate.DELETED : Fate.SUPERSEDED);
  }

  private static Optional<Effect> effect(
      Revision revision, boolean wins, Rank winner, Revision standing) {
    if (revision.origin() == Origin.DOCUMENTS) {
      if (wins) {
        return Optional.empty();
      }
      return Optional.of(winner == null || winner.tombstone() ? Effect.REMOVE : Effect.YIELD);
    }
    if (revision.origin() == Origin.DELETIONS || !wins || revision.rank().tombstone()) {
      return Optional.empty();
    }
    if (standing == null) {
      return Optional.of(Effect.INSERT);
    }
    // The table has this very revision already: the run that wrote it died before its ledger row.
    boolean there = !standing.voided() && standing.rank().equals(revision.rank());
    return there ? Optional.empty() : Optional.of(Effect.UPDATE);
  }

  private static Optional<Tomb> tomb(
      Revision revision, boolean takesPart, Map<Integer, Rank> tombstones) {
    Rank greatest = tombstones.get(revision.rank().version());
    if (revision.origin() == Origin.DELETIONS) {
      return revision.voided() && greatest == null ? Optional.of(Tomb.DROP) : Optional.empty();
    }
    boolean added =
        revision.origin() == Origin.BATCH
            && revision.rank().tombstone()
            && takesPart
            && revision.rank().equals(greatest);
    return added ? Optional.of(Tomb.ADD) : Optional.empty();
  }
}
