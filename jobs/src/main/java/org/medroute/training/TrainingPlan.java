package org.medroute.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medroute.config.BoostedTreesSettings;
import org.medroute.config.CalibrationSettings;
import org.medroute.config.ClassSet;
import org.medroute.config.FeatureSettings;
import org.medroute.config.ForestSettings;
import org.medroute.config.LinearSettings;
import org.medroute.config.ModelKind;
import org.medroute.config.PerceptronSettings;
import org.medroute.config.RoutingSettings;
import org.medroute.config.Settings;
import org.medroute.config.TrainSettings;

/**
 * Every setting that a training reads.
 *
 * @param recipeText canonical text of the settings that a cell of the learner over features depends
 *     on
 * @param linearText of those that the linear model depends on
 */
public record TrainingPlan(
    TrainSettings train,
    FeatureSettings features,
    ForestSettings forest,
    BoostedTreesSettings boostedTrees,
    PerceptronSettings perceptron,
    LinearSettings linear,
    ModelKind kind,
    CalibrationSettings calibration,
    RoutingSettings routing,
    ClassSet classes,
    String recipeText,
    String linearText) {

  /** Reads and checks them all. */
  public static TrainingPlan from(Settings settings, ClassSet classes) {
    ModelKind kind = ModelKind.from(settings);
    TrainSettings train = TrainSettings.from(settings);
    requireAxes(settings, kind, train.cv().grid());
    return new TrainingPlan(
        train,
        FeatureSettings.from(settings),
        ForestSettings.from(settings),
        BoostedTreesSettings.from(settings),
        PerceptronSettings.from(settings),
        LinearSettings.from(settings),
        kind,
        CalibrationSettings.from(settings),
        RoutingSettings.from(settings),
        classes,
        settings.canonicalJson("features") + settings.canonicalJson(FeatureLearner.section(kind)),
        settings.canonicalJson("features") + settings.canonicalJson("linear"));
  }

  /** Axes of the forest must not be taken for those of another learner. */
  private static void requireAxes(Settings settings, ModelKind kind, TrainSettings.Grid grid) {
    if (!kind.readsFeatures() || kind.hasForest()) {
      return;
    }
    Map<String, List<?>> axes = new LinkedHashMap<>();
    axes.put("num-trees", grid.numTrees());
    axes.put("max-depth", grid.maxDepth());
    axes.put("min-instances-per-node", grid.minInstancesPerNode());
    axes.put("feature-subset", grid.featureSubset());
    axes.forEach(
        (axis, values) -> {
          if (!values.isEmpty()) {
            throw settings
                .section("train.cross-validation.grid")
                .problem(
                    axis,
                    "an empty list: it is an axis of the forest, and model.kind is "
                        + Settings.kebab(kind)
                        + ", whose only axis is selected");
          }
        });
  }
}
