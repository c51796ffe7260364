package org.medroute.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.compiled.CompiledScorer;
import org.medroute.compiled.TextScorer;
import org.medroute.config.FeatureSettings;
import org.medroute.config.LinearSettings;
import org.medroute.feature.BucketTerms;
import org.medroute.feature.FeatureFitter;
import org.medroute.feature.FittedFeatures;
import org.medroute.feature.LinearTextModel;
import org.medroute.linear.DocumentTerms;
import org.medroute.linear.LinearClassifier;
import org.medroute.linear.LinearText;
import org.medroute.linear.LinearTrainingSet;
import org.medroute.linear.Sharpness;
import org.medroute.linear.Thesaurus;
import org.medroute.linear.TopicTexts;
import org.medroute.linear.Vote;
import org.medroute.testing.LocalSpark;
import org.medroute.text.TokenOptions;

/** A compiled pipeline gives what its stages give, bit for bit. */
class ModelCompilerIT {
  private static final List<String> CLASSES = List.of("Cardiology", "Dermatology", "Other");
  private static final String[] WORDS =
      ("heart atrial failure valve aortic skin rash eczema psoriasis acne bone tooth il-6 β-blocker"
              + " covid-19 patient trial dose over-the-counter 5-HT3 CO₂ cells")
          .split(" ");

  private static PipelineModel pipeline;
  private static Dataset<Row> training;
  private static List<String> texts;

  @BeforeAll
  static void fit() {
    texts = texts(240, 7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 180; i++) {
      rows.add(RowFactory.create(texts.get(i), (double) (i % 3), 0.3 + i % 7));
    }
    training =
        LocalSpark.session()
            .createDataFrame(
                rows,
                new StructType()
                    .add("text", DataTypes.StringType)
                    .add("label", DataTypes.DoubleType)
                    .add("weight", DataTypes.DoubleType));
    FittedFeatures features =
        new FeatureFitter(new FeatureSettings(1 << 10, 2, 2, List.of("dose"), 120, 2))
            .fit(training, 3);
    RandomForestClassificationModel forest =
        new RandomForestClassifier("forest")
            .setNumTrees(40)
            .setMaxDepth(12)
            .setWeightCol("weight")
            .setSeed(1)
            .fit(features.transform(training));
    pipeline = pipeline(features.stages(), forest);
  }

  private static PipelineModel pipeline(
      List<Transformer> features, RandomForestClassificationModel forest) {
    List<Transformer> stages = new ArrayList<>(features);
    stages.add(forest);
    stages.add(
        new IndexToString("specialty")
            .setInputCol("prediction")
            .setOutputCol("predicted_label")
            .setLabels(CLASSES.toArray(String[]::new)));
    return new PipelineModel("pipeline", stages);
  }

  /** Words of three topics, mixed, so that the trees grow deep and leaves are not pure. */
  private static List<String> texts(int number, long seed) {
    Random random = new Random(seed);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      StringBuilder text = new StringBuilder();
      int topic = i % 3;
      int size = i % 40 == 39 ? 0 : 3 + random.nextInt(25);
      for (int w = 0; w < size; w++) {
        int word = random.nextInt(3) == 0 ? topic * 5 + random.nextInt(5) : random.nextInt(22);
        text.append(WORDS[word]).append(random.nextInt(9) == 0 ? ". " : " ");
      }
      all.add(text.toString());
    }
    return all;
  }

  private static CompiledScorer compiled(PipelineModel stages) {
    return ModelCompiler.compile(
        stages,
        new CompiledScorer.Description("t", "t-1", "ab".repeat(32), CLASSES, "{}", "{}"),
        Map.of(3, List.of("heart", "skin")));
  }

  private static double[][] probabilities(PipelineModel stages) {
    return LocalSpark.session()
        .createDataset(texts, Encoders.STRING())
        .toDF("text")
        .coalesce(1)
        .transform(stages::transform)
        .select("probability")
        .collectAsList()
        .stream()
        .map(row -> ((Vector) row.get(0)).toArray())
        .toArray(double[][]::new);
  }

  private static void assertSame(CompiledScorer compiled, PipelineModel stages) {
    TextScorer scorer = compiled.textScorer();
    double[][] expected = probabilities(stages);
    double[] actual = new double[CLASSES.size()];
    for (int i = 0; i < texts.size(); i++) {
      scorer.probabilities(texts.get(i), actual);
      assertThat(actual).as(texts.get(i)).containsExactly(expected[i]); // raw bits
    }
  }

  @Test
  void probabilitiesAreThoseOfTheStagesBitForBit() {
    assertSame(compiled(pipeline), pipeline);
  }

  @Test
  void linearClassifierAloneAndWithAForestGivesWhatItsStagesGive(@TempDir Path directory)
      throws IOException {
    LinearTrainingSet set =
        TopicTexts.trainingSet(texts, TopicTexts.settings(LinearSettings.Learner.NB_SVM, 0.3));
    LinearText model = LinearText.of(set, TopicTexts.fits(set));
    LinearClassifier alone = LinearClassifier.of(model, vote(new double[0]));
    LinearClassifier hearing = LinearClassifier.of(model, vote(new double[] {0.4, 0.5, 0.6}));
    List<Transformer> both = new ArrayList<>(List.of(pipeline.stages()).subList(0, 4));
    both.add(
        ((RandomForestClassificationModel) pipeline.stages()[4].copy(new ParamMap()))
            .setProbabilityCol("forest_probability")
            .setPredictionCol("forest_prediction")
            .setRawPredictionCol("forest_votes"));
    both.add(LinearTextModel.of("linear", hearing).setForestCol("forest_probability"));
    both.add(pipeline.stages()[5]);
    List<PipelineModel> models =
        List.of(
            new PipelineModel(
                "alone", List.of(LinearTextModel.of("linear", alone), pipeline.stages()[5])),
            new PipelineModel("both", both));
    for (PipelineModel stages : models) {
      assertSame(compiled(stages), stages);
      assertSame(CompiledScorer.read(compiled(stages).toBytes(), "here"), stages);

      String saved = directory.resolve(stages.uid()).toString();
      stages.write().save(saved);
      PipelineModel loaded = PipelineModel.load(saved);
      assertThat(ModelDigest.of(loaded, List.of())).isEqualTo(ModelDigest.of(stages, List.of()));
      assertSame(compiled(loaded), stages);
    }
    assertThat(ModelDigest.of(models.get(0), List.of()))
        .isNotEqualTo(ModelDigest.of(models.get(1), List.of()));
  }

  /** Words of headings and concepts, by the forest alone, and beside linear models of all kinds. */
  @Test
  void furtherTermsAreThoseOfTheStages(@TempDir Path directory) throws IOException {
    TokenOptions options = TokenOptions.of(2, 1, List.of());
    TreeMap<String, List<String>> names = new TreeMap<>();
    for (int word = 0; word < WORDS.length; word++) {
      names.put(WORDS[word], List.of("C" + (10 + word % 3) + "." + (100 + word)));
    }
    names.put(WORDS[0] + " " + WORDS[1], List.of("C10.500"));
    DocumentTerms further = DocumentTerms.of(true, names, options);
    Dataset<Row> headed =
        LocalSpark.session()
            .createDataFrame(
                texts.stream()
                    .map(
                        text ->
                            RowFactory.create(
                                text.replaceFirst(" ", "\n"), text.length() % 3 + 0.0, 1.0))
                    .toList(),
                training.schema());
    FittedFeatures features =
        new FeatureFitter(new FeatureSettings(1 << 10, 1, 2, List.of(), 200, 1), further)
            .fit(headed, 3);
    assertThat(BucketTerms.of(headed, features).byBucket().values())
        .flatExtracting(terms -> terms)
        .extracting(BucketTerms.Term::text)
        .contains("mesh:C10", "title:" + WORDS[0]);
    RandomForestClassificationModel forest =
        new RandomForestClassifier("forest")
            .setNumTrees(20)
            .setMaxDepth(10)
            .setSeed(1)
            .fit(features.transform(headed));
    List<String> kept = texts;
    texts = headed.select("text").as(Encoders.STRING()).collectAsList();
    try {
      PipelineModel alone = pipeline(features.stages(), forest);
      assertSame(CompiledScorer.read(compiled(alone).toBytes(), "here"), alone);
      Map<Integer, List<String>> named = new TreeMap<>();
      BucketTerms terms = BucketTerms.of(headed, features);
      for (int feature = 0; feature < terms.size(); feature++) {
        named.put(feature, terms.terms(feature).stream().map(BucketTerms.Term::text).toList());
      }
      assertThat(evidence(alone, named)).anyMatch(term -> term.startsWith("mesh:C1"));
      assertThat(evidence(alone, named)).anyMatch(term -> term.startsWith("title:"));
      assertThat(evidence(alone, Map.of())).anyMatch(term -> term.startsWith("#"));
      for (Thesaurus beside : List.of(Thesaurus.EMPTY, further.thesaurus())) {
        LinearTrainingSet set =
            TopicTexts.trainingSet(
                texts, beside, TopicTexts.settings(LinearSettings.Learner.NB_SVM, 0.3));
        LinearClassifier linear =
            LinearClassifier.of(
                LinearText.of(set, TopicTexts.fits(set)), vote(new double[] {0.4, 0.5, 0.6}));
        PipelineModel both = hearing(features, forest, linear);
        assertSame(compiled(both), both);
        assertSame(CompiledScorer.read(compiled(both).toBytes(), "here"), both);
        String saved = directory.resolve("both" + beside.size()).toString();
        both.write().save(saved);
        PipelineModel loaded = PipelineModel.load(saved);
        assertThat(ModelDigest.of(loaded, List.of())).isEqualTo(ModelDigest.of(both, List.of()));
        assertSame(compiled(loaded), both);
      }
    } finally {
      texts = kept;
    }
  }

  /** The terms of the evidence of all texts. */
  private static Set<String> evidence(PipelineModel stages, Map<Integer, List<String>> terms) {
    TextScorer scorer =
        ModelCompiler.compile(
                stages,
                new CompiledScorer.Description("t", "t-1", "ab".repeat(32), CLASSES, "{}", "{}"),
                terms)
            .textScorer();
    Set<String> found = new TreeSet<>();
    for (String text : texts) {
      scorer.probabilities(text, new double[3]);
      scorer.evidence(0, 5).forEach(evidence -> found.add(evidence.term()));
    }
    return found;
  }

  private static PipelineModel hearing(
      FittedFeatures features, RandomForestClassificationModel forest, LinearClassifier linear) {
    List<Transformer> stages = new ArrayList<>(features.stages());
    stages.add(
        forest
            .copy(new ParamMap())
            .setProbabilityCol("forest_probability")
            .setPredictionCol("forest_prediction")
            .setRawPredictionCol("forest_votes"));
    stages.add(LinearTextModel.of("linear", linear).setForestCol("forest_probability"));
    stages.add(pipeline.stages()[5]);
    return new PipelineModel("both", stages);
  }

  private static Vote vote(double[] shares) {
    return new Vote(
        new double[] {2, 2.5, 3},
        shares,
        new double[] {0.1, 0, -0.1},
        new Sharpness(0.1, -0.2, -0.3, -1, 0.8));
  }

  @Test
  void fileHoldsTheWholeScorer() {
    byte[] bytes = compiled(pipeline).toBytes();

    CompiledScorer read = CompiledScorer.read(bytes, "here");

    assertSame(read, pipeline);
    assertThat(read.description()).isEqualTo(compiled(pipeline).description());
    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(compiled(pipeline).toBytes()).isEqualTo(bytes);
  }

  @Test
  void countsPresenceWhereTheHashingStageDoes() {
    Transformer[] stages = pipeline.stages().clone();
    PipelineModel binary =
        new PipelineModel(
            "binary",
            List.of(
                stages[0],
                ((HashingTF) stages[1].copy(org.apache.spark.ml.param.ParamMap.empty()))
                    .setBinary(true),
                stages[2],
                stages[3],
                stages[4],
                stages[5]));
    assertSame(compiled(binary), binary);
    assertThat(probabilities(binary)).isNotEqualTo(probabilities(pipeline));
  }

  @Test
  void otherStagesAreRefusedByName() {
    Transformer[] stages = pipeline.stages();
    assertThatThrownBy(
            () -> compiled(new PipelineModel("short", List.of(stages[0], stages[1], stages[4]))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "BiomedicalTokens, HashingTF, RandomForestClassificationModel cannot be compiled");
  }

  @Test
  void thresholdsAreRefused() {
    RandomForestClassificationModel forest =
        (RandomForestClassificationModel)
            pipeline.stages()[4].copy(org.apache.spark.ml.param.ParamMap.empty());
    forest.setThresholds(new double[] {0.5, 0.4, 0.1});
    assertThatThrownBy(() -> HeadCompiler.compile(forest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("thresholds");
  }
}
