package org.medroute.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medroute.config.ExperimentSettings;

/** What was expected of an experiment beside what was measured. */
final class Expectations {
  private Expectations() {}

  /**
   * One expectation.
   *
   * @param name a measure, or {@code count} and a part
   * @param measured NaN where it was not measured
   */
  record Checked(String name, double expected, double tolerance, double measured) {
    /** Whether the difference is within the tolerance; what was not measured never holds. */
    boolean holds() {
      // the decimal fractions of a file have no exact doubles: a hair is no drift
      return Math.abs(measured - expected) <= tolerance + 1e-9;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%s: expected %s ± %s, measured %s%s",
          name,
          number(expected),
          number(tolerance),
          Double.isNaN(measured) ? "nothing" : number(measured),
          holds() ? "" : "  DRIFT");
    }

    private static String number(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? String.valueOf((long) value)
          : String.format(Locale.ROOT, "%.4f", value);
    }

    Map<String, Object> toMap() {
      Map<String, Object> map = new java.util.LinkedHashMap<>();
      map.put("name", name);
      map.put("expected", expected);
      map.put("tolerance", tolerance);
      if (!Double.isNaN(measured)) {
        map.put("measured", measured);
      }
      map.put("holds", holds());
      return map;
    }
  }

  /** Every expectation: counts first, in the order of the file. */
  static List<Checked> check(
      ExperimentSettings plan, Map<String, Long> counts, Map<String, Double> metrics) {
    List<Checked> checked = new ArrayList<>();
    plan.counts()
        .forEach(
            (name, expected) ->
                checked.add(
                    new Checked(
                        "count " + name,
                        expected,
                        0,
                        counts.containsKey(name) ? counts.get(name) : Double.NaN)));
    plan.metrics()
        .forEach(
            (name, expected) ->
                checked.add(
                    new Checked(
                        name,
                        expected.value(),
                        expected.tolerance(),
                        metrics.getOrDefault(name, Double.NaN))));
    return checked;
  }
}
