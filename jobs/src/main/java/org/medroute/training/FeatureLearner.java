package org.medroute.training;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ClassSet;
import org.medroute.config.ModelKind;
import org.medroute.config.Settings;
import org.medroute.pipeline.BoostedTreesFitter;
import org.medroute.pipeline.FittedHead;
import org.medroute.pipeline.PerceptronFitter;

/**
 * A learner over the features of texts, with its grid: what cross-validation and the last fit ask
 * of a kind of model.
 *
 * @param <C> a point of its grid
 */
interface FeatureLearner<C extends Cell> {
  /** The grid, one cell or more. */
  List<C> cells();

  /**
   * The fits of one fold on one set of features.
   *
   * @param training document_id, features, label, weight
   * @param held document_id, features, label
   */
  FoldFits<C> fold(Dataset<Row> training, Dataset<Row> held, ClassSet classes);

  /**
   * One fit on all rows.
   *
   * @param rows document_id, features, label, weight, in canonical order
   */
  FittedHead fit(Dataset<Row> rows, int classes, C cell);

  /** The learner of a kind of model; empty for one that reads no features. */
  static Optional<FeatureLearner<?>> of(TrainingPlan plan) {
    List<Integer> selected = plan.train().cv().grid().selected();
    String name = Settings.kebab(plan.kind());
    return switch (plan.kind()) {
      case LINEAR -> Optional.empty();
      case FOREST, HYBRID ->
          Optional.of(new ForestLearner(plan.forest(), plan.train().cv().grid()));
      case BOOSTED_TREES ->
          Optional.of(
              new PlainLearner(
                  FeatureCell.of(name, selected), new BoostedTreesFitter(plan.boostedTrees())));
      case PERCEPTRON ->
          Optional.of(
              new PlainLearner(
                  FeatureCell.of(name, selected), new PerceptronFitter(plan.perceptron())));
    };
  }

  /**
   * Training weight of documents of none of the classes, 0 for a learner that does not hear them.
   */
  default double backgroundWeight() {
    return 0;
  }

  /** The section of the settings that a kind's learner reads. */
  static String section(ModelKind kind) {
    return kind.hasForest() ? "forest" : Settings.kebab(kind);
  }
}
