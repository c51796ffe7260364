package org.medroute.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.testing.LocalSpark;

class SparseRandomForestIT {
  private static final int FEATURES = 60;
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType());

  /** Three classes, each with words of its own among noise; some negative values. */
  private static List<Row> rows(int size) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int label = random.nextInt(10) < 6 ? 0 : 1 + random.nextInt(2);
      double[] values = new double[FEATURES];
      for (int j = 0; j < 6; j++) {
        values[random.nextInt(FEATURES)] = (1 + random.nextInt(3)) * 1.25;
      }
      values[3 + 10 * label + random.nextInt(4)] = random.nextInt(5) == 0 ? -1 : 2.5;
      rows.add(
          RowFactory.create(
              "doc-" + i,
              (double) label,
              label == 0 ? 0.55 : 1.7,
              Vectors.dense(values).compressed()));
    }
    return rows;
  }

  private static Dataset<Row> data(List<Row> rows, int partitions) {
    return LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static SparseRandomForest forest() {
    SparseRandomForest forest = new SparseRandomForest("forest");
    forest.set(forest.numTrees(), 12);
    forest.set(forest.maxDepth(), 8);
    forest.set(forest.weightCol(), "weight");
    forest.set(forest.idCol(), "id");
    return forest;
  }

  private static String digest(SparseRandomForest forest, List<Row> rows, int partitions) {
    return ForestDigest.of(forest.fit(data(rows, partitions)));
  }

  @Test
  void modelDoesNotDependOnPartitionsOrOrder() {
    List<Row> rows = rows(500);
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(1));
    String expected = digest(forest(), rows, 1);

    assertThat(digest(forest(), rows, 2)).isEqualTo(expected);
    assertThat(digest(forest(), shuffled, 8)).isEqualTo(expected);

    SparseRandomForest byContent = forest();
    byContent.clear(byContent.idCol());
    List<Row> repeated = new ArrayList<>(rows);
    repeated.addAll(rows.subList(0, 100));
    List<Row> repeatedShuffled = new ArrayList<>(repeated);
    Collections.shuffle(repeatedShuffled, new Random(2));
    String content = digest(byContent, repeated, 1);
    assertThat(content).isNotEqualTo(expected);
    assertThat(digest(byContent, repeatedShuffled, 8)).isEqualTo(content);
  }

  @Test
  void anotherSeedIsAnotherModel() {
    List<Row> rows = rows(300);
    SparseRandomForest other = forest();
    other.set(other.seed(), 43L);

    assertThat(digest(other, rows, 2)).isNotEqualTo(digest(forest(), rows, 2));
  }

  /** Every row has a feature of its own, so that a tree is a chain that parts one row a level. */
  @Test
  void treeDeeperThanMllibGrowsIsStillItsModel(@TempDir Path directory) throws Exception {
    int size = 150;
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Vector features = Vectors.sparse(size, new int[] {i}, new double[] {1 + i % 3});
      rows.add(RowFactory.create("r" + i, (double) (i % 2), 1.0, features));
    }
    SparseRandomForest forest = forest();
    forest.set(forest.numTrees(), 3);
    forest.set(forest.maxDepth(), 1000);
    forest.set(forest.bootstrap(), false);
    forest.set(forest.splitter(), "random");
    forest.set(forest.featureSubsetStrategy(), "all");
    RandomForestClassificationModel before = forest.fit(data(rows, 2));
    String path = directory.resolve("deep").toString();
    before.write().overwrite().save(path);
    RandomForestClassificationModel after = RandomForestClassificationModel.load(path);

    assertThat(before.trees()[0].depth()).isGreaterThan(62);
    assertThat(before.getMaxDepth()).isEqualTo(30);
    assertThat(ForestDigest.of(after)).isEqualTo(ForestDigest.of(before));
    assertThat(after.transform(data(rows, 1)).where("prediction <> label").count()).isZero();
  }

  @Test
  void modelScoresSavesAndLoadsAsMllibs(@TempDir Path directory) throws Exception {
    Dataset<Row> data = data(rows(500), 2);
    SparseRandomForest forest = forest();
    forest.set(forest.leafCol(), "leaves");
    PipelineModel fitted = new Pipeline().setStages(new PipelineStage[] {forest}).fit(data);
    String path = directory.resolve("model").toString();
    fitted.write().overwrite().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    RandomForestClassificationModel before = (RandomForestClassificationModel) fitted.stages()[0];
    RandomForestClassificationModel after = (RandomForestClassificationModel) loaded.stages()[0];

    assertThat(ForestDigest.of(after)).isEqualTo(ForestDigest.of(before));
    assertThat(after.uid()).isEqualTo("forest");
    assertThat(after.getMaxDepth()).isEqualTo(8);
    assertThat(after.getNumTrees()).isEqualTo(12);
    assertThat(after.getWeightCol()).isEqualTo("weight");
    assertThat(before.parent().uid()).isEqualTo("forest");
    List<Row> scored =
        loaded
            .transform(data)
            .select("label", "prediction", "probability", "leaves")
            .collectAsList();
    long right = scored.stream().filter(row -> row.getDouble(0) == row.getDouble(1)).count();
    assertThat(right).isGreaterThan(400);
    assertThat(Arrays.stream(scored.get(0).<Vector>getAs(2).toArray()).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(scored.get(0).<Vector>getAs(3).size()).isEqualTo(12);
    double[] importances = after.featureImportances().toArray();
    assertThat(Arrays.stream(importances).sum()).isCloseTo(1, within(1e-9));
    assertThat(importances[23]).isGreaterThan(importances[50]);
  }

  @Test
  void savesAndLoadsItself(@TempDir Path directory) throws Exception {
    SparseRandomForest forest = forest();
    forest.set(forest.prune(), true);
    forest.set(forest.impurity(), "entropy");
    String path = directory.resolve("estimator").toString();
    forest.write().save(path);
    SparseRandomForest loaded = SparseRandomForest.load(path);

    assertThat(loaded.uid()).isEqualTo("forest");
    assertThat(loaded.explainParams()).isEqualTo(forest.explainParams());
  }

  @Test
  void cutForestsAreThoseOfSeparateFits() {
    List<Row> rows = rows(400);
    DeepForest deep = forest().grow(data(rows, 2));
    for (int trees : new int[] {2, 5, 12}) {
      for (int depth : new int[] {0, 3, 8}) {
        SparseRandomForest single = forest();
        single.set(single.numTrees(), trees);
        single.set(single.maxDepth(), depth);
        RandomForestClassificationModel cut = deep.cut(trees, depth);
        assertThat(ForestDigest.of(cut)).isEqualTo(digest(single, rows, 3));
        assertThat(cut.getMaxDepth()).isEqualTo(depth);
      }
    }
    assertThatThrownBy(() -> deep.cut(1, 3)).hasMessageContaining("featureSubsetStrategy = auto");
    assertThatThrownBy(() -> deep.cut(13, 3)).hasMessageContaining("12 trees of depth 8");
  }

  @Test
  void cutsAreScoredAtOnceWithTheProbabilitiesOfTheirModels() {
    List<Row> rows = rows(300);
    DeepForest deep = forest().grow(data(rows, 2));
    List<CutScorer.Cut> cuts =
        List.of(
            new CutScorer.Cut(12, 3),
            new CutScorer.Cut(2, 8),
            new CutScorer.Cut(12, 8),
            new CutScorer.Cut(5, 0));
    Dataset<Row> unseen = data(rows(350).subList(250, 350), 3);
    try (CutScorer scorer = deep.scorer(LocalSpark.session(), cuts)) {
      Dataset<Row> scored =
          scorer.score(unseen, "features", List.of("id", "label"), "cut", "shares").cache();
      assertThat(scored.count()).isEqualTo(400);
      for (int i = 0; i < cuts.size(); i++) {
        Dataset<Row> expected =
            deep.cut(cuts.get(i).numTrees(), cuts.get(i).maxDepth())
                .transform(unseen)
                .select(
                    functions.col("id"),
                    functions.col("label"),
                    org.apache.spark.ml.functions.vector_to_array(
                        functions.col("probability"), "float64"));
        assertThat(
                scored
                    .where(functions.col("cut").equalTo(i))
                    .select("id", "label", "shares")
                    .orderBy("id")
                    .collectAsList())
            .isEqualTo(expected.orderBy("id").collectAsList());
      }
      scored.unpersist();
    }
    assertThatThrownBy(() -> deep.scorer(LocalSpark.session(), List.of(new CutScorer.Cut(12, 9))))
        .hasMessageContaining("asked for 12 of depth 9");
  }

  @Test
  void oneBinningServesForestsOfOtherLimits() {
    List<Row> rows = rows(300);
    try (BinnedTraining binned = forest().bin(data(rows, 2))) {
      SparseRandomForest other = forest();
      other.set(other.minInstancesPerNode(), 4);
      other.set(other.featureSubsetStrategy(), "all");
      other.set(other.seed(), 7L);
      assertThat(ForestDigest.of(binned.grow(other).model())).isEqualTo(digest(other, rows, 3));
      SparseRandomForest fewBins = forest();
      fewBins.set(fewBins.maxBins(), 4);
      assertThatThrownBy(() -> binned.grow(fewBins))
          .hasMessage("maxBins is part of the binned set: it was 32, asked for 4");
    }
  }

  @Test
  void outOfBagErrorIsNearTheErrorOnNewRows() {
    List<Row> all = rows(900);
    SparseRandomForest forest = forest();
    forest.set(forest.numTrees(), 40);
    ForestFit fit = forest.train(data(all.subList(0, 600), 3));
    List<Row> scored =
        fit.model()
            .transform(data(all.subList(600, 900), 2))
            .select("label", "prediction")
            .collectAsList();
    double error =
        scored.stream().filter(row -> row.getDouble(0) != row.getDouble(1)).count() / 300.0;
    OutOfBag outOfBag = fit.outOfBag().orElseThrow();

    assertThat(outOfBag.voted() + outOfBag.unvoted()).isEqualTo(600);
    assertThat(outOfBag.error()).isCloseTo(error, within(0.06));
    assertThat(fit.classCounts().stream().mapToLong(Long::longValue).sum()).isEqualTo(600);
    assertThat(fit.plan().kind()).isEqualTo(ForestPlan.Kind.LOCAL_TREES);

    SparseRandomForest whole = forest();
    whole.set(whole.bootstrap(), false);
    assertThat(whole.train(data(all.subList(0, 100), 1)).outOfBag()).isEmpty();
  }

  @Test
  void pruningMergesLeavesOfOneClassOnly() {
    List<Row> rows = rows(400);
    SparseRandomForest pruned = forest();
    pruned.set(pruned.prune(), true);
    RandomForestClassificationModel model = pruned.fit(data(rows, 2));
    RandomForestClassificationModel full = forest().fit(data(rows, 2));

    assertThat(model.totalNumNodes()).isLessThan(full.totalNumNodes());
    for (int t = 0; t < 12; t++) {
      for (Row row : rows.subList(0, 50)) {
        assertThat(model.trees()[t].predict(row.<Vector>getAs(3)))
            .isEqualTo(full.trees()[t].predict(row.<Vector>getAs(3)));
      }
    }
  }

  @Test
  void planSaysWhatItNeeds() {
    ForestPlan plan = forest().plan(data(rows(200), 2));

    assertThat(plan.rows()).isEqualTo(200);
    assertThat(plan.compactBytes()).isEqualTo(3 * plan.nonZeros() + 18 * 200);
    assertThat(plan.describe()).contains("local trees", "200 rows", "60 features", "3 classes");
  }

  @Test
  void refusesByName() {
    List<Row> rows = rows(20);
    SparseRandomForest forest = forest();
    assertThatThrownBy(() -> forest.set("maxMemoryInMB", 256))
        .hasMessageContaining("maxMemoryInMB");
    assertThatThrownBy(() -> forest.set(forest.impurity(), "variance"))
        .hasMessageContaining("impurity");
    assertThatThrownBy(() -> forest.set(forest.maxDepth(), 1001)).hasMessageContaining("maxDepth");
    assertThatThrownBy(() -> forest.set(forest.featureSubsetStrategy(), "half"))
        .hasMessageContaining("featureSubsetStrategy");
    assertThatThrownBy(() -> forest().fit(data(List.of(), 1)))
        .hasMessageContaining("no training rows");
    assertThatThrownBy(() -> forest().fit(data(rows, 1).withColumnRenamed("weight", "w")))
        .hasMessageContaining("weightCol weight is not among");
    assertThatThrownBy(
            () -> forest().fit(data(rows, 1).drop("features").withColumnRenamed("id", "features")))
        .hasMessageContaining("featuresCol features must hold a vector, is string");

    List<Row> twice = new ArrayList<>(rows);
    twice.add(rows.get(3));
    assertThatThrownBy(() -> forest().fit(data(twice, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idCol must tell rows apart, but 1 rows repeat");
    assertRefused(RowFactory.create("x", 0.5, 1.0, Vectors.zeros(FEATURES)), "found 0.5");
    assertRefused(RowFactory.create("x", -1.0, 1.0, Vectors.zeros(FEATURES)), "found -1.0");
    assertRefused(RowFactory.create("x", 0.0, -2.0, Vectors.zeros(FEATURES)), "weights >= 0");
    assertRefused(RowFactory.create(null, 0.0, 1.0, Vectors.zeros(FEATURES)), "idCol is null");
    assertRefused(RowFactory.create("x", 0.0, 1.0, Vectors.zeros(7)), "differ in size");
    assertRefused(
        RowFactory.create(
            "x", 0.0, 1.0, Vectors.sparse(FEATURES, new int[] {4}, new double[] {Double.NaN})),
        "NaN at index 4");

    SparseRandomForest thresholds = forest();
    thresholds.set(thresholds.thresholds(), new double[] {0.5, 0.5});
    assertThatThrownBy(() -> thresholds.fit(data(rows(100), 1)))
        .hasMessageContaining("one entry for each of 3 classes, has 2");

    Attribute[] attributes = new Attribute[FEATURES];
    Arrays.fill(attributes, NumericAttribute.defaultAttr());
    attributes[2] = NominalAttribute.defaultAttr();
    Dataset<Row> nominal =
        data(rows, 1)
            .withColumn(
                "features",
                functions
                    .col("features")
                    .as("features", new AttributeGroup("features", attributes).toMetadata()));
    assertThatThrownBy(() -> forest().fit(nominal))
        .hasMessageContaining("feature 2 is marked as nominal");
  }

  private static void assertRefused(Row bad, String message) {
    List<Row> rows = new ArrayList<>(rows(5));
    rows.add(bad);
    assertThatThrownBy(() -> forest().fit(data(rows, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
