package org.medroute.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A non-decreasing curve from a probability to a probability: the logistic of {@code rise} ln p -
 * {@code fall} ln(1 - p) + {@code shift} (Kull, Silva Filho and Flach, Beta calibration, 2017).
 * Rise 1, fall 1 and shift 0 leave p as it is; with rise = fall it is a sigmoid of the log-odds.
 * Probabilities are kept at least {@value #CLIP} away from 0 and 1.
 *
 * @param rise 0 or above: how steep near 0
 * @param fall 0 or above: how steep near 1
 */
public record BetaCurve(double rise, double fall, double shift) implements Serializable {
  /** Less than the sigmoid's: the last hundredth of documents is told apart by it. */
  static final double CLIP = 1e-7;

  private static final int MAXIMUM_STEPS = 100;
  private static final double TOLERANCE = 1e-10;
  private static final double RIDGE = 1e-9;

  public BetaCurve {
    if (!(rise >= 0 && fall >= 0)
        || !Double.isFinite(rise)
        || !Double.isFinite(fall)
        || !Double.isFinite(shift)) {
      throw new IllegalArgumentException(
          "A beta curve of rise " + rise + ", fall " + fall + " and shift " + shift);
    }
  }

  double at(double probability) {
    double p = Math.min(1 - CLIP, Math.max(CLIP, probability));
    double z = rise * Math.log(p) - fall * Math.log1p(-p) + shift;
    if (z >= 0) {
      return 1 / (1 + Math.exp(-z));
    }
    double e = Math.exp(z);
    return e / (1 + e);
  }

  void write(ObjectNode node) {
    node.put("rise", rise).put("fall", fall).put("shift", shift);
  }

  /** Reads what {@link #write} wrote. */
  static BetaCurve read(JsonNode node) {
    return new BetaCurve(number(node, "rise"), number(node, "fall"), number(node, "shift"));
  }

  private static double number(JsonNode node, String field) {
    if (!node.path(field).isNumber()) {
      throw new IllegalArgumentException("Calibration JSON: " + field + " is not a number");
    }
    return node.path(field).asDouble();
  }

  /**
   * The curve of least cross entropy against {@link OneVersusRest#targets}. Newton's method, ten to
   * twenty passes; where a steepness would be negative it is 0 and the others are fitted anew.
   */
  static BetaCurve fit(OneVersusRest data) {
    int n = data.raw().length;
    double[][] inputs = new double[n][];
    double[] target = new double[n];
    double[] aims = data.targets();
    for (int i = 0; i < n; i++) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, data.raw()[i]));
      inputs[i] = new double[] {Math.log(p), -Math.log1p(-p), 1};
      target[i] = data.member()[i] ? aims[1] : aims[0];
    }
    BetaCurve best = null;
    double least = Double.POSITIVE_INFINITY;
    for (boolean[] used :
        new boolean[][] {
          {true, true, true}, {true, false, true}, {false, true, true}, {false, false, true}
        }) {
      double[] point = minimise(inputs, target, data.weights(), used);
      double loss = loss(inputs, target, data.weights(), point);
      // the first fit is the least of all: where it is admissible no other can be better
      if (point[0] >= 0 && point[1] >= 0 && loss < least) {
        least = loss;
        best = new BetaCurve(point[0], point[1], point[2]);
        if (used[0] && used[1]) {
          break;
        }
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("A beta curve cannot be fitted on these probabilities");
    }
    return best;
  }

  private static double[] minimise(
      double[][] inputs, double[] target, double[] weights, boolean[] used) {
    double[] point = {used[0] ? 1 : 0, used[1] ? 1 : 0, 0};
    double loss = loss(inputs, target, weights, point);
    for (int step = 0; step < MAXIMUM_STEPS; step++) {
      double[] direction = direction(inputs, target, weights, used, point);
      double length = 1;
      double[] next = moved(point, direction, length);
      double nextLoss = loss(inputs, target, weights, next);
      while (!(nextLoss <= loss) && length > 1e-10) {
        length /= 2;
        next = moved(point, direction, length);
        nextLoss = loss(inputs, target, weights, next);
      }
      if (!(nextLoss <= loss)) {
        break;
      }
      boolean done = loss - nextLoss <= TOLERANCE * Math.max(loss, 1e-300);
      point = next;
      loss = nextLoss;
      if (done) {
        break;
      }
    }
    return point;
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    return new double[] {
      from[0] - length * direction[0],
      from[1] - length * direction[1],
      from[2] - length * direction[2]
    };
  }

  private static double[] direction(
      double[][] inputs, double[] target, double[] weights, boolean[] used, double[] point) {
    double[] gradient = new double[3];
    double[][] curvature = new double[3][3];
    double total = Arrays.stream(weights).sum();
    for (int i = 0; i < target.length; i++) {
      double p = logistic(inputs[i], point);
      double miss = weights[i] * (p - target[i]);
      double bend = weights[i] * p * (1 - p);
      for (int a = 0; a < 3; a++) {
        gradient[a] += miss * inputs[i][a];
        for (int b = 0; b < 3; b++) {
          curvature[a][b] += bend * inputs[i][a] * inputs[i][b];
        }
      }
    }
    for (int a = 0; a < 3; a++) {
      curvature[a][a] += RIDGE * total;
      if (!used[a]) {
        gradient[a] = 0;
        for (int b = 0; b < 3; b++) {
          curvature[a][b] = a == b ? 1 : 0;
          curvature[b][a] = a == b ? 1 : 0;
        }
      }
    }
    return solved(curvature, gradient);
  }

  /** Gauss' elimination of three equations with a positive definite matrix. */
  private static double[] solved(double[][] a, double[] right) {
    double[] x = right.clone();
    for (int pivot = 0; pivot < 3; pivot++) {
      for (int row = pivot + 1; row < 3; row++) {
        double factor = a[row][pivot] / a[pivot][pivot];
        for (int column = pivot; column < 3; column++) {
          a[row][column] -= factor * a[pivot][column];
        }
        x[row] -= factor * x[pivot];
      }
    }
    for (int row = 2; row >= 0; row--) {
      for (int column = row + 1; column < 3; column++) {
        x[row] -= a[row][column] * x[column];
      }
      x[row] /= a[row][row];
    }
    return x;
  }

  private static double loss(double[][] inputs, double[] target, double[] weights, double[] point) {
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      double z = z(inputs[i], point);
      double softplus = z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
      sum += weights[i] * (softplus - target[i] * z);
    }
    return sum;
  }

  private static double z(double[] inputs, double[] point) {
    return inputs[0] * point[0] + inputs[1] * point[1] + inputs[2] * point[2];
  }

  private static double logistic(double[] inputs, double[] point) {
    double z = z(inputs, point);
    if (z >= 0) {
      return 1 / (1 + Math.exp(-z));
    }
    double e = Math.exp(z);
    return e / (1 + e);
  }
}
