package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.ClassSet;
import org.medroute.config.FeatureSettings;
import org.medroute.config.Progress;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.metrics.ClassificationMetrics;
import org.medroute.metrics.Predictions;
import org.medroute.pipeline.PredictionRows;
import org.medroute.pipeline.TextFeatures;
import org.medroute.table.CvCells;
import org.medroute.table.Frames;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Cross-validation over the grid of a learner. The feature stages are fitted once per fold, on the
 * fold's training rows alone; every cell of the fold that keeps as many features reads the same
 * ones. A finished cell is kept in cv_cells with its out-of-fold predictions, so that a rerun after
 * a kill computes only what is missing and ends in the same model.
 *
 * <p>Cost: per fold with an open cell one feature fit and one cached copy of its features for each
 * number of features; one forest for all cells that differ in number and depth of trees alone (with
 * MLlib's forest: one a cell), and one pass over the held-out rows that scores them all.
 * Out-of-fold predictions of one cell at a time on the driver, 100 bytes a document. A learner
 * without a grid of its own takes one fit a cell.
 *
 * @param <C> a point of the learner's grid
 */
public final class CrossValidation<C extends Cell> {
  private final Warehouse warehouse;
  private final CommitInfo commit;
  private final Progress progress;
  private final ClassSet classes;
  private final Recipe recipe;
  private final FeatureLearner<C> learner;
  private final String configHash;

  /**
   * @param configHash of everything that the cells depend on: content of the training part, folds,
   *     features, learner
   */
  CrossValidation(
      Warehouse warehouse,
      CommitInfo commit,
      Progress progress,
      ClassSet classes,
      Recipe recipe,
      FeatureLearner<C> learner,
      String configHash) {
    this.warehouse = warehouse;
    this.commit = commit;
    this.progress = progress;
    this.classes = classes;
    this.recipe = recipe;
    this.learner = learner;
    this.configHash = configHash;
  }

  /**
   * A cell over all folds.
   *
   * @param seconds of the fits, divided among the cells that came from the same one
   * @param macroF1 mean over folds
   * @param standardError of that mean
   */
  public record CellResult<C extends Cell>(
      C cell, double macroF1, double standardError, double accuracy, double seconds) {}

  /**
   * What the cross-validation found.
   *
   * @param outOfFold uncalibrated predictions of the best cell
   * @param reused cells that an earlier run had finished
   */
  public record Result<C extends Cell>(
      List<CellResult<C>> cells, C best, Predictions outOfFold, int reused) {}

  private record Finished(double macroF1, double accuracy, double seconds, String path) {}

  /**
   * @param rows training part: document_id, text, label, weight, fold
   * @param background documents of none of the classes, likewise, for a learner that hears them:
   *     features are fitted without them; their fold is the one that must not see them
   */
  Result<C> run(Dataset<Row> rows, Optional<Dataset<Row>> background, int folds, List<C> grid) {
    Map<String, Finished> finished = finished();
    int total = folds * grid.size();
    int reused = 0;
    int done = 0;
    for (int fold = 0; fold < folds; fold++) {
      List<C> open = new ArrayList<>();
      for (C cell : grid) {
        if (!finished.containsKey(key(fold, cell))) {
          open.add(cell);
        }
      }
      reused += grid.size() - open.size();
      done += grid.size() - open.size();
      progress.step("cross-validate", done, total);
      if (!open.isEmpty()) {
        runFold(rows, background, fold, open, finished, done, total);
        done += open.size();
      }
    }
    List<CellResult<C>> results = new ArrayList<>();
    for (C cell : grid) {
      results.add(summary(cell, folds, finished));
    }
    CellResult<C> best = results.get(0);
    for (CellResult<C> result : results) {
      if (result.macroF1() > best.macroF1()) {
        best = result;
      }
    }
    return new Result<>(
        List.copyOf(results), best.cell(), outOfFold(best.cell(), folds, finished), reused);
  }

  /** Cells by the features that they read: those are fitted and transformed once for all. */
  private void runFold(
      Dataset<Row> rows,
      Optional<Dataset<Row>> background,
      int fold,
      List<C> open,
      Map<String, Finished> finished,
      int doneBefore,
      int total) {
    Dataset<Row> training =
        ClassWeights.balance(rows.where(col(Frames.FOLD).notEqual(fold)), classes.size());
    Dataset<Row> all =
        background
            .map(none -> training.unionByName(none.where(col(Frames.FOLD).notEqual(fold))))
            .orElse(training);
    Dataset<Row> heldRows = rows.where(col(Frames.FOLD).equalTo(fold));
    Map<FeatureSettings, List<C>> byFeatures = new LinkedHashMap<>();
    for (C cell : open) {
      byFeatures
          .computeIfAbsent(cell.applyTo(recipe.features()), none -> new ArrayList<>())
          .add(cell);
    }
    int done = doneBefore;
    for (Map.Entry<FeatureSettings, List<C>> same : byFeatures.entrySet()) {
      TextFeatures features = TextFeatures.fit(training, classes.size(), same.getKey());
      Dataset<Row> fitted =
          recipe.canonical(features.transform(all)).persist(StorageLevel.MEMORY_AND_DISK());
      Dataset<Row> held = features.transform(heldRows).persist(StorageLevel.MEMORY_AND_DISK());
      try (FoldFits<C> fits = learner.fold(fitted, held, classes)) {
        for (List<C> family : fits.families(same.getValue())) {
          long start = System.nanoTime();
          String path = path(fold, family);
          fits.predict(
              family,
              predicted ->
                  predicted
                      .repartition(family.size(), col(CvCells.CELL))
                      .write()
                      .mode("overwrite")
                      .partitionBy(CvCells.CELL)
                      .parquet(warehouse.path() + "/" + path));
          keep(fold, family, path, (System.nanoTime() - start) / 1e9, finished);
          done += family.size();
          progress.step("cross-validate", done, total);
        }
      } finally {
        fitted.unpersist();
        held.unpersist();
      }
    }
  }

  /** Named by fold and cells: another try of the same cells writes the same files. */
  private String path(int fold, List<C> family) {
    return "_cross_validation/" + configHash + "/" + fold + "/" + hash(family);
  }

  private static String hash(List<? extends Cell> family) {
    ContentHash hash = new ContentHash();
    family.forEach(cell -> hash.add(cell.name()));
    return hash.hex();
  }

  /** Keeps the cells that one fit gave: a row each, one commit. */
  private void keep(
      int fold, List<C> family, String path, double seconds, Map<String, Finished> finished) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < family.size(); i++) {
      C cell = family.get(i);
      String cellPath = path + "/" + CvCells.CELL + "=" + i;
      ClassificationMetrics metrics =
          ClassificationMetrics.of(PredictionRows.collect(classes, read(cellPath)));
      double share = seconds / family.size();
      rows.add(
          RowFactory.create(
              configHash,
              fold,
              cell.name(),
              CollectionConverters.asScala(cell.parameters()),
              CollectionConverters.asScala(
                  new LinkedHashMap<>(
                      Map.of(
                          "macro_f1",
                          metrics.macroF1(),
                          "accuracy",
                          metrics.accuracy(),
                          "log_loss",
                          metrics.logLoss()))),
              cellPath,
              share,
              commit.runId()));
      finished.put(
          key(fold, cell), new Finished(metrics.macroF1(), metrics.accuracy(), share, cellPath));
    }
    warehouse.append(
        CvCells.TABLE,
        warehouse.spark().createDataFrame(rows, CvCells.SCHEMA),
        UnitOfWork.of("cv:" + configHash + ":" + fold + ":" + hash(family), commit));
  }

  private Map<String, Finished> finished() {
    Map<String, Finished> finished = new HashMap<>();
    for (Row row :
        warehouse
            .readOrEmpty(CvCells.TABLE)
            .where(col(CvCells.CONFIG_HASH).equalTo(lit(configHash)))
            .select(
                CvCells.FOLD,
                CvCells.CELL,
                CvCells.METRICS,
                CvCells.SECONDS,
                CvCells.PREDICTIONS_PATH)
            .collectAsList()) {
      Map<String, Double> metrics = row.getJavaMap(2);
      finished.put(
          row.getInt(0) + " " + row.getString(1),
          new Finished(
              metrics.get("macro_f1"),
              metrics.get("accuracy"),
              row.getDouble(3),
              row.getString(4)));
    }
    return finished;
  }

  private CellResult<C> summary(C cell, int folds, Map<String, Finished> finished) {
    double sum = 0;
    double squares = 0;
    double accuracy = 0;
    double seconds = 0;
    for (int fold = 0; fold < folds; fold++) {
      Finished result = finished.get(key(fold, cell));
      sum += result.macroF1();
      squares += result.macroF1() * result.macroF1();
      accuracy += result.accuracy() / folds;
      seconds += result.seconds();
    }
    double mean = sum / folds;
    double variance = Math.max(0, (squares - folds * mean * mean) / (folds - 1));
    return new CellResult<>(cell, mean, Math.sqrt(variance / folds), accuracy, seconds);
  }

  private Predictions outOfFold(C cell, int folds, Map<String, Finished> finished) {
    Optional<Dataset<Row>> all = Optional.empty();
    for (int fold = 0; fold < folds; fold++) {
      Dataset<Row> part = read(finished.get(key(fold, cell)).path());
      all = Optional.of(all.map(rows -> rows.unionByName(part)).orElse(part));
    }
    return PredictionRows.collect(classes, all.orElseThrow());
  }

  private Dataset<Row> read(String path) {
    return warehouse
        .spark()
        .read()
        .schema(FoldFits.PREDICTIONS)
        .parquet(warehouse.path() + "/" + path);
  }

  private static String key(int fold, Cell cell) {
    return fold + " " + cell.name();
  }
}
