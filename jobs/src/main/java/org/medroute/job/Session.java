package org.medroute.job;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.Settings;

/** The Spark session of a run: Delta, UTC, and the settings that results depend on. */
final class Session {
  /**
   * Columns of the large tables whose values hardly repeat: a dictionary of them is built, found to
   * be no use and thrown away again, file by file.
   */
  private static final List<String> UNREPEATED =
      List.of(
          "document_id",
          "doi",
          "pmcid",
          "title",
          "abstract_sections.list.element.text",
          "text_hash",
          "content_hash",
          "group_key",
          "raw_probability",
          "confidence",
          "probabilities.key_value.value");

  /** Tasks in which Delta works out what a table's log says. */
  private static final String LOG_TASKS = "spark.databricks.delta.snapshotPartitions";

  /** Delta's own number, made for logs of millions of files. */
  private static final int MOST_LOG_TASKS = 50;

  private Session() {}

  static SparkSession start(String job, Settings settings) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("medroute " + job)
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            // the default store for file: paths loses commits of two writers
            .config("spark.delta.logStore.file.impl", "org.medroute.delta.LinkLogStore")
            .config("spark.sql.session.timeZone", "UTC")
            // Spark's own catalog directory: never in the directory that a run is started from
            .config(
                "spark.sql.warehouse.dir",
                Warehouses.absolute(settings.text("warehouse")) + "/_spark")
            // a part of a damaged file is never a success
            .config("spark.sql.files.ignoreCorruptFiles", "false")
            .config("spark.sql.files.ignoreMissingFiles", "false")
            .config(
                "spark.redaction.regex",
                "(?i)secret|password|token|(access|account|api)[.]?key|credential|sas");
    for (String column : UNREPEATED) {
      builder.config("spark.hadoop.parquet.enable.dictionary#" + column, "false");
    }
    for (Map.Entry<String, String> entry : settings.textMap("spark.conf").entrySet()) {
      builder.config(entry.getKey(), entry.getValue());
    }
    SparkSession session = builder.getOrCreate();
    if (session.sparkContext().isLocal() && !session.conf().contains(LOG_TASKS)) {
      // fifty small tasks on few cores take longer than a small write; on a cluster, whose cores
      // are not all there yet, Delta's number stands
      int cores = session.sparkContext().defaultParallelism();
      session.conf().set(LOG_TASKS, Math.min(cores, MOST_LOG_TASKS));
    }
    return session;
  }
}
