package org.medroute.registry;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.medroute.config.ConfigurationException;
import org.medroute.config.RefusedException;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.pipeline.CompiledModel;
import org.medroute.pipeline.ModelStore;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.table.Models;

/**
 * The models table and the directories behind it. A version names a content, so publishing the same
 * content twice changes nothing. At most one version of a task is champion.
 */
public final class ModelRegistry {
  public static final String CANDIDATE = "candidate";
  public static final String CHAMPION = "champion";
  public static final String RETIRED = "retired";
  private static final String DIRECTORY = "model_files";

  private final Warehouse warehouse;

  public ModelRegistry(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** A row of the models table, without its long texts. */
  public record Entry(
      String version, String task, String status, String path, String digest, Instant createdAt) {}

  /**
   * Saves a model and enters it as a candidate.
   *
   * @return false if this version was there already; nothing is written then
   */
  public boolean publish(
      SpecialtyModel model,
      Map<String, String> goldenTexts,
      Map<Integer, List<String>> terms,
      String provenanceJson,
      String metricsJson,
      CommitInfo commit) {
    if (find(model.version()).isPresent()) {
      return false;
    }
    String relative = DIRECTORY + "/" + model.version();
    String manifest =
        new ModelStore(warehouse.spark())
            .save(model, absolute(relative), goldenTexts, provenanceJson, terms);
    Row row =
        RowFactory.create(
            model.version(),
            model.task(),
            CANDIDATE,
            relative,
            model.digest(),
            manifest,
            provenanceJson,
            metricsJson,
            commit.runId(),
            Timestamp.from(Instant.now()));
    warehouse.upsert(
        Models.TABLE,
        warehouse.spark().createDataFrame(List.of(row), Models.SCHEMA),
        UnitOfWork.ofRun(commit, "publish " + model.version()));
    writeIndex();
    return true;
  }

  public Optional<Entry> find(String version) {
    return entries().stream().filter(entry -> entry.version().equals(version)).findFirst();
  }

  /** Every version, newest first. */
  public List<Entry> entries() {
    return warehouse
        .readOrEmpty(Models.TABLE)
        .orderBy(col(Models.CREATED_AT).desc(), col(Models.MODEL_VERSION))
        .select(
            Models.MODEL_VERSION,
            Models.TASK,
            Models.STATUS,
            Models.PATH,
            Models.DIGEST,
            Models.CREATED_AT)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Entry(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getTimestamp(5).toInstant()))
        .toList();
  }

  /**
   * Finds a model by what the user wrote.
   *
   * @param wanted a version, "champion", or "latest"
   * @throws ConfigurationException listing what there is
   */
  public Entry resolve(String wanted, String task) {
    return new ModelIndex(Models.TABLE.name(), 0, entries())
        .resolve(wanted, task, warehouse.path(Models.TABLE));
  }

  /**
   * Loads a version after every check of {@link ModelStore#load}.
   *
   * @throws RefusedException also if the directory holds a sound model, but another one
   */
  public SpecialtyModel load(Entry entry) {
    SpecialtyModel model = new ModelStore(warehouse.spark()).load(absolute(entry.path()));
    requireEntry(entry, model.version(), model.digest());
    return model;
  }

  /**
   * Loads the compiled form of a version after every check of {@link ModelStore#loadCompiled}.
   *
   * @throws RefusedException also if the directory holds a sound model, but another one
   */
  public CompiledModel loadCompiled(Entry entry) {
    CompiledModel model = new ModelStore(warehouse.spark()).loadCompiled(absolute(entry.path()));
    requireEntry(entry, model.version(), model.scorer().description().digest());
    return model;
  }

  private void requireEntry(Entry entry, String version, String digest) {
    if (!digest.equals(entry.digest())) {
      throw new RefusedException(
          "Model directory "
              + absolute(entry.path())
              + " holds "
              + version
              + ", not "
              + entry.version()
              + " as the models table says; restore it from a copy, or train again");
    }
  }

  /** Selected bucket to its terms. */
  public Map<Integer, List<String>> terms(Entry entry) {
    return new ModelStore(warehouse.spark()).terms(absolute(entry.path()));
  }

  /** Where a version comes from, see {@link Provenance}. */
  public JsonNode provenance(Entry entry) {
    return json(entry, Models.PROVENANCE);
  }

  /** What was measured of a version when it was trained. */
  public JsonNode metrics(Entry entry) {
    return json(entry, Models.METRICS);
  }

  private JsonNode json(Entry entry, String column) {
    Row row =
        warehouse
            .read(Models.TABLE)
            .where(col(Models.MODEL_VERSION).equalTo(entry.version()))
            .select(column)
            .first();
    try {
      return new ObjectMapper().readTree(row.getString(0));
    } catch (JsonProcessingException e) {
      throw new RefusedException(
          "Model "
              + entry.version()
              + ": its "
              + column
              + " is not JSON: "
              + e.getOriginalMessage(),
          e);
    }
  }

  /**
   * Writes the card of a version beside its files, replacing an earlier one: the one file of a
   * model directory that may change, for it says what was measured since.
   *
   * @return its path
   */
  public String writeCard(Entry entry, String card) {
    Path file = new Path(absolute(entry.path()), ModelStore.CARD);
    replace(file, card);
    return file.toString();
  }

  /** Makes a version the champion of its task, in one commit; the former champion retires. */
  public void promote(Entry entry, CommitInfo commit) {
    Dataset<Row> changed =
        warehouse
            .read(Models.TABLE)
            .where(
                col(Models.TASK)
                    .equalTo(entry.task())
                    .and(
                        col(Models.MODEL_VERSION)
                            .equalTo(entry.version())
                            .or(col(Models.STATUS).equalTo(CHAMPION))))
            .withColumn(
                Models.STATUS,
                when(col(Models.MODEL_VERSION).equalTo(entry.version()), lit(CHAMPION))
                    .otherwise(lit(RETIRED)));
    warehouse.upsert(Models.TABLE, changed, UnitOfWork.ofRun(commit, "promote " + entry.version()));
    writeIndex();
  }

  /** Writes the index that programs without Spark read, from the table as it is now. */
  public void writeIndex() {
    if (!warehouse.exists(Models.TABLE)) {
      return;
    }
    // the version first: a change in between makes the index outdated, which is found out
    long version = warehouse.version(Models.TABLE);
    String json = new ModelIndex(Models.TABLE.name(), version, entries()).toJson();
    Path file = new Path(absolute(ModelIndex.FILE));
    replace(file, json);
  }

  /** A reader sees the old text or the new one, whole. */
  private void replace(Path file, String text) {
    // a hidden name: the check of a model directory passes it over
    Path fresh = new Path(file.getParent(), "." + file.getName() + ".writing-" + UUID.randomUUID());
    Configuration configuration = warehouse.spark().sparkContext().hadoopConfiguration();
    try {
      FileSystem files = file.getFileSystem(configuration);
      try (OutputStream out = files.create(fresh, false)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      FileContext.getFileContext(file.toUri(), configuration)
          .rename(fresh, file, Options.Rename.OVERWRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " cannot be written", e);
    }
  }

  private String absolute(String relative) {
    return warehouse.path() + "/" + relative;
  }
}
