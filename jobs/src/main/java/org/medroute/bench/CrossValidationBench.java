package org.medroute.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.BenchSettings;
import org.medroute.config.ClassSet;
import org.medroute.config.ForestSettings;
import org.medroute.forest.BinnedTraining;
import org.medroute.forest.CutScorer;
import org.medroute.forest.DeepForest;
import org.medroute.metrics.ClassificationMetrics;
import org.medroute.metrics.Predictions;
import org.medroute.pipeline.ForestFitter;
import org.medroute.pipeline.TextFeatures;
import org.medroute.table.CvCells;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * A cross-validated grid against one fit of its largest forest a fold. The grid: in each fold one
 * forest is grown, and one pass over the documents that are held out scores them by every cut of
 * it, as cross-validation does; the macro-F1 of each cell is measured, nothing is kept. The fits:
 * the same forest by fit(), nothing predicted.
 *
 * <p>A cost, ours by the fits: smaller is better. The row that stands for the key counts the
 * features of each fold, timed once, on both sides, as a cross-validation and a plain training both
 * need them; further rows leave these out, and then the measuring of the cells. Measuring includes
 * the features of what is held out: only the grid needs them, and reads them once.
 */
final class CrossValidationBench {
  private static final String KEY = "cv_cost_vs_fits";
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
      add(
          "without features of the training part: " + what,
          columns[2],
          columns[3],
          Measure.Standing.FURTHER);
      add("grown alone: " + what, columns[4], columns[3], Measure.Standing.FURTHER);
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
    // only the grid needs features of what is held out, and reads them once
    Dataset<Row> held = features.transform(rows.where(col(Frames.FOLD).equalTo(fold)));
    try {
      ready.count();
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
    }
  }

  private double fit(Dataset<Row> ready) {
    return Samples.time(() -> ForestFitter.fit(ready, classes.size(), largest));
  }

  private void grid(Dataset<Row> ready, Dataset<Row> held, Clock clock) {
    long start = System.nanoTime();
    try (BinnedTraining binned = ForestFitter.bin(ready, classes.size(), largest)) {
      DeepForest forest = binned.grow(ForestFitter.estimator(largest));
      clock.grown += (System.nanoTime() - start) / 1e9;
      clock.measured += Samples.time(() -> measure(forest, held));
    }
  }

  /** Macro-F1 of every cell, from one pass over the documents that are held out. */
  private void measure(DeepForest forest, Dataset<Row> held) {
    List<CutScorer.Cut> cells = new ArrayList<>();
    List<Predictions.Builder> predictions = new ArrayList<>();
    for (int trees : sizes.gridTrees()) {
      for (int depth : sizes.gridDepths()) {
        cells.add(new CutScorer.Cut(trees, depth));
        predictions.add(Predictions.builder(classes, List.of()));
      }
    }
    try (CutScorer scorer = forest.scorer(held.sparkSession(), cells)) {
      for (Row row :
          scorer
              .score(
                  held,
                  Frames.FEATURES,
                  List.of(Documents.DOCUMENT_ID, Frames.LABEL),
                  CvCells.CELL,
                  Frames.PROBABILITIES)
              .collectAsList()) {
        double[] probabilities =
            row.<Double>getList(3).stream().mapToDouble(value -> value).toArray();
        predictions.get(row.getInt(2)).add(row.getString(0), (int) row.getDouble(1), probabilities);
      }
    }
    for (Predictions.Builder cell : predictions) {
      double macroF1 = ClassificationMetrics.of(cell.build()).macroF1();
      if (!(macroF1 >= 0)) {
        throw new IllegalStateException("a cell has no macro-F1: " + macroF1);
      }
    }
  }
}
