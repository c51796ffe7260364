package org.medroute.linear;

import java.io.Serializable;
import java.util.Arrays;
import org.medroute.config.LinearSettings;

/**
 * What was fitted for one class: a coefficient for each feature, and an intercept.
 *
 * @param coefficients by feature of the training set
 */
public record ClassFit(int label, double[] coefficients, double intercept) implements Serializable {
  private static final long SEED = 20_080_705L;

  /**
   * Fits one class against the others. The documents of the class together weigh as much as all
   * others together. Cost: for SVM and regression 10 to 100 passes over the non-zeros, for naive
   * Bayes one. A class without documents gets an intercept that never wins. A document with several
   * true classes is inside of each, and outside of all others.
   */
  public static ClassFit of(LinearTrainingSet set, int label) {
    LinearSettings.Learner learner = set.settings.learner();
    double own = 0;
    double all = 0;
    for (int document = 0; document < set.size(); document++) {
      all += set.weights[document];
      own += set.isOf(document, label) ? set.weights[document] : 0;
    }
    if (own == 0 || own == all) {
      return new ClassFit(label, new double[set.width()], own == 0 ? -1 : 1);
    }
    return switch (learner) {
      case MAJORITY -> new ClassFit(label, new double[set.width()], StrictMath.log(own / all));
      case MULTINOMIAL_NB, COMPLEMENT_NB -> naiveBayes(set, label, own, all);
      case SVM, LOGISTIC, NB_SVM, NB_LOGISTIC -> descent(set, label, own, all);
    };
  }

  private static ClassFit descent(LinearTrainingSet set, int label, double own, double all) {
    LinearSettings settings = set.settings;
    int n = set.size();
    byte[] signs = new byte[n];
    double[] costs = new double[n];
    for (int document = 0; document < n; document++) {
      boolean inside = set.isOf(document, label);
      signs[document] = (byte) (inside ? 1 : -1);
      // balanced: each side sums to half of the number of documents
      costs[document] =
          settings.cost() * set.weights[document] * n / (2 * (inside ? own : all - own));
    }
    double[] scales = new double[set.width()];
    Arrays.fill(scales, 1);
    if (settings.learner().scalesByRatio()) {
      double[] ratios = ratios(set, label);
      for (int feature = 0; feature < scales.length; feature++) {
        scales[feature] = StrictMath.pow(Math.abs(ratios[feature]), 2 * settings.ratioPower());
      }
    }
    DualCoordinateDescent descent = new DualCoordinateDescent(set, scales, costs, signs);
    if (settings.learner() == LinearSettings.Learner.LOGISTIC
        || settings.learner() == LinearSettings.Learner.NB_LOGISTIC) {
      descent.fitLogistic(SEED + label);
    } else {
      descent.fitSupportVectors(SEED + label);
    }
    return new ClassFit(label, descent.coefficients(), descent.bias());
  }

  /**
   * Logarithm of how much more often the class's documents have a feature than the others do.
   * Source: S. Wang, C. Manning, Baselines and bigrams, 2012; here over documents that have the
   * feature, whatever its value.
   */
  private static double[] ratios(LinearTrainingSet set, int label) {
    double[] inside = new double[set.width()];
    double[] outside = new double[set.width()];
    double own = 0;
    double rest = 0;
    DocumentProducts products = new DocumentProducts(set);
    for (int document = 0; document < set.size(); document++) {
      boolean counts = set.isOf(document, label);
      double[] into = counts ? inside : outside;
      products.features(document, (feature, value) -> into[feature]++);
      own += counts ? 1 : 0;
      rest += counts ? 0 : 1;
    }
    double smoothing = set.settings.smoothing();
    double[] ratios = new double[set.width()];
    for (int feature = 0; feature < ratios.length; feature++) {
      ratios[feature] =
          StrictMath.log((inside[feature] + smoothing) / (own + 2 * smoothing))
              - StrictMath.log((outside[feature] + smoothing) / (rest + 2 * smoothing));
    }
    return ratios;
  }

  /** Log-probabilities of features in the class, or minus those in all other classes. */
  private static ClassFit naiveBayes(LinearTrainingSet set, int label, double own, double all) {
    boolean complement = set.settings.learner() == LinearSettings.Learner.COMPLEMENT_NB;
    double[] sums = new double[set.width()];
    DocumentProducts products = new DocumentProducts(set);
    for (int document = 0; document < set.size(); document++) {
      if (set.isOf(document, label) != complement) {
        double weight = set.weights[document];
        products.features(document, (feature, value) -> sums[feature] += weight * value);
      }
    }
    double smoothing = set.settings.smoothing();
    double total = 0;
    for (double sum : sums) {
      total += sum + smoothing;
    }
    for (int feature = 0; feature < sums.length; feature++) {
      double share = StrictMath.log((sums[feature] + smoothing) / total);
      sums[feature] = complement ? -share : share;
    }
    return new ClassFit(label, sums, complement ? 0 : StrictMath.log(own / all));
  }
}
