package org.medroute.bench;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.BenchSettings;
import org.medroute.config.ClassSet;
import org.medroute.config.ForestSettings;
import org.medroute.metrics.ClassificationMetrics;
import org.medroute.metrics.Predictions;
import org.medroute.pipeline.ForestFitter;
import org.medroute.pipeline.TextFeatures;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * Macro-F1 of the sparse forest, MLlib's and scikit-learn's on the test part of three tasks. For
 * each task features are fitted once on the training part; for each seed every contender is then
 * fitted on the same rows, weights and parameters. Pairs are of equal seeds: what differs between
 * them is how each contender draws its samples, so that the interval is that of the draws, not of
 * the documents.
 *
 * <p>One row for each task and peer: the mean difference, ours minus theirs. The task with the
 * least lower end stands for the key.
 */
final class ForestQualityBench {
  private static final List<String> TASKS = List.of("s5", "s6", "oh23");
  private static final String VS_MLLIB = "forest_macro_f1_vs_mllib";
  private static final String VS_SKLEARN = "forest_macro_f1_vs_sklearn";
  private static final String MLLIB = "MLlib";
  private static final double AT_LEAST = -0.005;

  /** How far two correct computations of one macro-F1 may lie apart. */
  private static final double ROUNDING = 1e-9;

  private static final int PARTITIONS = 8;

  private final Bench bench;
  private final BenchSettings.Quality quality;
  private final boolean withSklearn;
  private final List<Compared> vsMllib = new ArrayList<>();
  private final List<Compared> vsSklearn = new ArrayList<>();

  /** One task against one peer. */
  private record Compared(String what, PairedDifference difference) {}

  ForestQualityBench(Bench bench) {
    this.bench = bench;
    this.quality = bench.settings().quality();
    this.withSklearn = bench.peers().sklearnVersion().isPresent();
  }

  void run() {
    for (String task : TASKS) {
      bench.progress().step("forests of " + task, 0, quality.seeds());
      bench.tasks().open(task).ifPresentOrElse(found -> compare(task, found), () -> noText(task));
    }
    add(VS_MLLIB, MLLIB, vsMllib);
    add(VS_SKLEARN, Peers.SKLEARN, vsSklearn);
  }

  private void noText(String task) {
    String what = "macro-F1 on " + task.toUpperCase(Locale.ROOT);
    String why = "no " + bench.tasks().source();
    bench.result().missing(VS_MLLIB, what, MLLIB, why);
    bench.result().missing(VS_SKLEARN, what, Peers.SKLEARN, why);
  }

  private void compare(String task, BenchCorpus corpus) {
    ClassSet classes = corpus.plan().classes();
    Dataset<Row> weighed = corpus.balanced(corpus.training());
    TextFeatures features = TextFeatures.fit(weighed, classes.size(), corpus.plan().features());
    Dataset<Row> training = cached(features.transform(weighed));
    Dataset<Row> test = cached(features.transform(corpus.test()));
    try {
      String what =
          String.format(
              Locale.ROOT,
              "macro-F1 on %s: %d trees of depth %d, %,d documents train, %,d test",
              task.toUpperCase(Locale.ROOT),
              bench.settings().trees(),
              bench.settings().depth(),
              training.count(),
              test.count());
      compare(task, what, corpus, training, test);
    } finally {
      training.unpersist();
      test.unpersist();
    }
  }

  private void compare(
      String task, String what, BenchCorpus corpus, Dataset<Row> training, Dataset<Row> test) {
    ClassSet classes = corpus.plan().classes();
    Path trainingMatrix = bench.work().resolve("quality-" + task + "-train");
    Path testMatrix = bench.work().resolve("quality-" + task + "-test");
    if (withSklearn) {
      MatrixFile.write(training, trainingMatrix);
      MatrixFile.write(test, testMatrix);
    }
    double[] ours = new double[quality.seeds()];
    double[] sklearn = new double[quality.seeds()];
    double[] mllib = new double[quality.mllibSeeds()];
    for (int i = 0; i < quality.seeds(); i++) {
      bench.progress().step("forests of " + task, i, quality.seeds());
      long seed = bench.settings().seed() + i;
      ours[i] = macroF1(training, test, classes, corpus.plan().forest().withSeed(seed));
      if (withSklearn) {
        sklearn[i] =
            sklearn(trainingMatrix, testMatrix, test, classes, corpus.plan().forest(), seed);
      }
      if (i < mllib.length) {
        mllib[i] = macroF1(training, test, classes, corpus.mllib().withSeed(seed));
      }
      bench
          .progress()
          .note(
              String.format(
                  Locale.ROOT,
                  "bench: %s, seed %d: macro-F1 %.4f%s%s",
                  task,
                  seed,
                  ours[i],
                  i < mllib.length ? String.format(Locale.ROOT, ", MLlib %.4f", mllib[i]) : "",
                  withSklearn
                      ? String.format(Locale.ROOT, ", scikit-learn %.4f", sklearn[i])
                      : ""));
    }
    if (mllib.length > 0) {
      double[] paired = Arrays.copyOf(ours, mllib.length);
      vsMllib.add(new Compared(what, PairedDifference.of(paired, mllib)));
    } else {
      bench.result().missing(VS_MLLIB, what, MLLIB, "left out by bench.quality-mllib-seeds");
    }
    if (withSklearn) {
      vsSklearn.add(new Compared(what, PairedDifference.of(ours, sklearn)));
    } else {
      bench.result().missing(VS_SKLEARN, what, Peers.SKLEARN);
    }
  }

  /** In a fixed order and partitioning, on which MLlib's draws depend. */
  private static Dataset<Row> cached(Dataset<Row> rows) {
    return rows.repartition(PARTITIONS, col(Documents.DOCUMENT_ID))
        .sortWithinPartitions(Documents.DOCUMENT_ID)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static double macroF1(
      Dataset<Row> training, Dataset<Row> test, ClassSet classes, ForestSettings settings) {
    Dataset<Row> scored =
        ForestFitter.fit(training, classes.size(), settings)
            .transform(test)
            .select(Documents.DOCUMENT_ID, Frames.LABEL, "probability");
    Predictions.Builder predictions = Predictions.builder(classes, List.of());
    for (Row row : scored.collectAsList()) {
      Vector probabilities = row.getAs(2);
      predictions.add(row.getString(0), (int) row.getDouble(1), probabilities.toArray());
    }
    return ClassificationMetrics.of(predictions.build()).macroF1();
  }

  private double sklearn(
      Path trainingMatrix,
      Path testMatrix,
      Dataset<Row> test,
      ClassSet classes,
      ForestSettings settings,
      long seed) {
    JsonNode said =
        bench
            .peers()
            .sklearn(
                "quality.py",
                trainingMatrix,
                testMatrix,
                settings.numTrees(),
                settings.maxDepth(),
                settings.minInstancesPerNode(),
                bench.cores(),
                seed);
    // the matrix was written in the order of the cached rows
    Predictions.Builder predictions = Predictions.builder(classes, List.of());
    int place = 0;
    for (Row row : test.select(Documents.DOCUMENT_ID, Frames.LABEL).collectAsList()) {
      double[] certain = new double[classes.size()];
      certain[said.path("predicted").path(place++).asInt()] = 1;
      predictions.add(row.getString(0), (int) row.getDouble(1), certain);
    }
    double macroF1 = ClassificationMetrics.of(predictions.build()).macroF1();
    double theirs = said.path("macro_f1").asDouble();
    if (!(Math.abs(macroF1 - theirs) <= ROUNDING)) {
      throw new IllegalStateException(
          "macro-F1 of the same predictions is "
              + macroF1
              + " here and "
              + theirs
              + " in scikit-learn: "
              + testMatrix);
    }
    return macroF1;
  }

  private void add(String key, String peer, List<Compared> tasks) {
    double least =
        tasks.stream()
            .mapToDouble(task -> task.difference().interval().lower())
            .min()
            .orElse(Double.NaN);
    for (Compared task : tasks) {
      PairedDifference difference = task.difference();
      bench
          .result()
          .add(
              new Measure(
                  key,
                  task.what(),
                  peer,
                  "macro-F1",
                  PairedDifference.describe(difference.ours()),
                  PairedDifference.describe(difference.theirs()),
                  difference.mean(),
                  Optional.of(difference.interval()),
                  Measure.Target.atLeast(AT_LEAST),
                  Bench.standing(difference.interval().lower() == least)));
      bench
          .result()
          .note(
              String.format(
                  Locale.ROOT,
                  "%s, against %s: mean paired difference over %d seeds %+.4f, 95 %% interval %+.4f to %+.4f"
                      + " (Student's t, %d degrees of freedom).",
                  task.what(),
                  peer,
                  difference.pairs(),
                  difference.mean(),
                  difference.interval().lower(),
                  difference.interval().upper(),
                  difference.pairs() - 1));
    }
  }
}
