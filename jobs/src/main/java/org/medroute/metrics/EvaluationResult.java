package org.medroute.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medroute.config.CalibrationMethod;
import org.medroute.config.ClassSet;
import org.medroute.config.EvaluateSettings;

/**
 * Everything measured about a model on one set of documents.
 *
 * <p>The measures are those of the calibrated probabilities, whose top class is what a document is
 * given; {@code before} holds the same of the raw ones. Calibration can change the top class: a
 * model trained with class weights believes in equal classes until calibration returns it to the
 * true shares.
 *
 * @param documents all documents, labelled or not
 * @param labelled documents whose true class is known: the measures rest on these
 * @param slices in the order of the dimensions, then by value
 * @param tooSmall slices that were counted but not measured
 */
public record EvaluationResult(
    ClassSet classes,
    CalibrationMethod calibration,
    RoutingPolicy routing,
    long documents,
    long labelled,
    Side before,
    Side after,
    List<Slice> slices,
    List<TooSmall> tooSmall) {

  /**
   * One side of calibration.
   *
   * @param measures overall and by class, with intervals
   * @param rejection see {@link Rejection}
   */
  public record Side(
      BootstrapIntervals measures,
      ConfusionMatrix confusion,
      Reliability reliability,
      CoverageCurve coverage,
      RouteShares routes,
      Map<MetricKey, Estimate> rejection) {

    static Side of(Predictions predictions, RoutingPolicy routing, EvaluateSettings settings) {
      Predictions labelled = predictions.labelled();
      return new Side(
          BootstrapIntervals.of(labelled, settings),
          ConfusionMatrix.of(labelled),
          Reliability.of(labelled),
          CoverageCurve.of(labelled),
          RouteShares.of(predictions, routing),
          Rejection.of(labelled));
    }
  }

  /**
   * The documents of one value of one dimension, after calibration.
   *
   * @param n labelled documents
   * @param measures overall ones only
   */
  public record Slice(
      String dimension,
      String value,
      long n,
      Map<MetricKey, Estimate> measures,
      RouteShares routes) {

    /** As in the column slice of the metrics table. */
    public String name() {
      return dimension + "=" + value;
    }

    public Estimate measure(String name) {
      return measures.get(MetricKey.overall(name));
    }
  }

  /**
   * Slices of one dimension below the minimum size.
   *
   * @param values how many slices
   * @param n their labelled documents together
   */
  public record TooSmall(String dimension, long values, long n) {}

  public EvaluationResult {
    slices = List.copyOf(slices);
    tooSmall = List.copyOf(tooSmall);
  }

  /**
   * Measures a model.
   *
   * @param raw uncalibrated predictions, with the dimensions to cut by
   * @throws IllegalArgumentException if no document has a known class
   */
  public static EvaluationResult of(
      Predictions raw, Calibration calibration, RoutingPolicy routing, EvaluateSettings settings) {
    Predictions calibrated = raw.calibrated(calibration);
    List<Slice> slices = new ArrayList<>();
    List<TooSmall> tooSmall = new ArrayList<>();
    for (String dimension : calibrated.sliceNames()) {
      long smallValues = 0;
      long smallDocuments = 0;
      for (String value : calibrated.sliceValues(dimension)) {
        Predictions slice = calibrated.where(dimension, value);
        int n = slice.labelled().size();
        if (n < settings.minimumSliceSize()) {
          smallValues++;
          smallDocuments += n;
        } else {
          slices.add(slice(dimension, value, slice, routing, settings));
        }
      }
      if (smallValues > 0) {
        tooSmall.add(new TooSmall(dimension, smallValues, smallDocuments));
      }
    }
    return new EvaluationResult(
        raw.classes(),
        calibration.method(),
        routing,
        raw.size(),
        raw.labelled().size(),
        Side.of(raw, routing, settings),
        Side.of(calibrated, routing, settings),
        slices,
        tooSmall);
  }

  private static Slice slice(
      String dimension,
      String value,
      Predictions slice,
      RoutingPolicy routing,
      EvaluateSettings settings) {
    Map<MetricKey, Estimate> overall = new LinkedHashMap<>();
    BootstrapIntervals.of(slice, settings)
        .estimates()
        .forEach(
            (key, estimate) -> {
              if (key.slice().equals(MetricKey.ALL)) {
                overall.put(key, estimate);
              }
            });
    return new Slice(
        dimension,
        value,
        slice.labelled().size(),
        Collections.unmodifiableMap(overall),
        RouteShares.of(slice, routing));
  }

  /**
   * The rows of the metrics table: every measure that is defined, unique by name and slice.
   * Measures before calibration have names that begin with raw_; shares and precisions of routes
   * are named route_auto_share, route_auto_precision and so on; decided_share and decided_precision
   * are those of the routes auto and out_of_scope together.
   */
  public List<MetricRow> rows(String task, String split) {
    Map<MetricKey, Estimate> all = new LinkedHashMap<>(after.measures().estimates());
    all.putAll(after.rejection());
    putRoutes(all, "", MetricKey.ALL, after.routes());
    before
        .measures()
        .estimates()
        .forEach((key, value) -> all.put(new MetricKey("raw_" + key.name(), key.slice()), value));
    putRoutes(all, "raw_", MetricKey.ALL, before.routes());
    for (Slice slice : slices) {
      slice.measures().forEach((key, v) -> all.put(new MetricKey(key.name(), slice.name()), v));
      putRoutes(all, "", slice.name(), slice.routes());
    }
    putConfusion(all);
    return all.entrySet().stream()
        .filter(entry -> entry.getValue().defined())
        .map(entry -> MetricRow.of(task, split, entry.getKey(), entry.getValue()))
        .toList();
  }

  private static void putRoutes(
      Map<MetricKey, Estimate> all, String prefix, String slice, RouteShares routes) {
    for (RouteShares.Share share : routes.shares()) {
      String name = prefix + "route_" + share.route().text();
      all.put(new MetricKey(name + "_share", slice), share.share());
      all.put(new MetricKey(name + "_precision", slice), share.precision());
    }
    RouteShares.Decided decided = routes.decided();
    all.put(new MetricKey(prefix + "decided_share", slice), decided.share());
    all.put(new MetricKey(prefix + "decided_precision", slice), decided.precision());
  }

  private void putConfusion(Map<MetricKey, Estimate> all) {
    ConfusionMatrix confusion = after.confusion();
    for (int t = 0; t < classes.size(); t++) {
      for (int p = 0; p < classes.size(); p++) {
        all.put(
            new MetricKey(
                "confusion", "truth=" + classes.name(t) + ",predicted=" + classes.name(p)),
            Estimate.exact(confusion.count(t, p), confusion.support(t)));
      }
    }
  }
}
