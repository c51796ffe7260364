package org.medroute.forest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The training rows on the executors, read once from the input (12 bytes a non-zero, spilled to
 * disk where memory is short) and then binned. Close it when the rows have been binned.
 */
final class TrainingRows implements AutoCloseable {
  /** Up to this size the driver finds the thresholds alone: two Spark stages would take longer. */
  private static final long SMALL_BYTES = 32L << 20;

  private final JavaSparkContext context;
  private final JavaRDD<SparseBlock> blocks;
  private final IdentifiedRows.Repeats repeats;
  private final TrainingSummary summary;

  private TrainingRows(
      JavaSparkContext context, JavaRDD<SparseBlock> blocks, IdentifiedRows.Repeats repeats) {
    this.context = context;
    this.blocks = blocks;
    this.repeats = repeats;
    this.summary = summarise(blocks);
    if (!(summary.largestWeight() > 0)) {
      release();
      throw new IllegalArgumentException("All training rows weigh 0: check weightCol");
    }
  }

  /**
   * Reads a data set: one pass.
   *
   * @param rows columns as {@link RowReader} wants them
   */
  static TrainingRows read(Dataset<Row> rows, IdentifiedRows.Repeats repeats) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    boolean byId = repeats == IdentifiedRows.Repeats.REFUSED;
    JavaRDD<SparseBlock> blocks =
        rows.toJavaRDD()
            .<SparseBlock>mapPartitions(partition -> new RowReader(partition, byId))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new TrainingRows(context, blocks, repeats);
  }

  private static TrainingSummary summarise(JavaRDD<SparseBlock> blocks) {
    List<TrainingSummary> summaries;
    try {
      summaries = blocks.map(SparseBlock::summary).collect();
    } catch (Exception e) {
      blocks.unpersist(false);
      // Scala throws Spark's checked exceptions undeclared, so this is what a failed job arrives
      // as.
      refuse(e);
      throw e;
    }
    return summaries.stream()
        .reduce(TrainingSummary::merge)
        .orElseThrow(
            () -> new IllegalArgumentException("There are no training rows to fit a forest on"));
  }

  /** Takes what a task refused out of the wrapping that Spark gives a failed job. */
  private static void refuse(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        throw new IllegalArgumentException(cause.getMessage(), failure);
      }
    }
  }

  JavaSparkContext context() {
    return context;
  }

  TrainingSummary summary() {
    return summary;
  }

  /** Frees the rows once they have been binned. */
  void release() {
    blocks.unpersist(false);
  }

  @Override
  public void close() {
    release();
  }

  /** The fixed-point scale of the weights. */
  WeightScale scale() {
    return WeightScale.of(summary.largestWeight(), summary.rows());
  }

  /** Bins everything and brings it to the driver, in canonical order. */
  BinnedSet collect(int maxBins, int classes) {
    WeightScale scale = scale();
    List<IdentifiedRows> parts = new ArrayList<>();
    FeatureBins bins;
    if (12 * summary.nonZeros() + 32 * summary.rows() <= SMALL_BYTES) {
      List<SparseBlock> collected = blocks.collect();
      bins = Binning.of(collected, scale, maxBins, summary);
      collected.forEach(block -> parts.add(block.bin(bins, scale)));
    } else {
      bins = bins(maxBins);
      Broadcast<FeatureBins> shared = context.broadcast(bins);
      try {
        JavaRDD<IdentifiedRows> binned = blocks.map(block -> block.bin(shared.value(), scale));
        for (int[] partitions : batches(binned.getNumPartitions())) {
          for (List<IdentifiedRows> some : binned.collectPartitions(partitions)) {
            parts.addAll(some);
          }
        }
      } finally {
        shared.destroy();
      }
    }
    BinnedRows rows = IdentifiedRows.canonical(parts, summary.features(), bins.mostBins(), repeats);
    return new BinnedSet(bins, rows, classes);
  }

  /** The thresholds, found on the executors: one shuffle of distinct values by feature. */
  FeatureBins bins(int maxBins) {
    WeightScale scale = scale();
    long allRows = summary.rows();
    JavaPairRDD<Integer, ValueCounts> counts =
        blocks
            .flatMapToPair(block -> pairs(block.valueCounts(scale)).iterator())
            .reduceByKey(ValueCounts::merge, 2 * context.defaultParallelism());
    double[][] thresholds = new double[summary.features()][0];
    for (Tuple2<Integer, double[]> feature :
        counts.mapValues(values -> values.thresholds(maxBins, allRows)).collect()) {
      thresholds[feature._1()] = feature._2();
    }
    return new FeatureBins(thresholds);
  }

  private static List<Tuple2<Integer, ValueCounts>> pairs(ValueCounts[] counts) {
    List<Tuple2<Integer, ValueCounts>> pairs = new ArrayList<>();
    for (int f = 0; f < counts.length; f++) {
      if (counts[f] != null) {
        pairs.add(new Tuple2<>(f, counts[f]));
      }
    }
    return pairs;
  }

  /**
   * Bins everything and leaves it on the executors, dealt to parts by identity: one shuffle.
   *
   * @param largestPart bytes that a part should not exceed
   */
  DistributedRows distribute(int maxBins, int classes, long largestPart) {
    WeightScale scale = scale();
    Broadcast<FeatureBins> bins = context.broadcast(bins(maxBins));
    int features = summary.features();
    int mostBins = bins.value().mostBins();
    long bytes = 4 * summary.nonZeros() + 18 * summary.rows();
    int parts =
        (int)
            Math.max(
                1 + bytes / largestPart,
                Math.min(blocks.getNumPartitions(), 4L * context.defaultParallelism()));
    IdentifiedRows.Repeats meaning = repeats;
    JavaRDD<BinnedRows> dealt =
        blocks
            .map(block -> block.bin(bins.value(), scale))
            .flatMapToPair(rows -> dealt(rows, parts, features, mostBins).iterator())
            .groupByKey(parts)
            .values()
            .map(
                pieces -> {
                  List<IdentifiedRows> list = new ArrayList<>();
                  pieces.forEach(list::add);
                  return IdentifiedRows.canonical(list, features, mostBins, meaning);
                })
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long mass = dealt.map(BinnedRows::mass).reduce(Long::sum);
      return new DistributedRows(context, dealt, bins, classes, mass);
    } catch (Exception e) {
      dealt.unpersist(false);
      bins.destroy();
      refuse(e);
      throw e;
    }
  }

  private static List<Tuple2<Integer, IdentifiedRows>> dealt(
      IdentifiedRows rows, int parts, int features, int mostBins) {
    List<Tuple2<Integer, IdentifiedRows>> pairs = new ArrayList<>();
    IdentifiedRows[] pieces = rows.deal(parts, features, mostBins);
    for (int p = 0; p < parts; p++) {
      if (pieces[p].rows().rows() > 0) {
        pairs.add(new Tuple2<>(p, pieces[p]));
      }
    }
    return pairs;
  }

  /** Groups of partitions whose binned rows stay below half of spark.driver.maxResultSize. */
  private List<int[]> batches(int partitions) {
    long limit =
        JavaUtils.byteStringAsBytes(context.getConf().get("spark.driver.maxResultSize", "1g"));
    long bytes = 5 * summary.nonZeros() + 40 * summary.rows();
    long wanted = limit <= 0 ? 1 : 1 + bytes / Math.max(1, limit / 2);
    int batches = (int) Math.min(partitions, wanted);
    List<int[]> result = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      int from = (int) ((long) partitions * b / batches);
      int to = (int) ((long) partitions * (b + 1) / batches);
      result.add(IntStream.range(from, to).toArray());
    }
    return result;
  }
}
