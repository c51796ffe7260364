package org.medroute.linear;

import java.io.Serializable;

/**
 * How far a vote is to be trusted, beyond the distance between its classes: a factor of all logits
 * of a document, exp(constant + byTop x top + bySecond x second). Top is the linear model's logit
 * of the class that the vote is for, second the largest of the other classes. The softmax sees
 * differences alone; but a class that leads because no other has anything for it is more often
 * right than one that leads by as much over another that has something for it too. The class stays
 * the same.
 *
 * <p>Source: a temperature that depends on the logits, as in C. Tomani, D. Cremers, F. Buettner,
 * Parameterized temperature scaling, 2022; here of two numbers instead of a network, for the
 * documents of small classes are few.
 *
 * @param least least exponent of the fit: a document unlike all that it saw goes no further
 * @param most largest exponent of the fit
 */
public record Sharpness(double constant, double byTop, double bySecond, double least, double most)
    implements Serializable {
  /** Leaves logits as they are. */
  public static final Sharpness NONE = new Sharpness(0, 0, 0, 0, 0);

  private static final double SHRINKAGE = 1;

  /** As stored. */
  double[] numbers() {
    return new double[] {constant, byTop, bySecond, least, most};
  }

  static Sharpness of(double[] numbers) {
    if (numbers.length != 5) {
      throw new IllegalArgumentException(numbers.length + " numbers of a sharpness, not 5");
    }
    return new Sharpness(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  /**
   * Multiplies the logits of a vote.
   *
   * @param linear the linear model's part of them
   */
  void apply(double[] linear, double[] logits) {
    if (byTop == 0 && bySecond == 0 && constant == 0) {
      return;
    }
    int top = top(logits);
    double exponent = constant + byTop * linear[top] + bySecond * second(linear, top);
    double factor = StrictMath.exp(Math.max(least, Math.min(most, exponent)));
    for (int label = 0; label < logits.length; label++) {
      logits[label] *= factor;
    }
  }

  /**
   * Fits by Newton's method on the log loss, with step halving; the two numbers are drawn to 0.
   * Cost: documents x classes a step, some five steps.
   *
   * @param linear the linear model's part of the logits by document and class, out of fold
   * @param logits of the vote by document and class
   */
  static Sharpness fit(double[][] linear, double[][] logits, int[] labels, double[] weights) {
    Problem problem = Problem.of(linear, logits, labels, weights);
    return problem.sharpness(Newton.least(problem, new double[Problem.INPUTS]));
  }

  private static int top(double[] logits) {
    int top = 0;
    for (int label = 1; label < logits.length; label++) {
      if (logits[label] > logits[top]) {
        top = label;
      }
    }
    return top;
  }

  private static double second(double[] linear, int top) {
    double second = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < linear.length; label++) {
      if (label != top && linear[label] > second) {
        second = linear[label];
      }
    }
    return second;
  }

  /** Weighted log loss and its shrinkage; inputs with mean 0 and deviation 1. */
  private record Problem(
      double[][] inputs,
      double[] means,
      double[] deviations,
      double[][] logits,
      int[] labels,
      double[] weights)
      implements Newton.Loss {
    static final int INPUTS = 3;

    static Problem of(double[][] linear, double[][] logits, int[] labels, double[] weights) {
      int n = labels.length;
      double[][] inputs = new double[n][];
      double[] means = new double[INPUTS];
      double[] squares = new double[INPUTS];
      for (int document = 0; document < n; document++) {
        int top = top(logits[document]);
        inputs[document] = new double[] {1, linear[document][top], second(linear[document], top)};
        for (int i = 0; i < INPUTS; i++) {
          means[i] += inputs[document][i] / n;
          squares[i] += inputs[document][i] * inputs[document][i] / n;
        }
      }
      double[] deviations = new double[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        double variance = squares[i] - means[i] * means[i];
        deviations[i] = variance > 1e-12 ? Math.sqrt(variance) : 1;
      }
      means[0] = 0; // the constant stays one
      for (double[] input : inputs) {
        for (int i = 0; i < INPUTS; i++) {
          input[i] = (input[i] - means[i]) / deviations[i];
        }
      }
      return new Problem(inputs, means, deviations, logits, labels, weights);
    }

    private double exponent(int document, double[] point) {
      double exponent = 0;
      for (int i = 0; i < INPUTS; i++) {
        exponent += point[i] * inputs[document][i];
      }
      return exponent;
    }

    private double[] probabilities(int document, double factor) {
      double[] p = logits[document].clone();
      for (int label = 0; label < p.length; label++) {
        p[label] *= factor;
      }
      Vote.softmax(p);
      return p;
    }

    @Override
    public double at(double[] point) {
      double loss = 0;
      for (int document = 0; document < labels.length; document++) {
        double[] p = probabilities(document, StrictMath.exp(exponent(document, point)));
        loss -= weights[document] * StrictMath.log(Math.max(p[labels[document]], 1e-300));
      }
      for (int i = 1; i < INPUTS; i++) {
        loss += SHRINKAGE * point[i] * point[i];
      }
      return loss;
    }

    @Override
    public double[] direction(double[] point) {
      double[] gradient = new double[INPUTS];
      double[][] curvature = new double[INPUTS][INPUTS];
      for (int document = 0; document < labels.length; document++) {
        double factor = StrictMath.exp(exponent(document, point));
        double[] p = probabilities(document, factor);
        double mean = 0;
        double square = 0;
        for (int label = 0; label < p.length; label++) {
          mean += p[label] * logits[document][label];
          square += p[label] * logits[document][label] * logits[document][label];
        }
        double slope = weights[document] * factor * (mean - logits[document][labels[document]]);
        // the expected curvature: never negative, as the true one can be
        double bend = weights[document] * factor * factor * Math.max(0, square - mean * mean);
        double[] input = inputs[document];
        for (int i = 0; i < INPUTS; i++) {
          gradient[i] += slope * input[i];
          for (int j = 0; j <= i; j++) {
            curvature[i][j] += bend * input[i] * input[j];
          }
        }
      }
      for (int i = 0; i < INPUTS; i++) {
        gradient[i] += i == 0 ? 0 : 2 * SHRINKAGE * point[i];
        curvature[i][i] += i == 0 ? 1e-6 : 2 * SHRINKAGE;
      }
      return Cholesky.solved(curvature, gradient);
    }

    Sharpness sharpness(double[] point) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int document = 0; document < labels.length; document++) {
        double exponent = exponent(document, point);
        least = Math.min(least, exponent);
        most = Math.max(most, exponent);
      }
      double byTop = point[1] / deviations[1];
      double bySecond = point[2] / deviations[2];
      double constant = point[0] - byTop * means[1] - bySecond * means[2];
      return new Sharpness(constant, byTop, bySecond, least, most);
    }
  }
}
