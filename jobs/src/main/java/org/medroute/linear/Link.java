package org.medroute.linear;

/**
 * What turns the margins of a classifier, one number a class, into probabilities.
 *
 * <p>Margins are first rounded to multiples of 2^-16, which moves no probability by more than
 * 0.000008: their last bits depend on the linear algebra library at hand and on the order of its
 * sums, and a probability must not. Arithmetic of {@link StrictMath}: the same bits everywhere.
 */
public enum Link {
  /** exp(margin), divided by the sum over the classes. */
  SOFTMAX {
    @Override
    void apply(double[] probabilities) {
      Vote.softmax(probabilities);
    }
  },

  /**
   * Margins of classifiers of one class against the others, each half the logarithm of the odds as
   * gradient boosting has it: 1 / (1 + exp(-2 margin)), divided by the sum over the classes.
   */
  ONE_VS_REST {
    @Override
    void apply(double[] probabilities) {
      double sum = 0;
      for (int label = 0; label < probabilities.length; label++) {
        // bounded, so that the sum is not zero where every class is most unlikely
        double odds = StrictMath.exp(-2 * Math.max(probabilities[label], -FARTHEST));
        probabilities[label] = 1 / (1 + odds);
        sum += probabilities[label];
      }
      for (int label = 0; label < probabilities.length; label++) {
        probabilities[label] /= sum;
      }
    }
  };

  private static final double GRAINS = 65_536.0;
  private static final double FARTHEST = 300;

  /** Replaces rounded margins by probabilities. */
  abstract void apply(double[] probabilities);

  /**
   * @param margins one a class, finite
   * @param probabilities receives one number a class; they sum to 1
   */
  public void probabilities(double[] margins, double[] probabilities) {
    for (int label = 0; label < margins.length; label++) {
      probabilities[label] = Math.rint(margins[label] * GRAINS) / GRAINS;
    }
    apply(probabilities);
  }
}
