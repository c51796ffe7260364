package org.medroute.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Locale;
import org.medroute.config.RoutingSettings.Choose;
import org.medroute.config.Settings;

/**
 * What cut-offs were chosen for, and what they are expected to do: measured on out-of-fold
 * documents that they were not chosen on.
 *
 * @param rule how they were chosen; {@link Choose#FIXED} where they were given
 * @param target the precision aimed at, the cost of a document expected (rule cost), or the share
 *     of documents that may be reviewed (rule budget)
 * @param how in words
 * @param coverage share of documents decided, whether for a target class or as out of scope
 * @param precision share of right classes among them; NaN if there are none
 * @param documents that this was measured on
 */
public record Expectation(
    Choose rule, double target, String how, double coverage, double precision, long documents)
    implements Serializable {
  /** Cut-offs as given: nothing is known of them. */
  public static final Expectation GIVEN =
      new Expectation(Choose.FIXED, Double.NaN, "as given", Double.NaN, Double.NaN, 0);

  /** Whether the cut-offs were chosen in training. */
  public boolean chosen() {
    return rule != Choose.FIXED;
  }

  /** The precision with its 95 % interval. */
  public Estimate precisionEstimate() {
    long decided = Math.round(coverage * documents);
    return RouteShares.proportion(Math.round(precision * decided), decided);
  }

  /** One line. */
  public String text() {
    String aim =
        switch (rule) {
          case PRECISION -> String.format(Locale.ROOT, "precision %s aimed at", plain(target));
          case COST -> String.format(Locale.ROOT, "cost %s a document", plain(target));
          case BUDGET ->
              String.format(Locale.ROOT, "reviews at most %s of the documents", plain(target));
          case FIXED -> "as given";
        };
    Estimate estimate = precisionEstimate();
    return String.format(
        Locale.ROOT,
        "%s, %s: expected of %,d documents out of fold %.4f decided, precision %s",
        aim,
        how,
        documents,
        coverage,
        estimate.defined()
            ? String.format(
                Locale.ROOT,
                "%.4f [%.4f, %.4f]",
                precision,
                estimate.lower().orElseThrow(),
                estimate.upper().orElseThrow())
            : "unknown");
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.5f", value)
        .replaceFirst("0+$", "")
        .replaceFirst("\\.$", "");
  }

  void write(ObjectNode node) {
    node.put("rule", Settings.kebab(rule)).put("target", target).put("how", how);
    node.put("coverage", coverage);
    if (!Double.isNaN(precision)) {
      node.put("precision", precision);
    }
    node.put("documents", documents);
  }

  static Expectation read(JsonNode node) {
    return new Expectation(
        Choose.valueOf(node.path("rule").asText().toUpperCase(Locale.ROOT)),
        node.path("target").asDouble(),
        node.path("how").asText(),
        node.path("coverage").asDouble(),
        node.path("precision").asDouble(Double.NaN),
        node.path("documents").asLong());
  }
}
