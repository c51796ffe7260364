package org.medroute.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medroute.evaluating.OutsideDocuments;
import org.medroute.metrics.EvaluationResult;
import org.medroute.metrics.MetricKey;
import org.medroute.metrics.PrecisionThresholds;
import org.medroute.metrics.Route;
import org.medroute.metrics.RouteShares;

/** The few measures that sum up an evaluation, by name, as JSON lines and expectations use them. */
final class HeadlineMetrics {
  /** Field of a model's metrics with the thresholds that its out-of-fold predictions gave. */
  static final String THRESHOLDS = "precision_thresholds";

  private static final List<String> OVERALL =
      List.of(
          MetricKey.MACRO_F1,
          MetricKey.ACCURACY,
          MetricKey.WEIGHTED_F1,
          MetricKey.MACRO_AUC,
          MetricKey.ECE);

  private HeadlineMetrics() {}

  /** Measures after calibration; those that are not defined are absent. */
  static Map<String, Double> of(EvaluationResult result, PrecisionThresholds thresholds) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String name : OVERALL) {
      metrics.put(name, result.after().measures().overall(name).value());
    }
    metrics.putAll(thresholds.applied(result.after().coverage()));
    RouteShares.Share auto = result.after().routes().of(Route.AUTO);
    metrics.put("auto_share", auto.share().value());
    metrics.put("auto_precision", auto.precision().value());
    result.after().rejection().forEach((key, area) -> metrics.put(key.name(), area.value()));
    metrics.values().removeIf(value -> value.isNaN());
    return metrics;
  }

  /** The area against documents out of scope, and the share of them that goes out as decided. */
  static Map<String, Double> of(OutsideDocuments outside) {
    return Map.of(
        "rejection_auc_" + outside.name(), outside.area().value(),
        "auto_share_" + outside.name(), outside.routes().of(Route.AUTO).share().value());
  }

  /** Bounds of the 95 % intervals by name of the measure. */
  static Map<String, List<Double>> intervals(EvaluationResult result) {
    Map<String, List<Double>> intervals = new LinkedHashMap<>();
    for (String name : OVERALL) {
      var estimate = result.after().measures().overall(name);
      if (estimate.lower().isPresent()) {
        intervals.put(
            name, List.of(estimate.lower().getAsDouble(), estimate.upper().orElseThrow()));
      }
    }
    return intervals;
  }

  static ArrayNode toJson(PrecisionThresholds thresholds) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (PrecisionThresholds.Target target : thresholds.targets()) {
      array
          .addObject()
          .put("precision", target.precision())
          .put("threshold", target.threshold())
          .put("coverage", target.coverage())
          .put("realised", target.realised());
    }
    return array;
  }

  /** No targets for a model that was trained without folds. */
  static PrecisionThresholds thresholds(JsonNode metrics) {
    List<PrecisionThresholds.Target> targets = new ArrayList<>();
    metrics
        .path(THRESHOLDS)
        .forEach(
            target ->
                targets.add(
                    new PrecisionThresholds.Target(
                        target.path("precision").asDouble(),
                        target.path("threshold").asDouble(),
                        target.path("coverage").asDouble(),
                        target.path("realised").asDouble())));
    return new PrecisionThresholds(targets);
  }
}
