package org.medroute.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medroute.compiled.CompiledScorer;
import org.medroute.compiled.TextScorer;
import org.medroute.config.BoostedTreesSettings;
import org.medroute.config.ClassSet;
import org.medroute.config.FeatureSettings;
import org.medroute.config.PerceptronSettings;
import org.medroute.feature.MarginProbabilities;
import org.medroute.linear.Link;
import org.medroute.linear.TopicTexts;
import org.medroute.testing.LocalSpark;

/** MLlib's boosted trees and perceptron as parts of a model. */
@Tag("gate")
class HeadFitterIT {
  private static final ClassSet CLASSES = ClassSet.closed(List.of("A", "B", "C"));
  private static final StructType SCHEMA =
      new StructType()
          .add("document_id", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType);

  private static List<Row> rows;
  private static TextFeatures features;

  private enum Learner {
    BOOSTED_TREES {
      @Override
      HeadFitter fitter() {
        return new BoostedTreesFitter(
            new BoostedTreesSettings(3, 3, 0.4, "onethird", 0.8, 2, 2, 7));
      }
    },
    PERCEPTRON {
      @Override
      HeadFitter fitter() {
        return perceptron(PerceptronSettings.Balance.REPEAT);
      }
    };

    abstract HeadFitter fitter();
  }

  private static HeadFitter perceptron(PerceptronSettings.Balance balance) {
    return new PerceptronFitter(new PerceptronSettings(5, 12, 1e-6, 32, balance, 7));
  }

  @BeforeAll
  static void fitFeatures() {
    rows = new ArrayList<>();
    List<String> texts = TopicTexts.make(150, 9);
    for (int i = 0; i < texts.size(); i++) {
      rows.add(RowFactory.create("d" + i, texts.get(i), (double) (i % 3), 1.0 + i % 2));
    }
    features =
        TextFeatures.fit(frame(rows, 2), 3, new FeatureSettings(1 << 10, 1, 2, List.of(), 60, 2));
  }

  private static Dataset<Row> frame(List<Row> of, int partitions) {
    return LocalSpark.session().createDataFrame(of, SCHEMA).repartition(partitions);
  }

  private static PipelineModel pipeline(HeadFitter fitter, Dataset<Row> frame) {
    return features.pipelineWith(fitter.fit(features.transform(frame), 3), CLASSES);
  }

  private static String digest(HeadFitter fitter, List<Row> of, int partitions) {
    return ModelDigest.of(pipeline(fitter, frame(of, partitions)), List.of());
  }

  @ParameterizedTest
  @EnumSource(Learner.class)
  void sameModelForAnyPartitioningAndOrder(Learner learner) {
    String one = digest(learner.fitter(), rows, 1);
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(4));
    assertThat(digest(learner.fitter(), shuffled, 5)).isEqualTo(one);
    assertThat(digest(learner.fitter(), rows.subList(0, 149), 1)).isNotEqualTo(one);
  }

  @Test
  void classesFittedOneByOneAreThoseFittedSideBySide() {
    HeadFitter alone =
        new BoostedTreesFitter(new BoostedTreesSettings(3, 3, 0.4, "onethird", 0.8, 2, 1, 7));
    assertThat(digest(alone, rows, 2)).isEqualTo(digest(Learner.BOOSTED_TREES.fitter(), rows, 2));
  }

  private static CompiledScorer compiled(PipelineModel stages) {
    return ModelCompiler.compile(
        stages,
        new CompiledScorer.Description("t", "t-1", "ab".repeat(32), CLASSES.names(), "{}", "{}"),
        Map.of());
  }

  private static List<Row> scored(PipelineModel stages) {
    return stages.transform(frame(rows, 2)).collectAsList();
  }

  @ParameterizedTest
  @EnumSource(Learner.class)
  void savedAndCompiledModelsScoreAsTheStagesDo(Learner learner, @TempDir Path directory)
      throws IOException {
    PipelineModel stages = pipeline(learner.fitter(), frame(rows, 2));
    List<Row> expected = scored(stages);
    String path = directory.resolve("stages").toString();
    stages.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);

    assertThat(ModelDigest.of(loaded, List.of())).isEqualTo(ModelDigest.of(stages, List.of()));
    assertThat(compiled(loaded).toBytes()).isEqualTo(compiled(stages).toBytes());
    TextScorer scorer = compiled(loaded).textScorer();
    double[] actual = new double[3];
    int right = 0;
    for (Row row : expected) {
      scorer.probabilities(row.getAs("text"), actual);
      double[] probabilities = row.<Vector>getAs("probability").toArray();
      assertThat(actual).as("%s", row).containsExactly(probabilities);
      assertThat(probabilities).containsExactly(independent(row, stages), within(1.6e-5));
      right += row.getAs("prediction").equals(row.getAs("label")) ? 1 : 0;
    }
    assertThat(right).as("right of 150").isGreaterThan(100);
    assertThat(scored(loaded)).isEqualTo(expected);
    assertRefusedWithAnotherLink(stages);
  }

  /** What MLlib's models say themselves of the row's features. */
  private static double[] independent(Row row, PipelineModel stages) {
    Vector vector = row.getAs("features");
    Transformer classifier = stages.stages()[4];
    if (classifier instanceof MultilayerPerceptronClassificationModel network) {
      return network.predictProbability(vector).toArray();
    }
    double[] shares = new double[3];
    double sum = 0;
    for (int label = 0; label < 3; label++) {
      GBTClassificationModel model =
          (GBTClassificationModel) ((OneVsRestModel) classifier).models()[label];
      shares[label] = model.predictProbability(vector).apply(1);
      sum += shares[label];
    }
    for (int label = 0; label < 3; label++) {
      shares[label] /= sum;
    }
    return shares;
  }

  @ParameterizedTest
  @EnumSource(Learner.class)
  void classThatAFoldLacksKeepsItsPlace(Learner learner) {
    List<Row> two = rows.stream().filter(row -> row.getDouble(2) != 1).toList();
    for (Row row : scored(pipeline(learner.fitter(), frame(two, 2)))) {
      double[] probabilities = row.<Vector>getAs("probability").toArray();
      assertThat(probabilities).hasSize(3);
      assertThat(probabilities[1]).isLessThan(probabilities[0] + probabilities[2]);
    }
  }

  /** Weight 2 is every other document, of whichever class: copies of those, and no others. */
  @Test
  void perceptronRepeatsRowsByTheirWeights() {
    List<Row> copies = new ArrayList<>();
    for (Row row : rows) {
      for (int copy = 0; copy < row.getDouble(3); copy++) {
        copies.add(row);
      }
    }
    assertThat(digest(Learner.PERCEPTRON.fitter(), rows, 2))
        .isEqualTo(digest(perceptron(PerceptronSettings.Balance.NONE), copies, 2))
        .isNotEqualTo(digest(perceptron(PerceptronSettings.Balance.NONE), rows, 2));
  }

  private static void assertRefusedWithAnotherLink(PipelineModel fitted) {
    Transformer[] stages = fitted.stages().clone();
    MarginProbabilities margins = (MarginProbabilities) stages[5];
    stages[5] =
        margins
            .copy(new org.apache.spark.ml.param.ParamMap())
            .setLink(margins.linkValue() == Link.SOFTMAX ? Link.ONE_VS_REST : Link.SOFTMAX);
    assertThatThrownBy(() -> compiled(new PipelineModel("other", List.of(stages))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Stage probabilities has the link");
  }
}
