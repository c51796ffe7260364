package org.medroute.training;

import java.util.Map;
import java.util.TreeMap;
import org.medroute.config.FeatureSettings;

/** One point of what a learner tries in cross-validation. */
public interface Cell {
  /** Canonical name, {@code parameter=value} joined by commas; stored in cv_cells. */
  String name();

  /** The features that it reads. */
  FeatureSettings applyTo(FeatureSettings settings);

  /** The parts of the name. */
  default Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    for (String parameter : name().split(",")) {
      int equals = parameter.indexOf('=');
      parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    return parameters;
  }
}
