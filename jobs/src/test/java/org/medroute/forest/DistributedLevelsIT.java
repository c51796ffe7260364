package org.medroute.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medroute.testing.LocalSpark;

/** The distributed plan gives the forest of the local plan, bit for bit. */
class DistributedLevelsIT {
  private static final int FEATURES = 80;
  private static final int ROWS = 600;
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType());

  /**
   * Four classes, the last one in 5 rows only. Feature 0 has a value of its own in nearly every
   * row, far more than there are bins; some values are negative; one row is all zero.
   */
  private static List<Row> rows() {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int label = i % 120 == 7 ? 3 : random.nextInt(10) < 6 ? 0 : 1 + random.nextInt(2);
      double[] values = new double[FEATURES];
      if (i != 50) {
        values[0] = random.nextGaussian() + label;
        for (int j = 0; j < 8; j++) {
          values[1 + random.nextInt(FEATURES - 1)] = (1 + random.nextInt(3)) * 1.25;
        }
        values[3 + 10 * label + random.nextInt(6)] = random.nextInt(5) == 0 ? -1 : 2.5;
      }
      rows.add(
          RowFactory.create(
              "doc-" + i,
              (double) label,
              label == 0 ? 0.55 : 1.7 + random.nextInt(3) * 0.1,
              Vectors.dense(values).compressed()));
    }
    return rows;
  }

  private static Dataset<Row> data(List<Row> rows, int partitions) {
    return LocalSpark.session().createDataFrame(rows, SCHEMA).coalesce(partitions);
  }

  /** Rows of one class lie together, so that most partitions lack classes. */
  private static Dataset<Row> byLabel(List<Row> rows, int partitions) {
    return LocalSpark.session()
        .createDataFrame(rows, SCHEMA)
        .repartitionByRange(partitions, org.apache.spark.sql.functions.col("label"));
  }

  private static SparseRandomForest forest(String plan) {
    SparseRandomForest forest = new SparseRandomForest("forest");
    forest.set(forest.numTrees(), 10);
    forest.set(forest.maxDepth(), 9);
    forest.set(forest.weightCol(), "weight");
    forest.set(forest.idCol(), "id");
    forest.set(forest.plan(), plan);
    forest.set(forest.subtreeRows(), 60L);
    return forest;
  }

  private static DeepForest grown(
      String plan, Dataset<Row> data, Consumer<SparseRandomForest> settings) {
    SparseRandomForest forest = forest(plan);
    settings.accept(forest);
    return forest.grow(data);
  }

  private static String digest(DeepForest forest) {
    return ForestDigest.of(forest.model());
  }

  private static void assertSame(Consumer<SparseRandomForest> settings) {
    DeepForest local = grown("local", data(rows(), 2), settings);
    DeepForest distributed = grown("distributed", data(rows(), 3), settings);

    assertThat(local.plan().kind()).isEqualTo(ForestPlan.Kind.LOCAL_TREES);
    assertThat(distributed.plan().kind()).isEqualTo(ForestPlan.Kind.DISTRIBUTED_LEVELS);
    assertThat(local.model().totalNumNodes()).isGreaterThan(3 * local.numTrees());
    assertThat(digest(distributed)).isEqualTo(digest(local));
    if (local.outOfBag().isPresent()) {
      assertThat(distributed.outOfBag().orElseThrow().confusion())
          .isDeepEqualTo(local.outOfBag().orElseThrow().confusion());
    }
    assertThat(distributed.outOfBag().isPresent()).isEqualTo(local.outOfBag().isPresent());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void anyPartitioningGivesTheForestOfTheLocalPlan(int partitions) {
    List<Row> shuffled = new ArrayList<>(rows());
    Collections.shuffle(shuffled, new Random(partitions));
    String expected = digest(grown("local", data(rows(), 2), forest -> {}));

    assertThat(digest(grown("distributed", data(shuffled, partitions), forest -> {})))
        .isEqualTo(expected);
    assertThat(digest(grown("distributed", byLabel(rows(), partitions), forest -> {})))
        .isEqualTo(expected);
  }

  @Test
  void limitsOfNodesAreKept() {
    assertSame(
        forest -> {
          forest.set(forest.minInstancesPerNode(), 7);
          forest.set(forest.minWeightFractionPerNode(), 0.02);
          forest.set(forest.minInfoGain(), 0.003);
        });
  }

  @Test
  void allFeaturesManyBinsAndEntropy() {
    assertSame(
        forest -> {
          forest.set(forest.featureSubsetStrategy(), "all");
          forest.set(forest.maxBins(), 300);
          forest.set(forest.impurity(), "entropy");
          forest.set(forest.numTrees(), 3);
        });
  }

  @Test
  void fewBinsWithoutReplacementToTheLastRow() {
    assertSame(
        forest -> {
          forest.set(forest.maxBins(), 3);
          forest.set(forest.bootstrap(), false);
          forest.set(forest.subsamplingRate(), 0.7);
          forest.set(forest.subtreeRows(), 1L);
          forest.set(forest.maxDepth(), 30);
        });
  }

  @Test
  void drawnCutsInDeepTrees() {
    assertSame(
        forest -> {
          forest.set(forest.splitter(), "random");
          forest.set(forest.bootstrap(), false);
          forest.set(forest.featureSubsetStrategy(), "2");
          forest.set(forest.subtreeRows(), 1L);
          forest.set(forest.maxDepth(), 200);
        });
  }

  @Test
  void nodesThatDrawFeaturesAgain() {
    Consumer<SparseRandomForest> once =
        forest -> {
          forest.set(forest.featureSubsetStrategy(), "1");
          forest.set(forest.subtreeRows(), 1L);
          forest.set(forest.maxDepth(), 12);
        };
    Consumer<SparseRandomForest> again = forest -> forest.set(forest.featureDraws(), 5);

    assertSame(once.andThen(again));
    assertThat(nodes("distributed", once.andThen(again)))
        .isGreaterThan(nodes("distributed", once) * 11 / 10);
  }

  private static int nodes(String plan, Consumer<SparseRandomForest> settings) {
    return grown(plan, data(rows(), 2), settings).model().totalNumNodes();
  }

  @Test
  void rowsWithoutIdsThatRepeat() {
    List<Row> repeated = new ArrayList<>(rows());
    repeated.addAll(rows().subList(0, 150));
    Consumer<SparseRandomForest> byContent = forest -> forest.clear(forest.idCol());
    String expected = digest(grown("local", data(repeated, 2), byContent));
    Collections.shuffle(repeated, new Random(3));

    assertThat(digest(grown("distributed", data(repeated, 4), byContent))).isEqualTo(expected);
    assertThatThrownBy(() -> grown("distributed", data(repeated, 4), forest -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idCol must tell rows apart");
  }

  @Test
  void jobsAreCountedByLevelsAndPassesNotByTrees() throws TimeoutException {
    assertThat(jobs(forest -> forest.set(forest.numTrees(), 12)))
        .isEqualTo(jobs(forest -> forest.set(forest.numTrees(), 2)))
        .isBetween(8, 20);
    // so little memory that each tree is a pass of its own
    Consumer<SparseRandomForest> poor = forest -> forest.set(forest.executorShare(), 1e-6);
    DeepForest forest = grown("distributed", data(rows(), 2), poor);
    assertThat(forest.plan().treesPerPass()).isEqualTo(1);
    assertThat(forest.plan().describe()).contains("trees that grow together: 1;");
    assertThat(digest(forest)).isEqualTo(digest(grown("local", data(rows(), 2), poor)));
  }

  private static int jobs(Consumer<SparseRandomForest> settings) throws TimeoutException {
    SparkSession spark = LocalSpark.session();
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    Dataset<Row> data = data(rows(), 2);
    spark.sparkContext().addSparkListener(counter);
    try {
      grown("distributed", data, settings);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(counter);
    }
    return jobs.get();
  }

  @Test
  void smallSetsMoveWhole() {
    assertSame(forest -> forest.set(forest.subtreeRows(), 0L));
  }
}
