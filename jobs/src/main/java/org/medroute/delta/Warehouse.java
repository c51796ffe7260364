package org.medroute.delta;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.medroute.table.Table;
import org.medroute.table.Tables;

/**
 * The Delta tables below one path ({@code file:}, {@code hdfs:}, {@code s3a:}, {@code abfss:} or a
 * local path), one directory a table.
 *
 * <p>Writes create a missing table, check the columns first (one message with every difference,
 * nothing written), carry the run in their user metadata, and happen once a {@link UnitOfWork}: a
 * repeated unit is ignored by Delta, and {@link Committed#applied} says so. Top-level nullability
 * is enforced by Delta; that inside arrays, maps and structs is not, for Delta cannot.
 *
 * @param path made absolute, with its scheme and without a trailing slash
 */
public record Warehouse(SparkSession spark, String path) {
  /** Tasks, at least, that read the files of a statement, where these are large enough. */
  private static final String READ_TASKS = "spark.sql.files.minPartitionNum";

  /** With one task a core, as Spark has it, most cores wait for the slowest. */
  private static final int TASKS_A_CORE = 4;

  public Warehouse {
    Objects.requireNonNull(spark, "spark");
    path = qualified(spark, path);
  }

  /** Where the table lies. */
  public String path(Table table) {
    return path + "/" + table.name();
  }

  public boolean exists(Table table) {
    return DeltaTable.isDeltaTable(spark, path(table));
  }

  /** Creates the table, empty, where it is missing. */
  public void create(Table table, CommitInfo commit) {
    if (!exists(table)) {
      SessionSettings.with(
          spark,
          Map.of(Commits.USER_METADATA, commit.json("create:" + table.name())),
          () ->
              DeltaTable.createIfNotExists(spark)
                  .location(path(table))
                  .addColumns(physical(table.schema()))
                  .execute());
    }
  }

  /**
   * The newest rows, with exactly the columns of the table's schema. Work that reads more than once
   * takes {@link #pin} instead.
   *
   * @throws TableContractException if the table is missing or its columns differ
   */
  public Dataset<Row> read(Table table) {
    return pin(table).rows();
  }

  /** The newest rows; none if the table is missing. */
  public Dataset<Row> readOrEmpty(Table table) {
    return exists(table) ? read(table) : spark.createDataFrame(List.of(), table.schema());
  }

  /** The table at its newest version. */
  public Pinned pin(Table table) {
    return pin(table, version(table));
  }

  /** The table at a version. */
  public Pinned pin(Table table, long version) {
    Dataset<Row> rows =
        spark.read().format("delta").option("versionAsOf", version).load(path(table));
    requireColumns(table, rows.schema(), path(table) + "@" + version);
    return new Pinned(table, path(table), version, rows.select(columns(table)));
  }

  /**
   * The newest version of the table.
   *
   * @throws TableContractException if the table is missing
   */
  public long version(Table table) {
    if (!exists(table)) {
      throw new TableContractException(
          "Table "
              + table.name()
              + " is missing: "
              + path(table)
              + " is no Delta table; run the job that writes it, or check the warehouse path");
    }
    return Commits.newest(spark, path(table));
  }

  /** Adds rows. One pass. */
  public Committed append(Table table, Dataset<Row> rows, UnitOfWork unit) {
    return write(table, rows, unit, "append", Map.of());
  }

  /** Replaces every row. One pass; older versions stay readable. */
  public Committed overwrite(Table table, Dataset<Row> rows, UnitOfWork unit) {
    return write(table, rows, unit, "overwrite", Map.of());
  }

  /**
   * Replaces the rows that a predicate selects, in one commit; every new row must satisfy it too.
   *
   * @param predicate SQL over the table's columns
   */
  public Committed replaceWhere(Table table, String predicate, Dataset<Row> rows, UnitOfWork unit) {
    return write(table, rows, unit, "overwrite", Map.of("replaceWhere", predicate));
  }

  /**
   * Inserts rows whose key is new and replaces those whose key is there; keys must be unique in
   * {@code rows}, which Delta materialises first. One join on the key.
   */
  public Committed upsert(Table table, Dataset<Row> rows, UnitOfWork unit) {
    Dataset<Row> changes =
        aligned(table, rows).withColumn(Change.COLUMN, functions.lit(Change.UPSERT.name()));
    return merge(table, changes, List.of(), unit);
  }

  /**
   * Applies a change set in one commit: one row a key, the table's columns and {@link
   * Change#COLUMN}. The change set is materialised before the merge. One join on the key; the files
   * that hold touched rows are written anew.
   *
   * @param patched the columns that {@link Change#PATCH} rows replace
   */
  public Committed merge(Table table, Dataset<Row> changes, List<String> patched, UnitOfWork unit) {
    Column[] selected = new Column[table.schema().size() + 1];
    System.arraycopy(columns(table), 0, selected, 0, table.schema().size());
    selected[table.schema().size()] = functions.col(Change.COLUMN);
    requireColumns(table, changes.schema(), "the change set");
    Dataset<Row> source = changes.select(selected).as("source");
    return committed(
        table,
        unit,
        () -> {
          DeltaTable.forPath(spark, path(table))
              .as("target")
              .merge(source, sameKey(table))
              .whenMatched(is(Change.REMOVE))
              .delete()
              .whenMatched(is(Change.UPSERT))
              .update(assignments(List.of(table.schema().fieldNames())))
              .whenMatched(patched.isEmpty() ? functions.lit(false) : is(Change.PATCH))
              .update(assignments(patched.isEmpty() ? table.key() : patched))
              .whenNotMatched(is(Change.UPSERT))
              .insert(assignments(List.of(table.schema().fieldNames())))
              .execute();
        });
  }

  /** Removes the rows that satisfy the condition. */
  public Committed deleteWhere(Table table, Column condition, UnitOfWork unit) {
    return committed(table, unit, () -> DeltaTable.forPath(spark, path(table)).delete(condition));
  }

  /**
   * Makes every table of {@link Tables#ALL} a temporary view by its name, pinned at its newest
   * version; a missing table is an empty view.
   */
  public void registerViews() {
    registerViews(Tables.ALL);
  }

  /**
   * The views that a statement needs: those of the tables that it names, or all where it names
   * none. A table costs about half a second.
   */
  public void registerViews(String statement) {
    String words = statement.toLowerCase(Locale.ROOT);
    List<Table> named = Tables.ALL.stream().filter(table -> words.contains(table.name())).toList();
    registerViews(named.isEmpty() ? Tables.ALL : named);
  }

  private void registerViews(List<Table> tables) {
    for (Table table : tables) {
      readOrEmpty(table).createOrReplaceTempView(table.name());
    }
  }

  /**
   * @throws TableContractException with every difference, if rows of {@code actual} cannot stand
   *     for rows of the table
   */
  public static void requireColumns(Table table, StructType actual, String where) {
    Optional<String> difference = SchemaDifference.between(table.schema(), actual);
    if (difference.isPresent()) {
      throw new TableContractException(
          "Table "
              + table.name()
              + ": "
              + where
              + " differs from what this version of Medroute reads and writes: "
              + difference.get()
              + ". Nothing was written");
    }
  }

  /** One spelling a place: Delta takes file:/x and file:///x for two locations. */
  private static String qualified(SparkSession spark, String path) {
    if (path.isBlank()) {
      throw new IllegalArgumentException("The warehouse path is empty");
    }
    Path folder = new Path(path);
    try {
      FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      return files.makeQualified(folder).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach the file system of warehouse " + path, e);
    }
  }

  private Committed write(
      Table table, Dataset<Row> rows, UnitOfWork unit, String mode, Map<String, String> options) {
    Dataset<Row> aligned = aligned(table, rows);
    return committed(
        table,
        unit,
        () -> {
          DataFrameWriter<Row> writer = aligned.write().format("delta").mode(mode);
          options.forEach(writer::option);
          writer
              .option("txnAppId", unit.appId(table))
              .option("txnVersion", Long.toString(unit.version()))
              .option("userMetadata", unit.userMetadata(table))
              .save(path(table));
        });
  }

  private Committed committed(Table table, UnitOfWork unit, Runnable statement) {
    create(table, unit.commit());
    requireColumns(table, spark.read().format("delta").load(path(table)).schema(), path(table));
    long before = Commits.newest(spark, path(table));
    Map<String, String> settings = new HashMap<>(Commits.settings(table, unit));
    if (spark.conf().get(READ_TASKS, null) == null) {
      int cores = spark.sparkContext().defaultParallelism();
      settings.put(READ_TASKS, String.valueOf(TASKS_A_CORE * cores));
    }
    SessionSettings.with(spark, settings, statement);
    return Commits.after(spark, table, path(table), before, unit);
  }

  private static Dataset<Row> aligned(Table table, Dataset<Row> rows) {
    requireColumns(table, rows.schema(), "the dataset to be written");
    return rows.select(columns(table));
  }

  private static Column[] columns(Table table) {
    String[] names = table.schema().fieldNames();
    Column[] columns = new Column[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = functions.col(names[i]);
    }
    return columns;
  }

  private static Column sameKey(Table table) {
    Column same = functions.lit(true);
    for (String key : table.key()) {
      same = same.and(functions.col("target." + key).equalTo(functions.col("source." + key)));
    }
    return same;
  }

  private static Column is(Change change) {
    return functions.col("source." + Change.COLUMN).equalTo(change.name());
  }

  private static Map<String, Column> assignments(List<String> names) {
    Map<String, Column> assignments = new LinkedHashMap<>();
    for (String name : names) {
      assignments.put(name, functions.col("source." + name));
    }
    return assignments;
  }

  /** Delta enforces NOT NULL on top-level columns and refuses it inside arrays and maps. */
  private static StructType physical(StructType schema) {
    StructType physical = new StructType();
    for (StructField field : schema.fields()) {
      physical = physical.add(field.name(), relaxed(field.dataType()), field.nullable());
    }
    return physical;
  }

  private static DataType relaxed(DataType type) {
    if (type instanceof StructType struct) {
      StructType relaxed = new StructType();
      for (StructField field : struct.fields()) {
        relaxed = relaxed.add(field.name(), relaxed(field.dataType()), true);
      }
      return relaxed;
    }
    if (type instanceof ArrayType array) {
      return new ArrayType(relaxed(array.elementType()), true);
    }
    if (type instanceof MapType map) {
      return new MapType(relaxed(map.keyType()), relaxed(map.valueType()), true);
    }
    return type;
  }
}
