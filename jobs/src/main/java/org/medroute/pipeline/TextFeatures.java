package org.medroute.pipeline;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ClassSet;
import org.medroute.config.FeatureSettings;
import org.medroute.feature.BucketTerms;
import org.medroute.feature.FeatureFitter;
import org.medroute.feature.FittedFeatures;
import org.medroute.feature.LinearTextModel;
import org.medroute.feature.SelectionReport;
import org.medroute.linear.DocumentTerms;
import org.medroute.linear.LinearClassifier;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.text.TokenOptions;

/** The feature stages of a pipeline, fitted: what stands between a text and a classifier. */
public final class TextFeatures {
  private static final String FOREST_PROBABILITY = "forest_probability";
  private static final String LINEAR = "linear";

  private final FittedFeatures fitted;

  private final String note;

  private TextFeatures(FittedFeatures fitted, String note) {
    this.fitted = fitted;
    this.note = note;
  }

  /** Fits on rows of text and label; one pass over the text. */
  public static TextFeatures fit(Dataset<Row> rows, int classes, FeatureSettings settings) {
    TokenOptions options = FeatureFitter.tokenOptions(settings);
    ThesaurusFile.Read read = ThesaurusFile.read(rows.sparkSession(), settings.thesaurus());
    DocumentTerms further = DocumentTerms.of(settings.headingWords(), read.descriptors(), options);
    return new TextFeatures(
        new FeatureFitter(settings, further).fit(rows, classes), read.note(further.thesaurus()));
  }

  /**
   * document_id, features, and label and weight where the rows have them; one narrow pass when
   * read.
   */
  public Dataset<Row> transform(Dataset<Row> rows) {
    List<String> names = List.of(rows.columns());
    List<org.apache.spark.sql.Column> kept = new ArrayList<>();
    kept.add(col(Documents.DOCUMENT_ID));
    kept.add(col(Frames.FEATURES));
    for (String optional : List.of(Frames.LABEL, Frames.WEIGHT)) {
      if (names.contains(optional)) {
        kept.add(col(optional));
      }
    }
    return fitted.transform(rows).select(kept.toArray(new org.apache.spark.sql.Column[0]));
  }

  /** The whole pipeline: features, forest, class names. */
  public PipelineModel pipelineWith(RandomForestClassificationModel forest, ClassSet classes) {
    return pipelineWith(List.of(forest), classes);
  }

  /** The whole pipeline: features, classifier, class names. */
  public PipelineModel pipelineWith(FittedHead head, ClassSet classes) {
    return pipelineWith(head.stages(), classes);
  }

  private PipelineModel pipelineWith(List<? extends Transformer> head, ClassSet classes) {
    List<Transformer> stages = new ArrayList<>(fitted.stages());
    stages.addAll(head);
    return ending(stages, classes);
  }

  /** The whole pipeline: features, forest, the linear classifier that hears it, class names. */
  public PipelineModel pipelineWith(FittedHead forest, LinearClassifier linear, ClassSet classes) {
    List<Transformer> stages = new ArrayList<>(fitted.stages());
    stages.addAll(forest.stages());
    Transformer last = stages.remove(stages.size() - 1);
    ParamMap columns = new ParamMap();
    rename(columns, last, "probabilityCol", FOREST_PROBABILITY);
    rename(columns, last, "predictionCol", "forest_prediction");
    rename(columns, last, "rawPredictionCol", "forest_votes");
    stages.add(last.copy(columns));
    stages.add(LinearTextModel.of(LINEAR, linear).setForestCol(FOREST_PROBABILITY));
    return ending(stages, classes);
  }

  /** The linear classifier behind it writes the columns of the usual names. */
  private static void rename(ParamMap columns, Transformer stage, String param, String column) {
    if (stage.hasParam(param)) {
      columns.put(stage.getParam(param), column);
    }
  }

  /** A pipeline without a forest: the linear classifier, class names. */
  public static PipelineModel pipelineWith(LinearClassifier linear, ClassSet classes) {
    return ending(new ArrayList<>(List.of(LinearTextModel.of(LINEAR, linear))), classes);
  }

  private static PipelineModel ending(List<Transformer> stages, ClassSet classes) {
    stages.add(
        new IndexToString("specialty")
            .setInputCol(Frames.PREDICTION)
            .setOutputCol(Frames.PREDICTED_LABEL)
            .setLabels(classes.names().toArray(new String[0])));
    return new PipelineModel("medroute", stages);
  }

  /**
   * Selected feature index to the terms of its bucket, most frequent first; one pass over the
   * texts.
   */
  public Map<Integer, List<String>> terms(Dataset<Row> rows) {
    BucketTerms terms = BucketTerms.of(rows, fitted);
    Map<Integer, List<String>> byFeature = new TreeMap<>();
    for (int feature = 0; feature < terms.size(); feature++) {
      List<String> names = terms.terms(feature).stream().map(BucketTerms.Term::text).toList();
      if (!names.isEmpty()) {
        byFeature.put(feature, names);
      }
    }
    return byFeature;
  }

  /** One line for the terminal. */
  public String report() {
    SelectionReport report = fitted.report();
    return String.format(
        Locale.ROOT,
        "features: %,d documents, %,d buckets seen, %,d candidates, %,d selected, %,d of them colliding"
            + " (%.1f %%)%s",
        report.documents(),
        report.seen(),
        report.candidates(),
        report.selected(),
        report.collidingSelected(),
        100 * report.collisionRate(),
        note);
  }
}
