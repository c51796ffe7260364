package org.medroute.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.IngestSettings;
import org.medroute.config.Progress;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.ContentDigest;
import org.medroute.delta.Warehouse;
import org.medroute.table.Deletions;
import org.medroute.table.Documents;
import org.medroute.table.FileLedger;
import org.medroute.table.Quarantine;
import org.medroute.testing.LocalSpark;

/**
 * What the integration tests of ingest share: warehouses below a folder, runs, and looks at them.
 */
abstract class IngestCase {
  static final String LONG_TEXT =
      "This invented abstract says nothing at all, at some length, so that its normalised form is"
          + " longer than one hundred and fifty letters and digits, which is what it takes for two"
          + " records to be seen as copies of each other.";

  /** A session of its own below the shared context: tables of a few rows need one partition. */
  private static final SparkSession SPARK = session();

  final SparkSession spark = SPARK;
  @TempDir Path folder;
  private int runs;

  private static SparkSession session() {
    SparkSession session = LocalSpark.session().newSession();
    session.conf().set("spark.sql.shuffle.partitions", 1);
    session.conf().set("spark.databricks.delta.snapshotPartitions", 1);
    session.conf().set("spark.databricks.delta.stats.skipping", false);
    session.conf().set("spark.databricks.delta.stats.collect", false);
    return session;
  }

  @BeforeEach
  void useSession() {
    SparkSession.setActiveSession(spark);
  }

  @AfterEach
  void leaveSession() {
    SparkSession.clearActiveSession();
  }

  IngestSettings settings() {
    return new IngestSettings(
        64,
        1L << 30,
        IngestSettings.Md5.WARN,
        IngestSettings.KnownFiles.CONTENT,
        IngestSettings.Gaps.WARN,
        Duration.ZERO,
        1 << 20,
        64,
        1L << 30,
        200,
        2_000,
        1,
        1_000,
        Duration.ZERO,
        Duration.ofMinutes(10),
        0,
        new IngestSettings.Csv(",", ""),
        Map.of());
  }

  static IngestSettings with(
      IngestSettings base, IngestSettings.Md5 md5, IngestSettings.Gaps gaps) {
    return new IngestSettings(
        base.batchFiles(),
        base.batchBytes(),
        md5,
        base.knownFiles(),
        gaps,
        base.settle(),
        base.maxRecordBytes(),
        base.maxDepth(),
        base.maxFileBytes(),
        base.maxRatio(),
        base.rawBytes(),
        base.maxRejectedShare(),
        base.minRecordsForShare(),
        base.lockWait(),
        base.lockStale(),
        base.baselineFiles(),
        base.csv(),
        base.mappings());
  }

  static IngestSettings with(
      IngestSettings base, IngestSettings.Csv csv, Map<String, Map<String, String>> mappings) {
    return new IngestSettings(
        base.batchFiles(),
        base.batchBytes(),
        base.md5(),
        base.knownFiles(),
        base.gaps(),
        base.settle(),
        base.maxRecordBytes(),
        base.maxDepth(),
        base.maxFileBytes(),
        base.maxRatio(),
        base.rawBytes(),
        base.maxRejectedShare(),
        base.minRecordsForShare(),
        base.lockWait(),
        base.lockStale(),
        base.baselineFiles(),
        csv,
        mappings);
  }

  static IngestSettings withBaselineFiles(IngestSettings base, int files) {
    return new IngestSettings(
        base.batchFiles(),
        base.batchBytes(),
        base.md5(),
        base.knownFiles(),
        base.gaps(),
        base.settle(),
        base.maxRecordBytes(),
        base.maxDepth(),
        base.maxFileBytes(),
        base.maxRatio(),
        base.rawBytes(),
        base.maxRejectedShare(),
        base.minRecordsForShare(),
        base.lockWait(),
        base.lockStale(),
        files,
        base.csv(),
        base.mappings());
  }

  Warehouse warehouse(String name) {
    return new Warehouse(spark, folder.resolve("warehouse-" + name).toString());
  }

  Path input(String name) {
    return folder.resolve(name);
  }

  IngestResult ingest(Warehouse warehouse, Path... paths) {
    return ingest(warehouse, settings(), IngestRequest.pubmed(names(paths)));
  }

  IngestResult ingest(Warehouse warehouse, IngestSettings settings, IngestRequest request) {
    return new Ingest(warehouse, run(), Progress.SILENT, settings).run(request);
  }

  CommitInfo run() {
    runs++;
    return new CommitInfo("run-" + runs, "ingest", Optional.empty(), "config", "commit");
  }

  static String[] names(Path... paths) {
    return java.util.Arrays.stream(paths).map(Path::toString).toArray(String[]::new);
  }

  static List<String> ids(Warehouse warehouse) {
    return strings(warehouse, Documents.DOCUMENT_ID);
  }

  /** Documents as "id=column", by id. */
  static List<String> column(Warehouse warehouse, String column) {
    return warehouse
        .readOrEmpty(Documents.TABLE)
        .orderBy(Documents.DOCUMENT_ID)
        .select(
            functions.concat(
                functions.col(Documents.DOCUMENT_ID),
                functions.lit("="),
                functions.coalesce(functions.col(column).cast("string"), functions.lit("null"))))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<String> strings(Warehouse warehouse, String column) {
    return warehouse
        .readOrEmpty(Documents.TABLE)
        .orderBy(column)
        .select(column)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** Tombstones as "id v1". */
  static List<String> tombstones(Warehouse warehouse) {
    return warehouse
        .readOrEmpty(Deletions.TABLE)
        .orderBy(Deletions.DOCUMENT_ID, Deletions.VERSION)
        .collectAsList()
        .stream()
        .map(
            row ->
                row.getAs(Deletions.DOCUMENT_ID) + " v" + row.getAs(Deletions.VERSION).toString())
        .toList();
  }

  /** Everything that must not depend on the history: documents, tombstones, quarantine. */
  static String digest(Warehouse warehouse) {
    return ContentDigest.of(warehouse.readOrEmpty(Documents.TABLE))
        + ContentDigest.of(warehouse.readOrEmpty(Deletions.TABLE))
        + ContentDigest.of(warehouse.readOrEmpty(Quarantine.TABLE));
  }

  static String digestWithLedger(Warehouse warehouse) {
    return digest(warehouse) + ContentDigest.of(warehouse.readOrEmpty(FileLedger.TABLE));
  }

  static FileOutcome of(IngestResult result, String file) {
    return result.files().stream()
        .filter(outcome -> outcome.file().equals(file))
        .findFirst()
        .orElseThrow();
  }
}
