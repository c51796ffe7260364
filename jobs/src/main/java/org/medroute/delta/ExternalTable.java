package org.medroute.delta;

import io.delta.tables.DeltaTable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.medroute.config.ScoreSettings.TableFormat;
import org.medroute.table.Staged;

/**
 * A table of somebody else, of any columns: a Delta table pinned at its newest version, Parquet
 * files, or CSV files with a header line (quotes may hold line breaks, every column is text).
 *
 * @param rows for CSV with a last column {@link Staged#CORRUPT_LINE}
 * @param stamp names table and version where the storage does; empty for Parquet and CSV
 */
public record ExternalTable(String path, Dataset<Row> rows, Optional<String> stamp) {
  /**
   * Opens a table; of Parquet and CSV, only names and headers are read.
   *
   * @param delimiter between the cells of CSV
   * @throws TableContractException if the path holds no such table
   */
  public static ExternalTable open(
      SparkSession spark, TableFormat format, String path, String delimiter) {
    try {
      return switch (format) {
        case DELTA -> delta(spark, path);
        case PARQUET -> new ExternalTable(path, spark.read().parquet(path), Optional.empty());
        case CSV -> new ExternalTable(path, csv(spark, path, delimiter), Optional.empty());
      };
    } catch (TableContractException e) {
      throw e;
    } catch (Exception e) {
      // Spark throws its checked AnalysisException undeclared.
      if (e instanceof org.apache.spark.sql.AnalysisException
          || e instanceof org.apache.spark.SparkException) {
        throw unreadable(format, path, e);
      }
      throw e;
    }
  }

  /** The columns of the table itself. */
  public StructType columns() {
    StructType columns = new StructType();
    for (org.apache.spark.sql.types.StructField field : rows.schema().fields()) {
      columns = field.name().equals(Staged.CORRUPT_LINE) ? columns : columns.add(field);
    }
    return columns;
  }

  private static ExternalTable delta(SparkSession spark, String path) {
    if (!DeltaTable.isDeltaTable(spark, path)) {
      throw new TableContractException(path + " is no Delta table. Nothing was written");
    }
    Snapshot snapshot = DeltaLog.forTableWithSnapshot(spark, path)._2();
    Dataset<Row> rows =
        spark.read().format("delta").option("versionAsOf", snapshot.version()).load(path);
    String stamp = "delta:" + snapshot.metadata().id() + "@" + snapshot.version();
    return new ExternalTable(path, rows, Optional.of(stamp));
  }

  /**
   * A line with more or fewer cells than the header must not lose or invent any in silence, so the
   * files are read with all their columns and a further one that takes such lines.
   */
  private static Dataset<Row> csv(SparkSession spark, String path, String delimiter) {
    Map<String, String> options = new HashMap<>();
    options.put("header", "true");
    options.put("multiLine", "true");
    options.put("escape", "\"");
    options.put("sep", delimiter);
    options.put("enforceSchema", "false");
    options.put("columnPruning", "false");
    options.put("columnNameOfCorruptRecord", Staged.CORRUPT_LINE);
    DataFrameReader reader = spark.read().options(options);
    StructType columns = reader.csv(path).schema();
    return reader.schema(columns.add(Staged.CORRUPT_LINE, DataTypes.StringType)).csv(path);
  }

  /** What is wrong with a data file, if that is at the bottom of a failure of Spark's. */
  public static Optional<String> faultOfFile(Throwable failure) {
    Optional<String> fault = Optional.empty();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SparkThrowable spark
          && spark.getCondition() != null
          && spark.getCondition().startsWith("FAILED_READ_FILE")) {
        fault = Optional.of(firstLine(at));
      }
    }
    return fault;
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static TableContractException unreadable(
      TableFormat format, String path, Exception cause) {
    return new TableContractException(
        String.format(
            "%s cannot be read as a %s table: %s. Nothing was written",
            path,
            format.name().toLowerCase(Locale.ROOT),
            faultOfFile(cause).orElse(firstLine(cause))),
        cause);
  }
}
