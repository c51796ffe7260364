package org.medroute.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.delta.Change;
import org.medroute.delta.Warehouse;
import org.medroute.table.Deletions;
import org.medroute.table.Documents;
import org.medroute.table.Revisions;
import org.medroute.table.Staged;
import org.medroute.table.Table;

/**
 * Merges the staged files of one unit of work into the tables.
 *
 * <p>Spark jobs, beside those of Delta's commits: one to decide all revisions (its narrow result is
 * kept), one to find regrouped documents, where the table has any rows, and one a commit that has
 * something to write. Driver memory: a row of counts a file.
 */
final class BatchMerge {
  /** Names of documents up to this many are sent to every task to look the table up. */
  private static final long BROADCAST_NAMES = 2_000_000;

  private final Warehouse warehouse;
  private final Dataset<Row> staged;
  private final List<StagedFile> usable;
  private final Replacement replacement;

  /** What became of a batch. */
  record Merged(List<FileOutcome> files, BatchCommit.Decision decision) {}

  BatchMerge(
      Warehouse warehouse, Dataset<Row> staged, List<StagedFile> usable, Replacement replacement) {
    this.warehouse = warehouse;
    this.usable = usable;
    this.replacement = replacement;
    this.staged =
        staged.where(col(Staged.FILE_INDEX).isin(usable.stream().map(StagedFile::index).toArray()));
  }

  /** Commits quarantine, deletions and documents; the ledger is left to the caller. */
  Merged commit(BatchCommit commit) {
    commit.quarantine(staged, usable, replacement.files());
    Optional<Dataset<Row>> documents = existing(Documents.TABLE);
    Dataset<Row> decided = decided(documents).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Counts counts = Counts.of(decided);
      List<FileOutcome> outcomes = usable.stream().map(counts::outcome).toList();
      for (FileOutcome outcome : outcomes) {
        if (!outcome.balanced()) {
          throw new IllegalStateException("Nothing was merged: " + outcome.equation());
        }
      }
      if (counts.tombs() > 0) {
        commit.deletions(decided, counts.knownTombstones() > 0);
      }
      Dataset<Row> changes = DuplicateGroups.changes(decided, documents);
      if (documents.isPresent()) {
        changes = changes.persist(StorageLevel.MEMORY_AND_DISK());
      }
      try {
        long patched =
            documents.isPresent()
                ? changes.where(col(Change.COLUMN).equalTo(Change.PATCH.name())).count()
                : 0;
        BatchCommit.Decision decision = counts.decision(patched);
        long bytes = usable.stream().mapToLong(file -> file.file().bytes()).sum();
        commit.documents(staged, changes, decision, bytes);
        return new Merged(outcomes, decision);
      } finally {
        changes.unpersist();
      }
    } finally {
      decided.unpersist();
    }
  }

  private Optional<Dataset<Row>> existing(Table table) {
    return warehouse.exists(table) ? Optional.of(warehouse.read(table)) : Optional.empty();
  }

  private Dataset<Row> decided(Optional<Dataset<Row>> documents) {
    Dataset<Row> revisions = Precedence.staged(staged);
    Dataset<Row> all = revisions;
    Dataset<Row> names = revisions.select(Revisions.DOCUMENT_ID).distinct();
    if (usable.stream().mapToLong(StagedFile::read).sum() <= BROADCAST_NAMES) {
      names = broadcast(names);
    }
    if (documents.isPresent()) {
      Column voided = replacement.documents().orElse(lit(false));
      Dataset<Row> table = Precedence.documents(documents.get(), voided);
      all = all.unionByName(involved(table, names, replacement.documents()));
    }
    Optional<Dataset<Row>> deletions = existing(Deletions.TABLE);
    if (deletions.isPresent()) {
      Column voided = replacement.deletions().orElse(lit(false));
      Dataset<Row> table = Precedence.deletions(deletions.get(), voided);
      all = all.unionByName(involved(table, names, replacement.deletions()));
    }
    return Precedence.decide(all);
  }

  /** Rows of a table that the batch names, or that give way. */
  private static Dataset<Row> involved(
      Dataset<Row> rows, Dataset<Row> names, Optional<Column> voided) {
    Dataset<Row> named = rows.join(names, Revisions.DOCUMENT_ID, "left_semi");
    if (voided.isEmpty()) {
      return named;
    }
    return named.unionByName(
        rows.where(col(Revisions.VOID)).join(names, Revisions.DOCUMENT_ID, "left_anti"));
  }

  private static String joinKey(String... parts) {
    return String.join("|", parts);
  }

  /** The decided revisions, counted by file, fate and effect: one small job. */
  private static final class Counts {
    private final Map<String, Long> byFate = new HashMap<>();
    private final Map<String, Long> byEffect = new HashMap<>();
    private long tombs;
    private long knownTombstones;

    static Counts of(Dataset<Row> decided) {
      Counts counts = new Counts();
      List<Row> rows =
          decided
              .groupBy(
                  Revisions.FILE_INDEX,
                  Revisions.FATE,
                  Revisions.EFFECT,
                  Revisions.TOMB,
                  Revisions.ORIGIN)
              .agg(count(lit(1)).as(Revisions.ROWS))
              .collectAsList();
      for (Row row : rows) {
        counts.add(row);
      }
      return counts;
    }

    private void add(Row row) {
      long n = row.<Long>getAs(Revisions.ROWS);
      int file = row.<Integer>getAs(Revisions.FILE_INDEX);
      byFate.merge(joinKey("" + file, row.getAs(Revisions.FATE)), n, Long::sum);
      byEffect.merge(joinKey(row.<String>getAs(Revisions.EFFECT)), n, Long::sum);
      tombs += row.getAs(Revisions.TOMB) == null ? 0 : n;
      boolean known = Register.Origin.DELETIONS.name().equals(row.getAs(Revisions.ORIGIN));
      knownTombstones += known ? n : 0;
    }

    /** Rows that change the deletions table. */
    long tombs() {
      return tombs;
    }

    /** Tombstones of these documents that the table has. */
    long knownTombstones() {
      return knownTombstones;
    }

    BatchCommit.Decision decision(long patched) {
      return new BatchCommit.Decision(
          effect(Register.Effect.INSERT),
          effect(Register.Effect.UPDATE),
          effect(Register.Effect.REMOVE),
          patched);
    }

    FileOutcome outcome(StagedFile staged) {
      InputFile file = staged.file();
      List<String> notes = new ArrayList<>();
      if (staged.paddingBytes() > 0) {
        notes.add(
            file.name() + " ends with " + staged.paddingBytes() + " bytes of padding, left aside");
      }
      return new FileOutcome(
          file.source(),
          file.name(),
          Optional.ofNullable(file.release()),
          Optional.ofNullable(file.number()),
          staged.md5(),
          FileOutcome.Fate.COMMITTED,
          Optional.empty(),
          notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes)),
          staged.read(),
          fate(staged, Register.Fate.LIVE),
          fate(staged, Register.Fate.SUPERSEDED),
          fate(staged, Register.Fate.DELETED),
          staged.rejected(),
          staged.skipped());
    }

    private long effect(Register.Effect effect) {
      return byEffect.getOrDefault(Precedence.word(effect), 0L);
    }

    private long fate(StagedFile file, Register.Fate fate) {
      return byFate.getOrDefault(joinKey("" + file.index(), Precedence.word(fate)), 0L);
    }
  }
}
