package org.medroute.metrics;

import java.util.Arrays;
import org.medroute.linear.Cholesky;
import org.medroute.linear.Newton;

/**
 * The logistic curve of a few inputs that has the least cross entropy against targets from 0 to 1.
 * Cost: documents x inputs^2 a step, some ten steps.
 *
 * @param inputs by document; a constant is an input of its own
 * @param used a number that is not used keeps what it starts with
 */
record LogisticFit(double[][] inputs, double[] target, double[] weights, boolean[] used)
    implements Newton.Loss {
  /** Of the mean weight of a document: what keeps inputs that say the same apart. */
  private static final double RIDGE = 1e-9;

  /** A number for each input. */
  double[] numbers(double[] start) {
    return Newton.least(this, start);
  }

  @Override
  public double at(double[] point) {
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      double z = z(inputs[i], point);
      double e = StrictMath.exp(-Math.abs(z));
      sum += weights[i] * (Math.max(z, 0) + StrictMath.log1p(e) - target[i] * z);
    }
    return sum;
  }

  @Override
  public double[] direction(double[] point) {
    int n = point.length;
    double[] gradient = new double[n];
    double[][] curvature = new double[n][n];
    for (int i = 0; i < target.length; i++) {
      double p = logistic(z(inputs[i], point));
      double miss = weights[i] * (p - target[i]);
      double bend = weights[i] * p * (1 - p);
      for (int a = 0; a < n; a++) {
        gradient[a] += miss * inputs[i][a];
        for (int b = 0; b <= a; b++) {
          curvature[a][b] += bend * inputs[i][a] * inputs[i][b];
        }
      }
    }
    double ridge = RIDGE * Arrays.stream(weights).sum();
    for (int a = 0; a < n; a++) {
      curvature[a][a] += ridge;
      for (int b = 0; b <= a; b++) {
        if (!used[a] || !used[b]) {
          curvature[a][b] = a == b ? 1 : 0;
        }
      }
      gradient[a] = used[a] ? gradient[a] : 0;
    }
    return Cholesky.solved(curvature, gradient);
  }

  static double logistic(double z) {
    double e = StrictMath.exp(-Math.abs(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  private static double z(double[] inputs, double[] point) {
    double z = 0;
    for (int i = 0; i < point.length; i++) {
      z += inputs[i] * point[i];
    }
    return z;
  }
}
