package org.medroute.bench;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Mean of the differences of two contenders over the same rounds, with its 95 % interval by
 * Student's t of one degree of freedom less than there are rounds.
 *
 * @param ours values in the order of the rounds
 * @param theirs values of the same rounds
 * @param mean ours minus theirs
 * @param interval of that mean
 */
record PairedDifference(double[] ours, double[] theirs, double mean, Measure.Interval interval) {
  private static final double CONFIDENCE = 0.95;

  PairedDifference {
    ours = ours.clone();
    theirs = theirs.clone();
  }

  /**
   * Estimates it.
   *
   * @throws IllegalArgumentException if there are fewer than two rounds, or not as many of theirs
   */
  static PairedDifference of(double[] ours, double[] theirs) {
    int n = ours.length;
    if (n < 2 || theirs.length != n) {
      throw new IllegalArgumentException(
          "Two or more pairs are needed, found " + n + " values and " + theirs.length);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += ours[i] - theirs[i];
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double off = ours[i] - theirs[i] - mean;
      squares += off * off;
    }
    double t = new TDistribution(n - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    double half = t * Math.sqrt(squares / (n - 1) / n);
    return new PairedDifference(ours, theirs, mean, new Measure.Interval(mean - half, mean + half));
  }

  int pairs() {
    return ours.length;
  }

  /** Mean and range of the values of one contender. */
  static String describe(double[] values) {
    return String.format(
        Locale.ROOT,
        "%.4f [%.4f, %.4f]",
        Arrays.stream(values).average().orElseThrow(),
        Arrays.stream(values).min().orElseThrow(),
        Arrays.stream(values).max().orElseThrow());
  }
}
