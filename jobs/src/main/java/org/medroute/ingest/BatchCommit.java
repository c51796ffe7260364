package org.medroute.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.medroute.delta.Change;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.Committed;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.table.Deletions;
import org.medroute.table.Documents;
import org.medroute.table.FileLedger;
import org.medroute.table.Quarantine;
import org.medroute.table.Revisions;
import org.medroute.table.Staged;

/**
 * The four commits of a unit of work, in their order: quarantine, deletions, documents, and the
 * ledger last, which alone says that the files are done. A run that dies in between leaves a state
 * from which the same commits, made again, end in the same rows: each is a replacement, a merge by
 * precedence or an insertion by key.
 */
final class BatchCommit {
  /** Change sets up to this many rows are sent to every task instead of shuffling the texts. */
  private static final long BROADCAST_ROWS = 1_000_000;

  /** Stored bytes of text that make up a file of the documents table, roughly. */
  private static final long BYTES_A_TABLE_FILE = 16L << 20;

  /** Where a test lets a run die. */
  interface Step {
    void after(String table);
  }

  private final Warehouse warehouse;
  private final CommitInfo commit;
  private final UnitOfWork unit;
  private final Instant now;
  private final Step step;

  BatchCommit(Warehouse warehouse, CommitInfo commit, UnitOfWork unit, Instant now, Step step) {
    this.warehouse = warehouse;
    this.commit = commit;
    this.unit = unit;
    this.now = now;
    this.step = step;
  }

  /** Rejected records take the place of those of the same files, if any. */
  void quarantine(Dataset<Row> staged, List<StagedFile> files, Set<String> replacing) {
    boolean rejected = files.stream().anyMatch(file -> file.rejected() > 0);
    if (!rejected && replacing.isEmpty()) {
      return;
    }
    Dataset<Row> rows =
        staged
            .where(col(Staged.KIND).equalTo(StagedRow.REJECTION))
            .select(
                col(Staged.SOURCE).as(Quarantine.SOURCE),
                col(Staged.SOURCE_FILE).as(Quarantine.SOURCE_FILE),
                col(Staged.RECORD_ORDINAL).as(Quarantine.RECORD_ORDINAL),
                col(Staged.REJECTION + ".*"),
                lit(commit.runId()).as(Quarantine.RUN_ID))
            .coalesce(1);
    long expected = files.stream().mapToLong(StagedFile::rejected).sum();
    String ofFiles = ofFiles(files, replacing);
    boolean there =
        warehouse.exists(Quarantine.TABLE)
            && !warehouse.read(Quarantine.TABLE).where(ofFiles).isEmpty();
    if (there) {
      warehouse.replaceWhere(Quarantine.TABLE, ofFiles, rows, unit).expectRows(expected);
    } else if (rejected) {
      // Most often the files are new: an append costs a third of a replacement.
      warehouse.append(Quarantine.TABLE, rows, unit).expectRows(expected);
    }
    step.after(Quarantine.TABLE.name());
  }

  /**
   * The greatest tombstone of each document and version stays.
   *
   * @param known whether the table has tombstones of these documents
   */
  void deletions(Dataset<Row> decided, boolean known) {
    Column numbered = col(Revisions.FILE_NUMBER).gt(0);
    Column dropped = col(Revisions.TOMB).equalTo(Precedence.word(Register.Tomb.DROP));
    Dataset<Row> changes =
        decided
            .where(col(Revisions.TOMB).isNotNull())
            .select(
                col(Revisions.DOCUMENT_ID).as(Deletions.DOCUMENT_ID),
                col(Revisions.VERSION).as(Deletions.VERSION),
                when(numbered, col(Revisions.RELEASE)).as(Deletions.RELEASE),
                when(numbered, col(Revisions.FILE_NUMBER)).as(Deletions.FILE_NUMBER),
                col(Revisions.SOURCE_FILE).as(Deletions.SOURCE_FILE),
                col(Revisions.RECORD_ORDINAL).as(Deletions.RECORD_ORDINAL),
                lit(commit.runId()).as(Deletions.RUN_ID),
                when(dropped, Change.REMOVE.name())
                    .otherwise(Change.UPSERT.name())
                    .as(Change.COLUMN));
    if (known) {
      warehouse.merge(Deletions.TABLE, changes, List.of(), unit);
    } else {
      warehouse.append(Deletions.TABLE, changes.coalesce(1), unit);
    }
    step.after(Deletions.TABLE.name());
  }

  /**
   * Appends where nothing of the table changes, which needs neither a join with the table nor a
   * shuffle of texts; merges otherwise.
   */
  void documents(Dataset<Row> staged, Dataset<Row> changes, Decision decision, long storedBytes) {
    if (decision.upserts() + decision.removed() + decision.patched() == 0) {
      return;
    }
    Dataset<Row> upserts = changes.where(col(Change.COLUMN).equalTo(Change.UPSERT.name()));
    Dataset<Row> chosen = decision.upserts() <= BROADCAST_ROWS ? broadcast(upserts) : upserts;
    Dataset<Row> rows =
        staged
            .where(col(Staged.KIND).equalTo(StagedRow.DOCUMENT))
            .join(chosen, new String[] {Staged.FILE_INDEX, Staged.RECORD_ORDINAL})
            .select(documentColumns(lit(commit.runId()), lit(Timestamp.from(now))))
            .coalesce((int) Math.max(1, Math.min(10_000, storedBytes / BYTES_A_TABLE_FILE)));
    if (decision.updated() + decision.removed() + decision.patched() == 0) {
      Dataset<Row> added = rows.drop(Change.COLUMN);
      requireApplied(warehouse.append(Documents.TABLE, added, unit))
          .expectRows(decision.inserted());
    } else {
      Dataset<Row> others =
          changes.where(col(Change.COLUMN).notEqual(Change.UPSERT.name())).select(keyColumns());
      Committed merged =
          warehouse.merge(Documents.TABLE, rows.union(others), List.of(Documents.GROUP_ID), unit);
      requireEffect(requireApplied(merged), decision);
    }
    step.after(Documents.TABLE.name());
  }

  /** The files are done: refused ones say why, committed ones what became of their records. */
  void ledger(List<Row> rows, boolean known) {
    if (!rows.isEmpty()) {
      Dataset<Row> added = warehouse.spark().createDataFrame(rows, FileLedger.SCHEMA).coalesce(1);
      if (known) {
        warehouse.upsert(FileLedger.TABLE, added, unit);
      } else {
        warehouse.append(FileLedger.TABLE, added, unit).expectRows(rows.size());
      }
      step.after(FileLedger.TABLE.name());
    }
  }

  Row ledgerRow(FileOutcome file) {
    return RowFactory.create(
        file.file(),
        file.md5(),
        file.release().orElse(null),
        file.number().orElse(null),
        file.source(),
        file.fate() == FileOutcome.Fate.COMMITTED ? Ledger.COMMITTED : Ledger.REFUSED,
        file.message().filter(text -> file.fate() == FileOutcome.Fate.REFUSED).orElse(null),
        file.read(),
        file.live(),
        file.superseded(),
        file.deleted(),
        file.quarantined(),
        file.skipped(),
        commit.runId(),
        Timestamp.from(now));
  }

  /** The table was read a moment ago and lacks what the unit brings: it cannot hold the unit. */
  private Committed requireApplied(Committed committed) {
    if (!committed.applied()) {
      throw new IllegalStateException(
          "Table documents says that it holds unit "
              + unit.name()
              + " but lacks its rows; it was restored to an older version, or written by another"
              + " program. Ingest into an empty warehouse");
    }
    return committed;
  }

  /** The line of a baseline: no file of its own, so all its counts are 0. */
  Row baselineRow(Replacement.Marker baseline) {
    return RowFactory.create(
        String.format("baseline %02d", baseline.release()),
        baseline.content(),
        baseline.release(),
        null,
        IngestRequest.PUBMED,
        Ledger.BASELINE,
        null,
        0L,
        0L,
        0L,
        0L,
        0L,
        0L,
        commit.runId(),
        Timestamp.from(now));
  }

  private static void requireEffect(Committed merged, Decision decision) {
    if (merged.inserted() != decision.inserted()
        || merged.removed() != decision.removed()
        || merged.updated() != decision.updated() + decision.patched()) {
      throw new IllegalStateException(
          String.format(
              "The merge into documents inserted %d, updated %d and removed %d rows; decided were"
                  + " %d, %d (with %d regrouped) and %d: another writer changed the table",
              merged.inserted(),
              merged.updated(),
              merged.removed(),
              decision.inserted(),
              decision.updated() + decision.patched(),
              decision.patched(),
              decision.removed()));
    }
  }

  private static Column[] documentColumns(Column runId, Column now) {
    Set<String> ofRecord = Set.of(Staged.DOCUMENT_FIELDS.fieldNames());
    List<Column> columns = new ArrayList<>();
    for (String name : Documents.SCHEMA.fieldNames()) {
      if (ofRecord.contains(name)) {
        columns.add(col(Staged.DOCUMENT + "." + name).as(name));
      } else if (name.equals(Documents.RUN_ID)) {
        columns.add(runId.as(name));
      } else if (name.equals(Documents.INGESTED_AT)) {
        columns.add(now.as(name));
      } else {
        columns.add(col(name));
      }
    }
    columns.add(col(Change.COLUMN));
    return columns.toArray(Column[]::new);
  }

  private static Column[] keyColumns() {
    List<Column> columns = new ArrayList<>();
    for (StructField field : Documents.SCHEMA.fields()) {
      boolean carried =
          field.name().equals(Documents.DOCUMENT_ID) || field.name().equals(Documents.GROUP_ID);
      columns.add(carried ? col(field.name()) : lit(null).cast(field.dataType()).as(field.name()));
    }
    columns.add(col(Change.COLUMN));
    return columns.toArray(Column[]::new);
  }

  private static String ofFiles(List<StagedFile> files, Set<String> replacing) {
    Set<String> given = new TreeSet<>(replacing);
    files.stream()
        .filter(file -> file.rejected() > 0)
        .forEach(file -> given.add(file.file().name()));
    String names = given.stream().map(BatchCommit::literal).collect(Collectors.joining(", "));
    return String.format(
        "%s = %s AND %s IN (%s)",
        Quarantine.SOURCE, literal(files.get(0).file().source()), Quarantine.SOURCE_FILE, names);
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** What a batch does to the documents table, in rows. */
  record Decision(long inserted, long updated, long removed, long patched) {
    long upserts() {
      return inserted + updated;
    }
  }
}
