package org.medroute.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.LeafNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.medroute.testing.LocalSpark;

/** Rows of none of the classes part nodes, and no leaf votes for them. */
class BackgroundIT {
  private static final int CLASSES = 3;
  private static final int FEATURES = 40;
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType());

  /** Feature 9 marks the background; the others mark a class each, now and then another's. */
  private static List<Row> rows(int background) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300 + background; i++) {
      int label = i < 300 ? i % CLASSES : CLASSES;
      double[] values = new double[FEATURES];
      values[label == CLASSES ? 9 : label] = 1 + random.nextInt(3);
      if (random.nextInt(4) == 0) {
        values[random.nextInt(CLASSES)] = 1;
      }
      values[10 + random.nextInt(FEATURES - 10)] = 1;
      rows.add(
          RowFactory.create(
              "doc-" + i,
              (double) label,
              label == CLASSES ? 0.5 : 1.0,
              Vectors.dense(values).compressed()));
    }
    return rows;
  }

  private static Dataset<Row> data(List<Row> rows, int partitions) {
    Dataset<Row> all = LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
    return all.withColumn(
        "label",
        all.col("label")
            .as(
                "label",
                NominalAttribute.defaultAttr()
                    .withValues(new String[] {"a", "b", "c"})
                    .toMetadata()));
  }

  private static SparseRandomForest forest(String plan) {
    SparseRandomForest forest = new SparseRandomForest("forest");
    forest.set(forest.numTrees(), 12);
    forest.set(forest.maxDepth(), 12);
    forest.set(forest.weightCol(), "weight");
    forest.set(forest.idCol(), "id");
    forest.set(forest.plan(), plan);
    forest.set(forest.subtreeRows(), 40L);
    forest.set(forest.background(), true);
    return forest;
  }

  @Test
  void theModelKnowsTheClassesAlone() {
    DeepForest grown = forest("local").grow(data(rows(400), 2));
    RandomForestClassificationModel model = grown.model();

    assertThat(model.numClasses()).isEqualTo(CLASSES);
    for (DecisionTreeClassificationModel tree : model.trees()) {
      requireVotes(tree.rootNode());
    }
    assertThat(grown.classCounts()).containsExactly(100L, 100L, 100L);
    OutOfBag bag = grown.outOfBag().orElseThrow();
    assertThat(bag.confusion()).hasDimensions(CLASSES, CLASSES);
    assertThat(bag.voted() + bag.unvoted()).isEqualTo(300);
  }

  private static void requireVotes(Node node) {
    if (node instanceof InternalNode inner) {
      requireVotes(inner.leftChild());
      requireVotes(inner.rightChild());
    } else {
      double[] stats = ((LeafNode) node).impurityStats().stats();
      assertThat(stats).hasSize(CLASSES);
      assertThat(Arrays.stream(stats).sum()).isPositive();
    }
  }

  @Test
  void documentsLikeTheBackgroundAreLessSureOfAClass() {
    double[] odd = new double[FEATURES];
    odd[9] = 2;
    odd[1] = 1;
    Vector document = Vectors.dense(odd);
    double without = sure(forest("local").grow(data(rows(0), 2)).model(), document);
    double with = sure(forest("local").grow(data(rows(400), 2)).model(), document);

    assertThat(with).isLessThan(without - 0.1);
  }

  private static double sure(RandomForestClassificationModel model, Vector document) {
    return Arrays.stream(model.predictProbability(document).toArray()).max().orElseThrow();
  }

  @Test
  void bothPlansAndAnyPartitioningGiveOneForest() {
    String expected = ForestDigest.of(forest("local").grow(data(rows(200), 2)).model());
    for (int partitions : new int[] {1, 2, 8}) {
      DeepForest distributed = forest("distributed").grow(data(rows(200), partitions));
      assertThat(distributed.plan().kind()).isEqualTo(ForestPlan.Kind.DISTRIBUTED_LEVELS);
      assertThat(ForestDigest.of(distributed.model())).isEqualTo(expected);
    }
    assertThat(ForestDigest.of(forest("local").grow(data(rows(0), 2)).model()))
        .isNotEqualTo(expected);
  }

  @Test
  void whatIsCutFromItIsWhatAFitWouldGive() {
    Dataset<Row> data = data(rows(200), 2);
    DeepForest grown = forest("local").grow(data);
    SparseRandomForest small = forest("local");
    small.set(small.numTrees(), 5);
    small.set(small.maxDepth(), 2);

    RandomForestClassificationModel cut = grown.cut(5, 2);
    assertThat(ForestDigest.of(cut)).isEqualTo(ForestDigest.of(small.grow(data).model()));
    try (CutScorer scorer = grown.scorer(LocalSpark.session(), List.of(new CutScorer.Cut(5, 2)))) {
      for (Row row :
          scorer.score(data, "features", List.of("features"), "cut", "shares").collectAsList()) {
        double[] expected = cut.predictProbability(row.getAs(0)).toArray();
        List<Double> shares = row.getList(2);
        for (int c = 0; c < CLASSES; c++) {
          assertThat(shares.get(c)).isEqualTo(expected[c], within(1e-12));
        }
      }
    }
  }

  @Test
  void labelsThatAreNeitherAreRefused() {
    SparseRandomForest deaf = forest("local");
    deaf.set(deaf.background(), false);
    assertThatThrownBy(() -> deaf.grow(data(rows(5), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("states 3 classes, but holds the label 3");
    Dataset<Row> bare = LocalSpark.session().createDataFrame(rows(5), SCHEMA);
    assertThatThrownBy(() -> forest("local").grow(bare))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("background")
        .hasMessageContaining("number of classes");
  }
}
