package org.medroute.training;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.ClassSet;
import org.medroute.config.FeatureSettings;
import org.medroute.config.Progress;
import org.medroute.metrics.ClassificationMetrics;
import org.medroute.metrics.Predictions;
import org.medroute.pipeline.PredictionRows;
import org.medroute.pipeline.TextFeatures;
import org.medroute.table.CvCells;
import org.medroute.table.Frames;
import org.medroute.training.FinishedCells.Finished;

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
  private static final String MACRO_F1 = "macro_f1";
  private static final String ACCURACY = "accuracy";

  private final Progress progress;
  private final ClassSet classes;
  private final Recipe recipe;
  private final FeatureLearner<C> learner;
  private final FinishedCells cells;

  /**
   * @param cells of the same content of the training part, folds, features and learner
   */
  CrossValidation(
      FinishedCells cells,
      Progress progress,
      ClassSet classes,
      Recipe recipe,
      FeatureLearner<C> learner) {
    this.cells = cells;
    this.progress = progress;
    this.classes = classes;
    this.recipe = recipe;
    this.learner = learner;
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

  /**
   * @param rows training part: document_id, text, label, weight, fold
   * @param background documents of none of the classes, likewise, for a learner that hears them:
   *     features are fitted without them; their fold is the one that must not see them
   */
  Result<C> run(Dataset<Row> rows, Optional<Dataset<Row>> background, int folds, List<C> grid) {
    Map<String, Finished> finished = new HashMap<>();
    cells.all().forEach(cell -> finished.put(key(cell.fold(), cell.name()), cell));
    int total = folds * grid.size();
    int reused = 0;
    int done = 0;
    for (int fold = 0; fold < folds; fold++) {
      List<C> open = new ArrayList<>();
      for (C cell : grid) {
        if (!finished.containsKey(key(fold, cell.name()))) {
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
          String path = cells.path(fold, hash(family));
          fits.predict(
              family,
              predicted ->
                  predicted
                      .repartition(family.size(), col(CvCells.CELL))
                      .write()
                      .mode("overwrite")
                      .partitionBy(CvCells.CELL)
                      .parquet(cells.absolute(path)));
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

  private static String hash(List<? extends Cell> family) {
    ContentHash hash = new ContentHash();
    family.forEach(cell -> hash.add(cell.name()));
    return hash.hex();
  }

  private void keep(
      int fold, List<C> family, String path, double seconds, Map<String, Finished> finished) {
    List<Finished> done = new ArrayList<>();
    for (int i = 0; i < family.size(); i++) {
      C cell = family.get(i);
      String cellPath = path + "/" + CvCells.CELL + "=" + i;
      ClassificationMetrics metrics =
          ClassificationMetrics.of(PredictionRows.collect(classes, cells.read(cellPath)));
      done.add(
          new Finished(
              fold,
              cell.name(),
              cell.parameters(),
              Map.of(
                  MACRO_F1,
                  metrics.macroF1(),
                  ACCURACY,
                  metrics.accuracy(),
                  "log_loss",
                  metrics.logLoss()),
              seconds / family.size(),
              cellPath));
      finished.put(key(fold, cell.name()), done.get(i));
    }
    cells.keep(fold, hash(family), done);
  }

  private CellResult<C> summary(C cell, int folds, Map<String, Finished> finished) {
    double sum = 0;
    double squares = 0;
    double accuracy = 0;
    double seconds = 0;
    for (int fold = 0; fold < folds; fold++) {
      Finished result = finished.get(key(fold, cell.name()));
      double macroF1 = result.metrics().get(MACRO_F1);
      sum += macroF1;
      squares += macroF1 * macroF1;
      accuracy += result.metrics().get(ACCURACY) / folds;
      seconds += result.seconds();
    }
    double mean = sum / folds;
    double variance = Math.max(0, (squares - folds * mean * mean) / (folds - 1));
    return new CellResult<>(cell, mean, Math.sqrt(variance / folds), accuracy, seconds);
  }

  private Predictions outOfFold(C cell, int folds, Map<String, Finished> finished) {
    Optional<Dataset<Row>> all = Optional.empty();
    for (int fold = 0; fold < folds; fold++) {
      Dataset<Row> part = cells.read(finished.get(key(fold, cell.name())).path());
      all = Optional.of(all.map(rows -> rows.unionByName(part)).orElse(part));
    }
    return PredictionRows.collect(classes, all.orElseThrow());
  }

  private static String key(int fold, String cell) {
    return fold + " " + cell;
  }
}
