package org.medroute.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One confidence threshold for all classes for each wanted precision, chosen on some documents and
 * applied unchanged to others: what it covers there and how precise it really is.
 *
 * @param targets in the order asked for
 */
public record PrecisionThresholds(List<Target> targets) {
  /**
   * A wanted precision.
   *
   * @param precision wanted, above 0 to 1
   * @param threshold least confidence of what is decided; above 1 if no threshold reaches the
   *     precision, so that nothing is
   * @param coverage share of the documents it was chosen on
   * @param realised precision on them
   */
  public record Target(double precision, double threshold, double coverage, double realised) {}

  public PrecisionThresholds {
    targets = List.copyOf(targets);
  }

  /**
   * Chooses the thresholds of largest coverage under which the precision is shown, counted with
   * half an error more than was seen: to show .999 takes 499 documents without an error. One sort.
   *
   * @param predictions calibrated, of documents that the model was not fitted on
   */
  public static PrecisionThresholds of(Predictions predictions, List<Double> precisions) {
    CoverageCurve curve = CoverageCurve.of(predictions);
    List<Target> targets = new ArrayList<>();
    for (double precision : precisions) {
      targets.add(
          curve
              .showing(precision)
              .map(
                  point ->
                      new Target(precision, point.threshold(), point.coverage(), point.precision()))
              .orElse(new Target(precision, 2, 0, 1)));
    }
    return new PrecisionThresholds(targets);
  }

  /**
   * What the thresholds do to other documents, by name: coverage_at_99 with precision_at_99, which
   * is absent where nothing is covered.
   */
  public Map<String, Double> applied(CoverageCurve curve) {
    Map<String, Double> applied = new LinkedHashMap<>();
    for (Target target : targets) {
      String name = MetricKey.coverageAt(target.precision());
      Optional<CoverageCurve.Point> point = curve.atThreshold(target.threshold());
      applied.put(name, point.map(CoverageCurve.Point::coverage).orElse(0.0));
      point.ifPresent(
          found -> applied.put(name.replace("coverage", "precision"), found.precision()));
    }
    return applied;
  }
}
