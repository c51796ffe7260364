package org.medroute.ingest;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.medroute.config.IngestSettings;
import org.medroute.delta.ContentDigest;
import org.medroute.delta.ExternalTable;
import org.medroute.delta.Warehouse;
import org.medroute.medline.RefusedFileException;
import org.medroute.medline.Rules;
import org.medroute.table.Documents;
import org.medroute.table.FileLedger;
import org.medroute.table.Quarantine;
import org.medroute.table.Staged;

/**
 * Where files are read to before any of their rows may reach a table: {@code
 * _staging/ingest-<run>/<batch>} below the warehouse, Parquet of {@link Staged#SCHEMA}. One task a
 * file, rows streamed from the reader into the writer, so that memory does not depend on the file's
 * size. Everything below {@code _staging/ingest-*} belongs to the run that holds the lock; what is
 * found there when a run starts was left by one that died, and is removed.
 */
final class Staging {
  private static final String PREFIX = "ingest-";

  /** Stored bytes of a table that one task sorts, roughly. */
  private static final long BYTES_A_PARTITION = 64L << 20;

  /** These files are read once and as a whole: nothing that serves to find values in them pays. */
  private static final Map<String, String> PARQUET =
      Map.of(
          "parquet.enable.dictionary", "false",
          "parquet.column.statistics.enabled", "false",
          "parquet.size.statistics.enabled", "false");

  private final SparkSession spark;
  private final Path root;
  private final Path folder;
  private final IngestSettings settings;

  Staging(Warehouse warehouse, String runId, IngestSettings settings) {
    this.spark = warehouse.spark();
    this.root = new Path(warehouse.path(), "_staging");
    this.folder = new Path(root, PREFIX + runId.replaceAll("[^A-Za-z0-9._-]", "_"));
    this.settings = settings;
  }

  /** Removes what runs left that died. */
  void removeLeftovers() {
    try {
      FileSystem files = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (files.exists(root)) {
        for (org.apache.hadoop.fs.FileStatus left : files.listStatus(root)) {
          if (left.getPath().getName().startsWith(PREFIX)) {
            files.delete(left.getPath(), true);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot clear " + root, e);
    }
  }

  /** Removes what this run staged. */
  void remove() {
    try {
      folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }

  /**
   * Reads files aside. One Spark job of one task a file.
   *
   * @param mapping empty for PubMed XML
   */
  Path read(int batch, List<InputFile> files, Map<String, String> mapping) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    // The largest first, so that no large file is left for the end.
    List<StagingTask.Numbered> numbered =
        IntStream.range(0, files.size())
            .mapToObj(i -> new StagingTask.Numbered(i, files.get(i)))
            .sorted(Comparator.comparingLong(n -> -n.file().bytes()))
            .toList();
    StagingTask task =
        new StagingTask(
            configuration, StagingTask.Limits.of(settings), settings.md5(), Map.copyOf(mapping));
    try {
      Dataset<Row> rows = staged(context.parallelize(numbered, numbered.size()).flatMap(task));
      Path target = new Path(folder, Integer.toString(batch));
      rows.write().mode("overwrite").options(PARQUET).parquet(target.toString());
      return target;
    } finally {
      configuration.destroy();
    }
  }

  /**
   * Reads a table aside, by the rules of a file: one row a row, numbered from 1 in the order of ids
   * (and contents, where an id repeats), so that neither files nor partitions can be told. One
   * shuffle of the table by id.
   *
   * @throws RefusedFileException if a file of the table cannot be read
   */
  Path read(int batch, TableInput table, Map<String, String> mapping) {
    int partitions = Math.max(1, (int) Math.min(10_000, table.file().bytes() / BYTES_A_PARTITION));
    Dataset<Row> sorted =
        table
            .objects()
            .repartitionByRange(partitions, col(Staged.TABLE_KEY))
            .sortWithinPartitions(Staged.TABLE_KEY, Staged.TABLE_OBJECT, Staged.CORRUPT_LINE);
    TableRows rows =
        new TableRows(table.file(), StagingTask.Limits.of(settings), Map.copyOf(mapping));
    Dataset<Row> staged = staged(sorted.toJavaRDD().zipWithIndex().mapPartitions(rows));
    Path target = new Path(folder, Integer.toString(batch));
    try {
      staged.write().mode("overwrite").options(PARQUET).parquet(target.toString());
    } catch (Exception e) {
      // Spark's checked exceptions reach Java undeclared.
      Optional<String> fault = ExternalTable.faultOfFile(e);
      if (fault.isEmpty()) {
        throw e;
      }
      throw new RefusedFileException(
          Rules.UNREADABLE_TABLE,
          table.file().path() + " cannot be read to its end: " + fault.get());
    }
    return target;
  }

  /**
   * Rows as a frame. {@code createDataset} would put the conversion of all columns into one
   * generated method, which is too long for the virtual machine to compile: interpreted, it cost as
   * much as parsing the file.
   */
  private Dataset<Row> staged(JavaRDD<Row> rows) {
    return spark.createDataFrame(rows, Staged.SCHEMA);
  }

  /**
   * What the reading of a table came to; its content stands in for an md5 where no version does.
   */
  StagedFile table(Dataset<Row> staged, TableInput table) {
    Map<String, Long> kinds = new HashMap<>();
    for (Row row : staged.groupBy(Staged.KIND).count().collectAsList()) {
      kinds.put(row.getString(0), row.getLong(1));
    }
    long citations = kinds.getOrDefault(StagedRow.DOCUMENT, 0L);
    long rejected = kinds.getOrDefault(StagedRow.REJECTION, 0L);
    Optional<StagedFile.Refusal> refusal =
        StagingTask.Limits.of(settings)
            .tooManyRejected(table.file().name(), rejected, citations + rejected)
            .map(detail -> new StagedFile.Refusal(StagedRecords.TOO_MANY_REJECTED, detail));
    String content = table.stamp().orElseGet(() -> "content:" + content(staged));
    return new StagedFile(0, table.file(), content, refusal, citations, 0, rejected, 0, 0, false);
  }

  private static String content(Dataset<Row> staged) {
    String document = Staged.DOCUMENT + ".";
    String rejection = Staged.REJECTION + ".";
    return ContentDigest.of(
        staged.select(
            col(Staged.RECORD_ORDINAL),
            col(document + Documents.CONTENT_HASH),
            col(rejection + Quarantine.RAW_HASH)));
  }

  Dataset<Row> rows(Path staged) {
    return spark.read().schema(Staged.SCHEMA).parquet(staged.toString());
  }

  /** What the reading of each file came to, in the order of the files. */
  List<StagedFile> files(Dataset<Row> staged, List<InputFile> files) {
    List<Row> rows =
        staged
            .where(col(Staged.KIND).equalTo(StagedRow.FILE))
            .select(col(Staged.FILE_INDEX), col(Staged.FILE))
            .collectAsList();
    List<StagedFile> read = new ArrayList<>();
    for (Row row : rows) {
      int index = row.getInt(0);
      Row file = row.getStruct(1);
      String rule = file.getAs(Staged.REFUSED_RULE);
      read.add(
          new StagedFile(
              index,
              files.get(index),
              file.getAs(FileLedger.MD5),
              rule == null
                  ? Optional.empty()
                  : Optional.of(new StagedFile.Refusal(rule, file.getAs(FileLedger.REFUSAL))),
              file.<Long>getAs(Staged.CITATIONS),
              file.<Long>getAs(Staged.DELETE_ENTRIES),
              file.<Long>getAs(Staged.REJECTED),
              file.<Long>getAs(FileLedger.SKIPPED),
              file.<Long>getAs(Staged.PADDING_BYTES),
              file.<Boolean>getAs(Staged.MD5_CHECKED)));
    }
    read.sort(Comparator.comparingInt(StagedFile::index));
    if (read.size() != files.size()) {
      throw new IllegalStateException(
          "Read " + files.size() + " files, but " + read.size() + " of them say how they ended");
    }
    return read;
  }
}
