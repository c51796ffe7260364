package org.medroute.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.BenchSettings;
import org.medroute.config.ForestSettings;
import org.medroute.forest.ForestPlan;
import org.medroute.pipeline.ForestFitter;

/**
 * Forests on the same cached features, weights and parameters: the sparse forest, MLlib's in the
 * same JVM, and scikit-learn's on the same matrix with as many jobs as there are cores. A ratio of
 * times is theirs by ours: larger is better.
 *
 * <p>Bytes: the most that a fit keeps in cached RDDs, by Spark's storage info; for the sparse
 * forest the arrays from which it grows (compact rows and columns, by its plan) where these are
 * more. The ratio is ours by theirs: smaller is better.
 *
 * <p>Peak: what a whole fit keeps in the heap, see {@link LiveHeap}, in a fit of its own that is
 * not timed; of scikit-learn what its process grows by.
 */
final class ForestBench {
  /** Of a column entry: row delta and bin. */
  private static final long COLUMN_BYTES = 5;

  private static final String FIT_VS_MLLIB = "forest_fit_vs_mllib";
  private static final String BYTES_VS_MLLIB = "forest_bytes_vs_mllib";
  private static final String FIT_VS_SKLEARN = "forest_fit_vs_sklearn";
  private static final String PEAK_VS_MLLIB = "forest_peak_vs_mllib";
  private static final String PEAK_VS_SKLEARN = "forest_peak_vs_sklearn";

  private final Bench bench;
  private final BenchSettings.Sizes sizes;
  private final int classes;
  private final ForestSettings sparse;
  private final ForestSettings mllib;

  ForestBench(Bench bench) {
    this.bench = bench;
    this.sizes = bench.settings().sizes();
    this.classes = bench.corpus().labelled().classes().size();
    this.sparse = bench.corpus().plan().forest();
    this.mllib = bench.corpus().mllib();
  }

  void run() {
    List<Integer> numbers = sizes.forestDocuments();
    bench.progress().step("features for forests", 0, 0);
    try (ForestRows rows = new ForestRows(bench.corpus(), Collections.max(numbers))) {
      for (int number : numbers) {
        compare(rows, number);
      }
    }
  }

  private void compare(ForestRows source, int number) {
    Dataset<Row> rows = source.first(number).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      rows.count();
      boolean withMllib = sizes.mllibDocuments().contains(number);
      boolean withSklearn = bench.peers().sklearnVersion().isPresent();
      Path matrix = bench.work().resolve("matrix-" + number);
      if (withSklearn) {
        MatrixFile.write(rows, matrix);
      }
      // warm: the virtual machine compiles before anything counts
      long ourCache = CachedBlocks.peak(bench.spark().sparkContext(), () -> fit(rows, sparse));
      long[] theirCache = new long[1];
      long[] theirProcess = new long[1];
      String stage = String.format(Locale.ROOT, "forests of %,d documents", number);
      Samples[] samples =
          Samples.inTurn(
              new int[] {
                sizes.rounds(),
                withMllib ? sizes.mllibRounds() : 0,
                withSklearn ? sizes.rounds() : 0
              },
              round -> bench.progress().step(stage, round, sizes.rounds()),
              round -> fit(rows, sparse),
              round -> {
                double[] seconds = new double[1];
                theirCache[0] =
                    CachedBlocks.peak(
                        bench.spark().sparkContext(), () -> seconds[0] = fit(rows, mllib));
                return seconds[0];
              },
              round -> {
                JsonNode fitted = sklearn(matrix, round);
                theirProcess[0] = Math.max(theirProcess[0], fitted.path("grown_bytes").asLong());
                return fitted.path("seconds").asDouble();
              });
      String what =
          String.format(
              Locale.ROOT,
              "fit %d trees of depth %d on %,d documents%s",
              bench.settings().trees(),
              bench.settings().depth(),
              number,
              number <= source.there()
                  ? ""
                  : String.format(Locale.ROOT, ", copies of %,d", source.there()));
      long ourPeak = LiveHeap.growth(() -> fit(rows, sparse));
      if (withMllib) {
        boolean stands = number == Collections.max(sizes.mllibDocuments());
        bench.seconds(FIT_VS_MLLIB, what, "MLlib", samples[0], samples[1], 20, stands);
        bytes(rows, ourCache, theirCache[0], stands);
        bench.progress().step("memory of MLlib's forest", 0, 0);
        long peak = LiveHeap.growth(() -> fit(rows, mllib));
        peak(PEAK_VS_MLLIB, what, "MLlib", ourPeak, peak);
      }
      boolean largest = number == Collections.max(sizes.forestDocuments());
      if (withSklearn) {
        bench.seconds(FIT_VS_SKLEARN, what, Peers.SKLEARN, samples[0], samples[2], 1, largest);
        peak(PEAK_VS_SKLEARN, what, Peers.SKLEARN, ourPeak, theirProcess[0]);
      } else if (largest) {
        bench.result().missing(FIT_VS_SKLEARN, what, Peers.SKLEARN);
      }
    } finally {
      rows.unpersist();
    }
  }

  private double fit(Dataset<Row> rows, ForestSettings settings) {
    return Samples.time(() -> ForestFitter.fit(rows, classes, settings));
  }

  /** A further row: fits this short are looked at too rarely to stand for a key. */
  private void peak(String key, String what, String peer, long ours, long theirs) {
    if (ours <= 0 || theirs <= 0) {
      bench
          .result()
          .note("Peak of memory, against " + peer + ": too short to be looked at: " + what + ".");
      return;
    }
    bench
        .result()
        .add(
            new Measure(
                key,
                "peak of memory: " + what,
                peer,
                "MiB",
                mebibytes(ours),
                mebibytes(theirs),
                (double) ours / theirs,
                Measure.Target.atMost(1),
                Bench.standing(false)));
  }

  private JsonNode sklearn(Path matrix, int round) {
    return bench
        .peers()
        .sklearn(
            "forest.py",
            matrix,
            bench.settings().trees(),
            bench.settings().depth(),
            sparse.minInstancesPerNode(),
            bench.cores(),
            bench.settings().seed() + round);
  }

  private void bytes(Dataset<Row> rows, long ourCache, long theirCache, boolean stands) {
    ForestPlan plan = ForestFitter.plan(rows, classes, sparse);
    long arrays = plan.compactBytes() + COLUMN_BYTES * plan.nonZeros() + 4L * plan.features();
    double ours = Math.max(ourCache, arrays);
    bench
        .result()
        .add(
            new Measure(
                BYTES_VS_MLLIB,
                String.format(
                    Locale.ROOT,
                    "training set of %,d documents in memory, %.0f of %,d features each",
                    plan.rows(),
                    (double) plan.nonZeros() / plan.rows(),
                    plan.features()),
                "MLlib",
                "MiB",
                mebibytes(ours),
                mebibytes(theirCache),
                ours / theirCache,
                Measure.Target.atMost(1.0 / 20),
                Bench.standing(stands)));
    bench
        .result()
        .note(
            String.format(
                Locale.ROOT,
                "The sparse forest of %,d documents: %s MiB of cached blocks while rows are read, then %s MiB of"
                    + " arrays; by its plan %s MiB with every copy and working memory.",
                plan.rows(),
                mebibytes(ourCache),
                mebibytes(arrays),
                mebibytes(plan.bytesPerExecutor())));
  }

  private static String mebibytes(double bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / (1 << 20));
  }
}
