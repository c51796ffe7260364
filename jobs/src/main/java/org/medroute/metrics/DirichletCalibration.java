package org.medroute.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.medroute.config.CalibrationMethod;
import org.medroute.linear.Cholesky;
import org.medroute.linear.Vote;

/**
 * The softmax of a matrix times the logarithms of the raw probabilities, plus a shift for each
 * class: what one class is said to have can speak for or against another, which no curve of single
 * classes can learn. Source: M. Kull et al., Beyond temperature scaling, 2019; there the entries
 * beside the diagonal and the shifts are drawn to zero, here all are drawn to what changes nothing.
 *
 * @param numbers by class: one factor for each class, then the shift
 */
public record DirichletCalibration(double[] numbers) implements Calibration {
  private static final double SMALLEST = 1e-9;
  private static final double SHRINKAGE = 5;
  private static final int MOST_STEPS = 300;
  private static final double ENOUGH = 1e-8;

  public DirichletCalibration {
    numbers = numbers.clone();
    int classes = classes(numbers.length);
    if (classes * (classes + 1) != numbers.length || classes < 2) {
      throw new IllegalArgumentException(
          "A Dirichlet calibration has k (k + 1) numbers for k classes, not " + numbers.length);
    }
  }

  private static int classes(int numbers) {
    return (int) Math.sqrt(numbers);
  }

  /**
   * Fits by steps against a bound of the curvature (D. Bohning, Multinomial logistic regression
   * algorithm, 1992): the loss falls with each, and the bound is the same for all. Cost: documents
   * x classes^2 a step, up to {@value #MOST_STEPS}.
   */
  static DirichletCalibration fit(Predictions outOfFold) {
    Predictions labelled = outOfFold.labelled();
    if (labelled.size() == 0) {
      throw new IllegalArgumentException("No document with a known class to calibrate on");
    }
    int k = labelled.classes().size();
    double[][] inputs = new double[labelled.size()][];
    double[][] bound = new double[k + 1][k + 1];
    for (int i = 0; i < inputs.length; i++) {
      double[] input = Arrays.copyOf(labelled.probabilities(i), k + 1);
      for (int c = 0; c < k; c++) {
        input[c] = logarithm(input[c]);
      }
      input[k] = 1;
      inputs[i] = input;
      for (int row = 0; row <= k; row++) {
        for (int column = 0; column <= row; column++) {
          bound[row][column] += labelled.weight(i) * input[row] * input[column] / 2;
        }
      }
    }
    for (int row = 0; row <= k; row++) {
      bound[row][row] += 2 * SHRINKAGE;
    }
    double[] point = unchanged(k);
    double before = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] gradient = new double[point.length];
      double loss = gradient(labelled, inputs, point, gradient);
      if (before - loss <= ENOUGH * Math.abs(loss)) {
        break;
      }
      before = loss;
      for (int c = 0; c < k; c++) {
        double[] ofClass = Arrays.copyOfRange(gradient, c * (k + 1), (c + 1) * (k + 1));
        double[][] lower = Arrays.stream(bound).map(double[]::clone).toArray(double[][]::new);
        double[] direction = Cholesky.solved(lower, ofClass);
        for (int j = 0; j <= k; j++) {
          point[c * (k + 1) + j] -= direction[j];
        }
      }
    }
    return new DirichletCalibration(point);
  }

  /** The numbers that change nothing. */
  private static double[] unchanged(int k) {
    double[] numbers = new double[k * (k + 1)];
    for (int c = 0; c < k; c++) {
      numbers[c * (k + 1) + c] = 1;
    }
    return numbers;
  }

  /** Weighted log loss and shrinkage; adds their gradient. */
  private static double gradient(
      Predictions labelled, double[][] inputs, double[] point, double[] gradient) {
    int k = labelled.classes().size();
    double[] centre = unchanged(k);
    double loss = 0;
    for (int j = 0; j < point.length; j++) {
      double away = point[j] - centre[j];
      loss += SHRINKAGE * away * away;
      gradient[j] += 2 * SHRINKAGE * away;
    }
    double[] p = new double[k];
    for (int i = 0; i < inputs.length; i++) {
      double[] input = inputs[i];
      for (int c = 0; c < k; c++) {
        p[c] = 0;
        for (int j = 0; j <= k; j++) {
          p[c] += point[c * (k + 1) + j] * input[j];
        }
      }
      Vote.softmax(p);
      double weight = labelled.weight(i);
      loss -= weight * StrictMath.log(Math.max(p[labelled.truth(i)], Double.MIN_NORMAL));
      for (int c = 0; c < k; c++) {
        double miss = weight * (p[c] - (labelled.truth(i) == c ? 1 : 0));
        for (int j = 0; j <= k; j++) {
          gradient[c * (k + 1) + j] += miss * input[j];
        }
      }
    }
    return loss;
  }

  private static double logarithm(double probability) {
    return StrictMath.log(Math.max(probability, SMALLEST));
  }

  @Override
  public CalibrationMethod method() {
    return CalibrationMethod.DIRICHLET;
  }

  @Override
  public void apply(double[] raw, double[] into) {
    int k = classes(numbers.length);
    OneVersusRest.requireShape(k, raw, into);
    for (int c = 0; c < k; c++) {
      into[c] = numbers[c * (k + 1) + k];
    }
    for (int j = 0; j < k; j++) {
      double logarithm = logarithm(raw[j]);
      for (int c = 0; c < k; c++) {
        into[c] += numbers[c * (k + 1) + j] * logarithm;
      }
    }
    Vote.softmax(into);
  }

  @Override
  public String toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("method", method().text());
    ArrayNode array = node.putArray("numbers");
    for (double number : numbers) {
      array.add(number);
    }
    return node.toString();
  }

  /** The numbers of a fitted calibration, as a fresh array. */
  @Override
  public double[] numbers() {
    return numbers.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DirichletCalibration that && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return toJson();
  }
}
