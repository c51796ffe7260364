package org.medroute.forest;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The thresholds of every feature. A feature with k thresholds has k + 1 bins; bin b holds the
 * values x with threshold[b-1] &lt; x &lt;= threshold[b], so a split "x &lt;= threshold[b]" sends
 * bins 0 to b to the left. The bin of zero is known for each feature and never stored with a row.
 *
 * <p>Memory: 8 bytes a threshold, 8 a feature.
 */
public final class FeatureBins implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] starts;
  private final double[] thresholds;
  private final int[] zeroBins;
  private final int mostBins;

  /**
   * Takes the thresholds of each feature.
   *
   * @param thresholds for each feature ascending, finite, without repetition; possibly none
   */
  FeatureBins(double[][] thresholds) {
    int features = thresholds.length;
    this.starts = new int[features + 1];
    for (int f = 0; f < features; f++) {
      starts[f + 1] = starts[f] + thresholds[f].length;
    }
    this.thresholds = new double[starts[features]];
    this.zeroBins = new int[features];
    int most = 1;
    for (int f = 0; f < features; f++) {
      System.arraycopy(thresholds[f], 0, this.thresholds, starts[f], thresholds[f].length);
      most = Math.max(most, thresholds[f].length + 1);
      zeroBins[f] = bin(f, 0.0);
    }
    this.mostBins = most;
  }

  int features() {
    return zeroBins.length;
  }

  /** The largest number of bins that a feature has; at least 1. */
  int mostBins() {
    return mostBins;
  }

  /** Whether the feature can be split at all. */
  boolean splittable(int feature) {
    return starts[feature + 1] > starts[feature];
  }

  /** The bin of a value. */
  int bin(int feature, double value) {
    int at = Arrays.binarySearch(thresholds, starts[feature], starts[feature + 1], value);
    return (at >= 0 ? at : -at - 1) - starts[feature];
  }

  /** The bin of zero. */
  int zeroBin(int feature) {
    return zeroBins[feature];
  }

  /** The bins of a row of zeros. */
  char[] zeroes() {
    char[] bins = new char[zeroBins.length];
    for (int f = 0; f < bins.length; f++) {
      bins[f] = (char) zeroBins[f];
    }
    return bins;
  }

  /** The upper bound of a bin, which is not the last one of its feature. */
  double threshold(int feature, int bin) {
    int at = starts[feature] + bin;
    if (bin < 0 || at >= starts[feature + 1]) {
      throw new IndexOutOfBoundsException("Feature " + feature + " has no threshold " + bin);
    }
    return thresholds[at];
  }

  /** All thresholds of a feature, ascending. */
  double[] thresholds(int feature) {
    return Arrays.copyOfRange(thresholds, starts[feature], starts[feature + 1]);
  }
}
