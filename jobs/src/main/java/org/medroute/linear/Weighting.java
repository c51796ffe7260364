package org.medroute.linear;

/** The weights of terms: (1 + ln count) x (1 + ln((1 + documents) / (1 + documents with it))). */
final class Weighting {
  private static final double[] COUNTS = new double[256];

  static {
    for (int count = 1; count < COUNTS.length; count++) {
      COUNTS[count] = 1 + StrictMath.log(count);
    }
  }

  private Weighting() {}

  /** Weight of a count of 1 or more. */
  static double ofCount(int count) {
    return count < COUNTS.length ? COUNTS[count] : 1 + StrictMath.log(count);
  }

  /** Weight of something that {@code found} of {@code all} have. */
  static double ofRarity(long all, long found) {
    return 1 + StrictMath.log((1.0 + all) / (1.0 + found));
  }
}
