package org.medroute.training;

import java.util.List;
import java.util.Map;
import org.medroute.config.CalibrationMethod;
import org.medroute.metrics.Calibration;
import org.medroute.metrics.Predictions;

/** Out-of-fold predictions under calibrations that have not seen them either. */
final class OutOfFold {
  private OutOfFold() {}

  /**
   * Each fold calibrated by what was fitted on the other folds. Cost: a calibration a fold.
   *
   * @param raw uncalibrated out-of-fold predictions
   * @param folds document id to fold, 0 until {@code count}
   */
  static Predictions calibrated(
      Predictions raw, CalibrationMethod method, Map<String, Integer> folds, int count) {
    Predictions.Builder builder = Predictions.builder(raw.classes(), List.of());
    for (int fold = 0; fold < count; fold++) {
      int held = fold;
      Predictions others = raw.filter(document -> folds.get(raw.id(document)) != held);
      Predictions own =
          raw.filter(document -> folds.get(raw.id(document)) == held)
              .calibrated(Calibration.fit(method, others));
      for (int document = 0; document < own.size(); document++) {
        builder.add(own.id(document), own.truth(document), own.probabilities(document));
      }
    }
    return builder.build();
  }
}
