package org.medroute.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Objects;
import org.medroute.config.CalibrationMethod;

/**
 * One logistic curve per class on the log-odds of its raw probability, then division by the sum
 * (Platt, Probabilistic outputs for support vector machines, 1999; fitted as by Lin, Lin and Weng,
 * A note on Platt's probabilistic outputs, 2007).
 *
 * <p>A curve maps p to 1 / (1 + exp(-(slope ln(p / (1 - p)) + intercept))): slope 1 and intercept 0
 * leave p as it is, slopes above 1 make a timid model bolder. Raw probabilities are kept at least
 * {@value #CLIP} away from 0 and 1. A slope is never negative: where the documents would have it
 * so, the class's curve is its frequency. Two numbers a class, so that few hundred documents
 * suffice.
 */
public final class SigmoidCalibration implements Calibration {
  private static final long serialVersionUID = 1L;

  /** Distance from 0 and 1 below which raw probabilities are not told apart. */
  static final double CLIP = 1e-4;

  private final double[] slopes;
  private final double[] intercepts;

  /**
   * Takes the curves of all classes.
   *
   * @throws IllegalArgumentException on different lengths, numbers that are not finite, or a
   *     negative slope
   */
  SigmoidCalibration(double[] slopes, double[] intercepts) {
    if (slopes.length != intercepts.length || slopes.length < 2) {
      throw new IllegalArgumentException(
          "A sigmoid calibration has a slope and an intercept for each of two or more classes, not "
              + slopes.length
              + " and "
              + intercepts.length);
    }
    for (int c = 0; c < slopes.length; c++) {
      if (!(slopes[c] >= 0) || !Double.isFinite(slopes[c]) || !Double.isFinite(intercepts[c])) {
        throw new IllegalArgumentException(
            "Class " + c + " has slope " + slopes[c] + " and intercept " + intercepts[c]);
      }
    }
    this.slopes = slopes.clone();
    this.intercepts = intercepts.clone();
  }

  /** Fits the curves. Newton's method: about ten passes over the documents for each class. */
  static SigmoidCalibration fit(Predictions outOfFold) {
    Predictions labelled = outOfFold.labelled();
    int k = labelled.classes().size();
    double[] slopes = new double[k];
    double[] intercepts = new double[k];
    for (int c = 0; c < k; c++) {
      double[] curve = fit(OneVersusRest.of(labelled, c));
      slopes[c] = curve[0];
      intercepts[c] = curve[1];
    }
    return new SigmoidCalibration(slopes, intercepts);
  }

  /** Slope and intercept of least cross entropy against Platt's targets. */
  private static double[] fit(OneVersusRest data) {
    int n = data.raw().length;
    double[] targets = data.targets();
    double[][] inputs = new double[n][];
    double[] target = new double[n];
    double aimed = 0;
    double total = 0;
    for (int i = 0; i < n; i++) {
      inputs[i] = new double[] {logOdds(data.raw()[i]), 1};
      target[i] = data.member()[i] ? targets[1] : targets[0];
      aimed += data.weights()[i] * target[i];
      total += data.weights()[i];
    }
    double frequency = aimed / total;
    double base = StrictMath.log(frequency / (1 - frequency));
    double[] curve =
        new LogisticFit(inputs, target, data.weights(), new boolean[] {true, true})
            .numbers(new double[] {0, base});
    return curve[0] >= 0 ? curve : new double[] {0, base};
  }

  private static double logOdds(double p) {
    double clipped = Math.min(1 - CLIP, Math.max(CLIP, p));
    return StrictMath.log(clipped / (1 - clipped));
  }

  @Override
  public CalibrationMethod method() {
    return CalibrationMethod.SIGMOID;
  }

  /** Slope of a class, 0 or above. */
  public double slope(int classIndex) {
    return slopes[classIndex];
  }

  public double intercept(int classIndex) {
    return intercepts[classIndex];
  }

  @Override
  public void apply(double[] raw, double[] into) {
    OneVersusRest.requireShape(slopes.length, raw, into);
    for (int c = 0; c < slopes.length; c++) {
      into[c] = LogisticFit.logistic(slopes[c] * logOdds(raw[c]) + intercepts[c]);
    }
    OneVersusRest.normalise(raw, into);
  }

  @Override
  public String toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("method", method().text());
    ArrayNode slopeNode = node.putArray("slopes");
    ArrayNode interceptNode = node.putArray("intercepts");
    for (int c = 0; c < slopes.length; c++) {
      slopeNode.add(slopes[c]);
      interceptNode.add(intercepts[c]);
    }
    return node.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigmoidCalibration sigmoid
        && Arrays.equals(slopes, sigmoid.slopes)
        && Arrays.equals(intercepts, sigmoid.intercepts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(slopes), Arrays.hashCode(intercepts));
  }

  @Override
  public String toString() {
    return toJson();
  }
}
