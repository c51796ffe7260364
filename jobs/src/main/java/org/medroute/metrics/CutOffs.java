package org.medroute.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medroute.config.ClassSet;
import org.medroute.config.RoutingSettings;

/**
 * The calibrated confidence from which each class is taken as decided, the out-of-scope class
 * included. Belongs to a model version. Not MLlib's thresholds, which move the predicted class.
 *
 * @param values one per class in class order, each from 0 to 1
 */
public record CutOffs(ClassSet classes, List<Double> values) implements Serializable {
  public CutOffs {
    values = List.copyOf(values);
    if (values.size() != classes.size()) {
      throw new IllegalArgumentException(
          values.size() + " cut-offs for " + classes.size() + " classes");
    }
    for (int c = 0; c < values.size(); c++) {
      if (!(values.get(c) >= 0 && values.get(c) <= 1)) {
        throw new IllegalArgumentException(
            "The cut-off of " + classes.name(c) + " is " + values.get(c) + ", not between 0 and 1");
      }
    }
  }

  /**
   * One cut-off for all classes but the exceptions.
   *
   * @throws IllegalArgumentException if an exception names a class that the task does not have
   */
  public static CutOffs of(ClassSet classes, double ordinary, Map<String, Double> exceptions) {
    exceptions.keySet().forEach(classes::index);
    List<Double> values = new ArrayList<>();
    for (String name : classes.names()) {
      values.add(exceptions.getOrDefault(name, ordinary));
    }
    return new CutOffs(classes, values);
  }

  /** The cut-offs of the settings. */
  public static CutOffs of(ClassSet classes, RoutingSettings settings) {
    return of(classes, settings.defaultCutOff(), settings.cutOffs());
  }

  /** By class, one line. */
  public String text() {
    return IntStream.range(0, values.size())
        .mapToObj(c -> String.format(Locale.ROOT, "%s %.5f", classes.name(c), values.get(c)))
        .collect(Collectors.joining(", "));
  }

  /** Cut-off of a class. */
  public double of(int classIndex) {
    return values.get(classIndex);
  }
}
