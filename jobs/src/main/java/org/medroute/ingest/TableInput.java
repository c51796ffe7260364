package org.medroute.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.ConfigurationException;
import org.medroute.config.IngestSettings;
import org.medroute.config.ScoreSettings.TableFormat;
import org.medroute.delta.ExternalTable;
import org.medroute.delta.TableContractException;
import org.medroute.medline.FieldMapping;
import org.medroute.table.Staged;

/**
 * A table to be ingested as if it were a file of its name, its columns checked.
 *
 * @param file name and source; its bytes are those of all files below the path
 * @param objects rows of {@link Staged#TABLE_KEY}, {@link Staged#TABLE_OBJECT}, {@link
 *     Staged#CORRUPT_LINE}
 * @param stamp table and version where the storage names them
 */
record TableInput(InputFile file, Dataset<Row> objects, Optional<String> stamp) {

  /**
   * Opens every table of a request and compares its columns with the mapping.
   *
   * @throws ConfigurationException if a path names nothing
   * @throws TableContractException with all differences of all tables
   */
  static List<TableInput> of(
      SparkSession spark,
      IngestRequest request,
      Map<String, String> mapping,
      IngestSettings settings) {
    List<TableInput> tables = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String path : request.paths()) {
      InputFile file = file(spark, path, request.source());
      if (!names.add(file.name())) {
        broken.add("Two tables are named " + file.name() + ", and a table is known by its name");
      }
      try {
        tables.add(open(spark, file, request.format(), mapping, settings));
      } catch (TableContractException e) {
        broken.add(e.getMessage());
      }
    }
    if (!broken.isEmpty()) {
      throw new TableContractException(String.join("\n", broken));
    }
    return tables;
  }

  private static TableInput open(
      SparkSession spark,
      InputFile file,
      IngestRequest.Format format,
      Map<String, String> mapping,
      IngestSettings settings) {
    ExternalTable table =
        ExternalTable.open(
            spark, TableFormat.valueOf(format.name()), file.path(), settings.csv().delimiter());
    boolean csv = format == IngestRequest.Format.CSV;
    Optional<String> separator =
        Optional.of(settings.csv().listSeparator()).filter(text -> csv && !text.isEmpty());
    TableColumns columns =
        TableColumns.of(table, FieldMapping.of(file.source(), mapping), csv, separator);
    return new TableInput(file, columns.objects(), table.stamp());
  }

  private static InputFile file(SparkSession spark, String name, String source) {
    Path path = new Path(name);
    try {
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!files.exists(path)) {
        throw new ConfigurationException(
            "ingest: nothing at " + path + "; expected a table: a directory, or a file");
      }
      Path whole = files.makeQualified(path);
      long bytes = files.getContentSummary(whole).getLength();
      return new InputFile(whole.toString(), whole.getName(), bytes, source, null, null);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + path, e);
    }
  }
}
