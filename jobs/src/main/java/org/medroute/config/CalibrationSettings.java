package org.medroute.config;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How a model's probabilities are calibrated on its out-of-fold predictions.
 *
 * @param method empty where cross-validation over the folds chooses; key {@code calibration.method}
 */
public record CalibrationSettings(Optional<CalibrationMethod> method) {
  private static final String AUTO = "auto";

  public CalibrationSettings {
    Objects.requireNonNull(method, "method");
  }

  /** Reads section {@code calibration}. */
  public static CalibrationSettings from(Settings settings) {
    Settings calibration = settings.section("calibration");
    return new CalibrationSettings(
        calibration.text("method").toLowerCase(Locale.ROOT).equals(AUTO)
            ? Optional.empty()
            : Optional.of(calibration.choice("method", CalibrationMethod.class)));
  }
}
