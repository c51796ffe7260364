package org.medroute.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The one Spark session of the integration tests: local[2], no UI, UTC, Delta configured, started
 * when the first test asks for it and stopped with the JVM.
 */
public final class LocalSpark {
  private LocalSpark() {}

  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    static final SparkSession SESSION = start();

    private static SparkSession start() {
      Path scratch;
      try {
        scratch = Files.createTempDirectory("medroute-spark");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return SparkSession.builder()
          .master("local[2]")
          .appName("tests")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.local.dir", scratch.resolve("local").toString())
          .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
          .config("spark.sql.session.timeZone", "UTC")
          // the tables of tests are small: generating and compiling code for each task took a third
          // of the time; the demo and the cluster tests run with it
          .config("spark.sql.codegen.wholeStage", "false")
          .config("spark.sql.adaptive.enabled", "false")
          .config("spark.databricks.delta.writeChecksumFile.enabled", "false")
          .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.databricks.delta.snapshotPartitions", "2")
          .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
          .config(
              "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
          .config("spark.delta.logStore.file.impl", "org.medroute.delta.LinkLogStore")
          .getOrCreate();
    }
  }
}
