package org.medroute.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medroute.compiled.Evidence;
import org.medroute.metrics.Route;
import org.medroute.table.Columns;
import org.medroute.table.Scores;

/**
 * What a model says of one text.
 *
 * @param specialty empty where the text is unscorable, and then there is nothing but a reason
 * @param rawProbability of the specialty, uncalibrated; NaN without one
 * @param confidence calibrated probability of the specialty; NaN without one
 * @param probabilities calibrated, by class in class order
 */
public record Prediction(
    Optional<String> specialty,
    double rawProbability,
    double confidence,
    Map<String, Double> probabilities,
    Route route,
    String reason,
    List<Evidence> evidence) {

  /** Names the other terms of a bucket in JSON. */
  private static final String COLLIDING = "colliding";

  public Prediction {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    evidence = List.copyOf(evidence);
  }

  /** The fields by the names of the scores table, as plain values for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(Scores.SPECIALTY, specialty.orElse(null));
    map.put(Scores.RAW_PROBABILITY, specialty.isPresent() ? rawProbability : null);
    map.put(Scores.CONFIDENCE, specialty.isPresent() ? confidence : null);
    map.put(Scores.PROBABILITIES, probabilities);
    map.put(Scores.ROUTE, route.text());
    map.put(Scores.REASON, reason);
    List<Map<String, Object>> terms = new ArrayList<>();
    for (Evidence term : evidence) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put(Columns.TERM, term.term());
      one.put(Columns.WEIGHT, term.weight());
      if (!term.colliding().isEmpty()) {
        one.put(COLLIDING, term.colliding());
      }
      terms.add(one);
    }
    map.put(Scores.EVIDENCE, terms);
    return map;
  }
}
