package org.medroute.linear;

import java.util.SplittableRandom;

/**
 * Fits one class against the others by dual coordinate descent: one variable a document, optimised
 * one after another in an order that is drawn anew for each sweep from a fixed seed. Sources: C.-J.
 * Hsieh and others, A dual coordinate descent method for large-scale linear SVM, 2008; H.-F. Yu,
 * F.-L. Huang, C.-J. Lin, Dual coordinate descent methods for logistic regression, 2011.
 *
 * <p>Cost of a sweep: two passes over the non-zeros. Memory: one double a feature, three a
 * document.
 */
final class DualCoordinateDescent {
  private static final int MOST_SWEEPS = 300;
  private static final double ENOUGH = 0.01;
  private static final int MOST_NEWTON_STEPS = 50;

  private final LinearTrainingSet set;
  private final DocumentProducts products;
  private final double[] scales;
  private final double[] coefficients;
  private final double[] squares;
  private final double[] costs;
  private final byte[] signs;
  private double bias;

  /**
   * @param scales square of what each feature is multiplied by
   * @param costs C of each document
   * @param signs 1 for documents of the class, -1 for the others
   */
  DualCoordinateDescent(LinearTrainingSet set, double[] scales, double[] costs, byte[] signs) {
    this.set = set;
    this.products = new DocumentProducts(set);
    this.scales = scales;
    this.costs = costs;
    this.signs = signs;
    this.coefficients = new double[set.width()];
    this.squares = new double[set.size()];
    for (int document = 0; document < squares.length; document++) {
      squares[document] = products.square(document, scales) + 1; // the bias is a feature of 1
    }
  }

  /** Coefficients of the features as they are, unscaled. */
  double[] coefficients() {
    return coefficients;
  }

  double bias() {
    return bias;
  }

  /** Squared hinge loss. */
  void fitSupportVectors(long seed) {
    double[] alpha = new double[set.size()];
    int[] order = order();
    SplittableRandom chance = new SplittableRandom(seed);
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      shuffle(order, chance);
      double most = 0;
      for (int document : order) {
        double diagonal = 0.5 / costs[document];
        double gradient = signs[document] * margin(document) - 1 + alpha[document] * diagonal;
        double projected = alpha[document] == 0 ? Math.min(gradient, 0) : gradient;
        if (projected == 0) {
          continue;
        }
        most = Math.max(most, Math.abs(projected));
        double next = Math.max(alpha[document] - gradient / (squares[document] + diagonal), 0);
        move(document, (next - alpha[document]) * signs[document]);
        alpha[document] = next;
      }
      if (most < ENOUGH) {
        return;
      }
    }
  }

  /** Logistic loss. */
  void fitLogistic(long seed) {
    double[] alpha = new double[set.size()];
    for (int document = 0; document < alpha.length; document++) {
      alpha[document] = Math.min(1e-3 * costs[document], 1e-8);
      move(document, alpha[document] * signs[document]);
    }
    int[] order = order();
    SplittableRandom chance = new SplittableRandom(seed);
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      shuffle(order, chance);
      double most = 0;
      for (int document : order) {
        double cost = costs[document];
        double score = signs[document] * margin(document);
        double old = alpha[document];
        double gradient = score + StrictMath.log(old / (cost - old));
        most = Math.max(most, Math.abs(gradient));
        double next = newton(old, score, squares[document], cost);
        move(document, (next - old) * signs[document]);
        alpha[document] = next;
      }
      if (most < ENOUGH) {
        return;
      }
    }
  }

  /**
   * The dual variable of one document in (0, cost) where the derivative square (a - old) + score +
   * log(a / (cost - a)) is zero, by Newton steps over whichever of a and cost - a is smaller, since
   * only there steps converge fast.
   */
  private static double newton(double old, double score, double square, double cost) {
    boolean upper = 0.5 * square * (cost - 2 * old) + score < 0;
    double start = upper ? cost - old : old;
    double side = upper ? -score : score;
    double z = cost - start < 0.5 * cost ? 0.1 * start : start;
    for (int step = 0; step < MOST_NEWTON_STEPS; step++) {
      double slope = square * (z - start) + side + StrictMath.log(z / (cost - z));
      if (Math.abs(slope) < 1e-3) {
        break;
      }
      double next = z - slope / (square + cost / ((cost - z) * z));
      z = next <= 0 ? 0.1 * z : next;
    }
    return upper ? cost - z : z;
  }

  private double margin(int document) {
    return products.dot(document, coefficients) + bias;
  }

  private void move(int document, double step) {
    products.addTo(document, step, scales, coefficients);
    bias += step;
  }

  private int[] order() {
    int[] order = new int[set.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return order;
  }

  private static void shuffle(int[] order, SplittableRandom chance) {
    for (int last = order.length - 1; last > 0; last--) {
      int other = chance.nextInt(last + 1);
      int kept = order[last];
      order[last] = order[other];
      order[other] = kept;
    }
  }
}
