package org.medroute.training;

import org.medroute.config.CalibrationSettings;
import org.medroute.config.ClassSet;
import org.medroute.config.FeatureSettings;
import org.medroute.config.ForestSettings;
import org.medroute.config.LinearSettings;
import org.medroute.config.ModelKind;
import org.medroute.config.RoutingSettings;
import org.medroute.config.Settings;
import org.medroute.config.TrainSettings;

/**
 * Every setting that a training reads.
 *
 * @param recipeText canonical text of the settings that a cell of the forest depends on
 * @param linearText of those that the linear model depends on
 */
public record TrainingPlan(
    TrainSettings train,
    FeatureSettings features,
    ForestSettings forest,
    LinearSettings linear,
    ModelKind kind,
    CalibrationSettings calibration,
    RoutingSettings routing,
    ClassSet classes,
    String recipeText,
    String linearText) {

  /** Reads and checks them all. */
  public static TrainingPlan from(Settings settings, ClassSet classes) {
    return new TrainingPlan(
        TrainSettings.from(settings),
        FeatureSettings.from(settings),
        ForestSettings.from(settings),
        LinearSettings.from(settings),
        ModelKind.from(settings),
        CalibrationSettings.from(settings),
        RoutingSettings.from(settings),
        classes,
        settings.canonicalJson("features") + settings.canonicalJson("forest"),
        settings.canonicalJson("features") + settings.canonicalJson("linear"));
  }
}
