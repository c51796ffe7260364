package org.medroute.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How raw probabilities become confidences. */
public enum CalibrationMethod {
  /** Raw probabilities as they are. */
  NONE,
  /** One logistic curve per class on the log-odds of its raw probability. */
  SIGMOID,
  /** One non-decreasing curve per class. */
  ISOTONIC,
  /** One power for the raw probabilities of all classes. */
  TEMPERATURE,
  /** One beta curve per class: a logistic curve whose two ends bend apart. */
  BETA,
  /** One beta curve per class, and then one for the top class's confidence. */
  TOP_BETA,
  /** A matrix over the logarithms of all classes' raw probabilities. */
  DIRICHLET;

  /** The name in tables and files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CalibrationMethod ofText(String text) {
    for (CalibrationMethod method : values()) {
      if (method.text().equals(text)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "Calibration method \""
            + text
            + "\" is none of "
            + Arrays.stream(values())
                .map(CalibrationMethod::text)
                .collect(Collectors.joining(", ")));
  }
}
