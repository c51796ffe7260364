package org.medroute.forest;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Fits 100 trees of depth 20 on as many rows as wanted, replicated from the features of real text,
 * and prints plan, time and peak heap. A copy of a row has an id of its own, most of its words and,
 * so that copies differ, many of another row's: about 70 non-zeros a row.
 *
 * <p>Arguments: directory of parquet features (id, label, weight, features), number of rows, plan.
 */
final class MillionRows {
  private static final double OF_ITS_OWN = 0.9;
  private static final double OF_ANOTHER = 0.75;

  private MillionRows() {}

  public static void main(String[] arguments) {
    AtomicLong live = watchCollections();
    SparkSession spark =
        SparkSession.builder()
            .master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.maxResultSize", "2g")
            .getOrCreate();
    spark.sparkContext().setLogLevel("WARN");
    try {
      Dataset<Row> rows = replicate(spark, Path.of(arguments[0]), Long.parseLong(arguments[1]));
      SparseRandomForest forest = new SparseRandomForest("forest");
      forest.set(forest.numTrees(), 100);
      forest.set(forest.maxDepth(), 20);
      forest.set(forest.weightCol(), "weight");
      forest.set(forest.idCol(), "id");
      forest.set(forest.plan(), arguments[2]);
      long start = System.nanoTime();
      ForestFit fit = forest.train(rows);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.println(fit.plan().describe());
      System.out.printf(
          Locale.ROOT,
          "rows %d: fitted in %.1f s, heap %d MB at most, %d MB live after a collection at most, of"
              + " %d MB; process %s%n"
              + "nodes %d, out-of-bag error %.4f, digest %s%n",
          fit.plan().rows(),
          seconds,
          peakHeap() >> 20,
          live.get() >> 20,
          Runtime.getRuntime().maxMemory() >> 20,
          peakProcess(),
          fit.model().totalNumNodes(),
          fit.outOfBag().orElseThrow().error(),
          fit.digest());
    } finally {
      spark.stop();
    }
  }

  private static Dataset<Row> replicate(SparkSession spark, Path features, long wanted) {
    Dataset<Row> base =
        spark.read().parquet(features.toString()).select("id", "label", "weight", "features");
    List<Row> rows = base.orderBy("id").collectAsList();
    Broadcast<Row[]> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(rows.toArray(Row[]::new));
    int tasks = 8 * spark.sparkContext().defaultParallelism();
    return spark
        .range(0, wanted, 1, tasks)
        .map(
            (MapFunction<Long, Row>) number -> copy(shared.value(), number),
            Encoders.row(base.schema()));
  }

  /**
   * A row's words, nine in ten, and three in four of those of another row; the label is its own.
   */
  private static Row copy(Row[] base, long number) {
    Row row = base[(int) (number % base.length)];
    long key = CounterHash.of(number, 1);
    Row other = base[CounterHash.below(key, base.length)];
    SparseVector own = row.<Vector>getAs(3).toSparse();
    TreeMap<Integer, Double> words = new TreeMap<>();
    take(words, other.<Vector>getAs(3).toSparse(), key + 1, OF_ANOTHER);
    take(words, own, key, OF_ITS_OWN);
    return RowFactory.create(
        row.getString(0) + "-" + number / base.length,
        row.get(1),
        row.get(2),
        Vectors.sparse(
            own.size(),
            words.keySet().stream().mapToInt(i -> i).toArray(),
            words.values().stream().mapToDouble(v -> v).toArray()));
  }

  private static void take(
      TreeMap<Integer, Double> words, SparseVector from, long key, double share) {
    for (int i = 0; i < from.indices().length; i++) {
      if (CounterHash.below(CounterHash.of(key, i), 1 << 16) < share * (1 << 16)) {
        words.put(from.indices()[i], from.values()[i]);
      }
    }
  }

  private static AtomicLong watchCollections() {
    AtomicLong most = new AtomicLong();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, none) -> {
                long after =
                    GarbageCollectionNotificationInfo.from(
                            (CompositeData) notification.getUserData())
                        .getGcInfo()
                        .getMemoryUsageAfterGc()
                        .entrySet()
                        .stream()
                        .filter(pool -> heapPools().contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
                most.accumulateAndGet(after, Math::max);
              },
              null,
              null);
    }
    return most;
  }

  private static Set<String> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getName)
        .collect(Collectors.toSet());
  }

  /** Sum of the pools' peaks: an upper bound. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  /** Resident memory at its peak as Linux knows it. */
  private static String peakProcess() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .findFirst()
          .map(line -> line.replaceAll("\\s+", " "))
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }
}
