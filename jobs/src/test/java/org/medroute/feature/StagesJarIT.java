package org.medroute.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.FeatureSettings;
import org.medroute.linear.DocumentTerms;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.PlainSpark;
import org.medroute.testing.PlainSparkScoring;
import org.medroute.text.TokenOptions;

/** A saved pipeline needs nothing but Spark and the small stages jar. */
class StagesJarIT {
  @TempDir Path directory;

  @Test
  void plainSparkLoadsAndScoresASavedPipeline() throws Exception {
    SparkSession spark = LocalSpark.session();
    Dataset<Row> training =
        spark.createDataFrame(
            rows(),
            new StructType().add("text", DataTypes.StringType).add("label", DataTypes.DoubleType));
    String pipeline = directory.resolve("pipeline").toString();
    fit(training).save(pipeline);
    String texts = directory.resolve("texts").toString();
    training.select("text").coalesce(1).write().json(texts);
    List<String> expected =
        PlainSparkScoring.score(PipelineModel.load(pipeline), spark.read().json(texts).coalesce(1));

    assertThat(new PlainSpark(directory).score(pipeline, texts))
        .hasSize(rows().size())
        .isEqualTo(expected);
    assertThat(expected).anyMatch(line -> line.startsWith("Cardiology "));
    assertThat(expected).anyMatch(line -> line.startsWith("Dermatology "));
  }

  private static PipelineModel fit(Dataset<Row> training) {
    FittedFeatures features =
        new FeatureFitter(
                new FeatureSettings(1 << 12, 2, 2, List.of(), 100, 2),
                DocumentTerms.of(
                    true,
                    new TreeMap<>(Map.of("Heart Failure", List.of("C14.280.434"))),
                    TokenOptions.defaults()))
            .fit(training, 2);
    List<Transformer> stages = new ArrayList<>(features.stages());
    stages.add(
        new RandomForestClassifier("forest")
            .setNumTrees(5)
            .setMaxDepth(4)
            .setSeed(1)
            .fit(features.transform(training)));
    stages.add(
        new IndexToString("specialty")
            .setInputCol("prediction")
            .setOutputCol("predicted_label")
            .setLabels(new String[] {"Cardiology", "Dermatology"}));
    return new PipelineModel("pipeline", stages.toArray(Transformer[]::new));
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      rows.add(
          RowFactory.create(
              "β-blocker in heart failure of " + i + " patients, il-6 " + word(i), 0.0));
      rows.add(RowFactory.create("Atopic dermatitis: " + word(i) + " skin rash. TNF-α", 1.0));
    }
    return rows;
  }

  private static String word(int i) {
    return List.of("severe", "mild", "chronic", "heart", "skin").get(i % 5);
  }
}
