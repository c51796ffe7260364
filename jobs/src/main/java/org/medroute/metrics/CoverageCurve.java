package org.medroute.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medroute.config.ClassSet;

/**
 * What share of documents is decided, and how precisely, if the top class is taken at or above one
 * confidence threshold for every class.
 *
 * <p>The thresholds are those of the measured documents: what {@link #at} finds is the best that
 * one threshold could do on them, not what a cut-off fixed beforehand will do.
 *
 * @param points by descending threshold: coverage grows, ends at 1
 */
public record CoverageCurve(List<Point> points) {
  /**
   * One threshold.
   *
   * @param threshold a confidence that occurs
   * @param coverage share of documents with at least this confidence
   * @param precision share of right top classes among them
   * @param n documents with at least this confidence
   */
  public record Point(double threshold, double coverage, double precision, long n) {
    /**
     * Whether the documents show the precision for others: error rate with half an error more and
     * one document more than was seen, which is its mean under Jeffreys' prior. Without that the
     * threshold before the first error would pass for any precision.
     */
    boolean shows(double wanted) {
      return shown(Math.round(n * (1 - precision)), n, wanted);
    }
  }

  static boolean shown(long errors, long decided, double precision) {
    return errors + 0.5 <= (1 - precision) * (decided + 1) + 1e-9;
  }

  public CoverageCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of the documents whose true class is known: one point per distinct confidence. One
   * sort.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static CoverageCurve of(Predictions predictions) {
    int[] order = new int[predictions.size()];
    double[] confidence = new double[predictions.size()];
    int n = 0;
    for (int i = 0; i < predictions.size(); i++) {
      if (predictions.truth(i) != ClassSet.NONE) {
        order[n++] = i;
        confidence[i] = predictions.confidence(i);
      }
    }
    if (n == 0) {
      throw new IllegalArgumentException("No document with a known class: nothing to measure");
    }
    int[] sorted =
        Arrays.stream(order, 0, n)
            .boxed()
            .sorted((a, b) -> Double.compare(confidence[b], confidence[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Point> points = new ArrayList<>();
    long right = 0;
    for (int i = 0; i < n; i++) {
      int document = sorted[i];
      right += predictions.predicted(document) == predictions.truth(document) ? 1 : 0;
      if (i == n - 1 || confidence[sorted[i + 1]] != confidence[document]) {
        points.add(new Point(confidence[document], (i + 1.0) / n, right / (i + 1.0), i + 1L));
      }
    }
    return new CoverageCurve(points);
  }

  /** The point of largest coverage whose precision is at least the one asked for. */
  public Optional<Point> at(double precision) {
    Optional<Point> best = Optional.empty();
    for (Point point : points) {
      if (point.precision() >= precision) {
        best = Optional.of(point);
      }
    }
    return best;
  }

  /** The point of largest coverage that shows the precision, see {@link Point#shows}. */
  Optional<Point> showing(double precision) {
    Optional<Point> best = Optional.empty();
    for (Point point : points) {
      if (point.shows(precision)) {
        best = Optional.of(point);
      }
    }
    return best;
  }

  /** The largest coverage at a precision, 0 if no threshold reaches it. */
  public double coverageAt(double precision) {
    return at(precision).map(Point::coverage).orElse(0.0);
  }

  /** The lowest point at or above a threshold: what a cut-off would decide. */
  public Optional<Point> atThreshold(double threshold) {
    Optional<Point> lowest = Optional.empty();
    for (Point point : points) {
      if (point.threshold() >= threshold) {
        lowest = Optional.of(point);
      }
    }
    return lowest;
  }

  /** At most about {@code limit} points, evenly taken along the coverage, both ends kept. */
  public List<Point> thinned(int limit) {
    if (points.size() <= limit) {
      return points;
    }
    List<Point> kept = new ArrayList<>();
    double step = 1.0 / limit;
    double next = 0;
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      if (point.coverage() >= next || i == points.size() - 1) {
        kept.add(point);
        next = point.coverage() + step;
      }
    }
    return List.copyOf(kept);
  }
}
