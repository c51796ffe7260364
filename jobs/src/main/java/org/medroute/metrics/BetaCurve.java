package org.medroute.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

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
    return LogisticFit.logistic(rise * StrictMath.log(p) - fall * StrictMath.log1p(-p) + shift);
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
   * The curve of least cross entropy against {@link OneVersusRest#targets}; where a steepness would
   * be negative it is 0 and the others are fitted anew.
   */
  static BetaCurve fit(OneVersusRest data) {
    int n = data.raw().length;
    double[][] inputs = new double[n][];
    double[] target = new double[n];
    double[] aims = data.targets();
    for (int i = 0; i < n; i++) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, data.raw()[i]));
      inputs[i] = new double[] {StrictMath.log(p), -StrictMath.log1p(-p), 1};
      target[i] = data.member()[i] ? aims[1] : aims[0];
    }
    BetaCurve best = null;
    double least = Double.POSITIVE_INFINITY;
    for (boolean[] used :
        new boolean[][] {
          {true, true, true}, {true, false, true}, {false, true, true}, {false, false, true}
        }) {
      LogisticFit fit = new LogisticFit(inputs, target, data.weights(), used);
      double[] point = fit.numbers(new double[] {used[0] ? 1 : 0, used[1] ? 1 : 0, 0});
      double loss = fit.at(point);
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
}
