package org.medroute.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.BenchSettings;
import org.medroute.config.ClassSet;
import org.medroute.config.ForestSettings;
import org.medroute.forest.DeepForest;
import org.medroute.metrics.ClassificationMetrics;
import org.medroute.metrics.Predictions;
import org.medroute.pipeline.ForestFitter;
import org.medroute.pipeline.PredictionRows;
import org.medroute.pipeline.TextFeatures;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * A cross-validated grid against one fit of its largest forest a fold. The grid: in each fold one
 * forest is grown, every cell is cut from it, and one pass over the documents that are held out
 * predicts with all cells, whose macro-F1 is measured. The fits: the same forest by fit(), nothing
 * predicted.
 *
 * <p>A cost, ours by the fits: smaller is better. The row that stands for the key counts the
 * features of each fold, timed once, on both sides, as a cross-validation and a plain training both
 * need them; further rows leave them out, and then the measuring of the cells.
 */
final class CrossValidationBench {
  private static final String KEY = "cv_cost_vs_fits";
  private static final String CELL = "_cell_";
  private static final double MOST = 1.3;

  private final Bench bench;
  private final BenchSettings.Sizes sizes;
  private final ClassSet classes;
  private final ForestSettings largest;

  CrossValidationBench(Bench bench) {
    this.bench = bench;
    this.sizes = bench.settings().sizes();
    this.classes = bench.corpus().plan().classes();
    this.largest =
        bench
            .corpus()
            .plan()
            .forest()
            .withSize(Collections.max(sizes.gridTrees()), Collections.max(sizes.gridDepths()));
  }

  /** Seconds of one round, all folds together. */
  private static final class Clock {
    private double features;
    private double grown;
    private double measured;
    private double fits;
  }

  void run() {
    Dataset<Row> rows =
        bench
            .corpus()
            .training()
            .withColumn(Frames.FOLD, pmod(xxhash64(col(Documents.GROUP_ID)), lit(sizes.folds())))
            .select(Documents.DOCUMENT_ID, Frames.TEXT, Frames.LABEL, Frames.WEIGHT, Frames.FOLD)
            .repartition(bench.corpus().plan().train().partitions(), col(Documents.DOCUMENT_ID))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long n = rows.count();
      int rounds = Math.max(1, sizes.rounds() / 2);
      Clock[] clocks = new Clock[rounds];
      for (int round = 0; round < rounds; round++) {
        clocks[round] = new Clock();
        for (int fold = 0; fold < sizes.folds(); fold++) {
          bench
              .progress()
              .step(
                  "cross-validation against fits",
                  (long) round * sizes.folds() + fold,
                  (long) rounds * sizes.folds());
          fold(rows, fold, round, clocks[round]);
        }
      }
      String what =
          String.format(
              Locale.ROOT,
              "%d folds, grid of %s trees x depth %s, %,d documents",
              sizes.folds(),
              sizes.gridTrees(),
              sizes.gridDepths(),
              n);
      double[][] columns = columns(clocks);
      add("with features: " + what, columns[0], columns[1], Measure.Standing.KEY);
      add("without features: " + what, columns[2], columns[3], Measure.Standing.FURTHER);
      add("grown and cut alone: " + what, columns[4], columns[3], Measure.Standing.FURTHER);
    } finally {
      rows.unpersist();
    }
  }

  /** Both sides with features, both without, and the grid without its measuring. */
  private static double[][] columns(Clock[] clocks) {
    double[][] columns = new double[5][clocks.length];
    for (int i = 0; i < clocks.length; i++) {
      Clock clock = clocks[i];
      columns[0][i] = clock.features + clock.grown + clock.measured;
      columns[1][i] = clock.features + clock.fits;
      columns[2][i] = clock.grown + clock.measured;
      columns[3][i] = clock.fits;
      columns[4][i] = clock.grown;
    }
    return columns;
  }

  private void add(String what, double[] grid, double[] fits, Measure.Standing standing) {
    Samples ours = new Samples(grid);
    Samples theirs = new Samples(fits);
    bench
        .result()
        .add(
            new Measure(
                KEY,
                what,
                sizes.folds() + " fits of the largest",
                "s",
                ours.describe(),
                theirs.describe(),
                ours.median() / theirs.median(),
                Measure.Target.atMost(MOST),
                standing));
  }

  private void fold(Dataset<Row> rows, int fold, int round, Clock clock) {
    long start = System.nanoTime();
    Dataset<Row> training = bench.corpus().balanced(rows.where(col(Frames.FOLD).notEqual(fold)));
    TextFeatures features =
        TextFeatures.fit(training, classes.size(), bench.corpus().plan().features());
    Dataset<Row> ready = features.transform(training).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> held =
        features
            .transform(rows.where(col(Frames.FOLD).equalTo(fold)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      ready.count();
      held.count();
      clock.features += (System.nanoTime() - start) / 1e9;
      if (fold == 0 && round == 0) {
        // warm: the virtual machine compiles before anything counts
        grid(ready, held, new Clock());
      }
      // the one that goes second finds warmer caches: they take turns
      if ((fold + round) % 2 == 0) {
        grid(ready, held, clock);
        clock.fits += fit(ready);
      } else {
        clock.fits += fit(ready);
        grid(ready, held, clock);
      }
    } finally {
      ready.unpersist();
      held.unpersist();
    }
  }

  private double fit(Dataset<Row> ready) {
    return Samples.time(() -> ForestFitter.fit(ready, classes.size(), largest));
  }

  private void grid(Dataset<Row> ready, Dataset<Row> held, Clock clock) {
    long start = System.nanoTime();
    DeepForest forest = ForestFitter.estimator(largest).grow(ready);
    List<RandomForestClassificationModel> cells = new ArrayList<>();
    for (int trees : sizes.gridTrees()) {
      for (int depth : sizes.gridDepths()) {
        cells.add(forest.cut(trees, depth));
      }
    }
    clock.grown += (System.nanoTime() - start) / 1e9;
    clock.measured += Samples.time(() -> measure(cells, held));
  }

  /** Macro-F1 of every cell, from one pass over the documents that are held out. */
  private void measure(List<RandomForestClassificationModel> cells, Dataset<Row> held) {
    Dataset<Row> scored = held;
    List<Column> columns = new ArrayList<>();
    columns.add(col(Documents.DOCUMENT_ID));
    columns.add(col(Frames.LABEL));
    for (int i = 0; i < cells.size(); i++) {
      RandomForestClassificationModel cell = cells.get(i);
      cell.setPredictionCol("");
      cell.setRawPredictionCol("");
      cell.setProbabilityCol(CELL + i);
      scored = cell.transform(scored);
      columns.add(PredictionRows.asArray(col(CELL + i)).as(CELL + i));
    }
    List<Row> rows = scored.select(columns.toArray(Column[]::new)).collectAsList();
    for (int i = 0; i < cells.size(); i++) {
      Predictions.Builder builder = Predictions.builder(classes, List.of());
      for (Row row : rows) {
        double[] probabilities =
            row.<Double>getList(2 + i).stream().mapToDouble(value -> value).toArray();
        builder.add(row.getString(0), (int) row.getDouble(1), probabilities);
      }
      double macroF1 = ClassificationMetrics.of(builder.build()).macroF1();
      if (!(macroF1 >= 0)) {
        throw new IllegalStateException("a cell has no macro-F1: " + macroF1);
      }
    }
  }
}
