package org.medroute.linear;

/**
 * How the numbers of a linear model, and the probabilities of a forest beside it, become
 * probabilities: the softmax of slope x margin + share x ln(forest's probability + 0.01) + shift,
 * class by class, times a sharpness. Fitted on out-of-fold predictions; the few parameters are
 * drawn towards a common slope, a common share and no shift, since a free matrix learns the noise
 * of small classes. How far the result is trusted is learnt after that, see {@link Sharpness}.
 * Beside a forest, {@value #POOLED} of the result is then the forest's own probability, see {@link
 * #pool}.
 *
 * @param slopes of the margins, one a class
 * @param shares of the forest, one a class; empty without a forest
 * @param shifts one a class
 * @param sharpness of each document
 */
public record Vote(double[] slopes, double[] shares, double[] shifts, Sharpness sharpness) {
  private static final double FLOOR = 0.01;
  private static final double USUAL_SLOPE = 4;
  private static final double USUAL_SHARE = 0.5;
  private static final double SHRINKAGE = 3;

  /**
   * Chosen out of fold on the three OHSUMED tasks among 0 to 0.1: the least that keeps most of what
   * more does at precision .999, while S6 and OH23 lose nothing at .9 and .95. Its log loss has no
   * say: the few documents that it is for are a thousandth of all.
   */
  private static final double POOLED = 0.03;

  /** Without a sharpness. */
  public Vote(double[] slopes, double[] shares, double[] shifts) {
    this(slopes, shares, shifts, Sharpness.NONE);
  }

  /** What a forest's probability counts. */
  static double evidence(double probability) {
    return StrictMath.log(probability + FLOOR);
  }

  /**
   * What a fit usually comes to for support vectors, for want of out-of-fold results: slope 4 (2.9
   * to 4.7 on the three OHSUMED tasks), no shifts.
   */
  public static Vote usual(int classes) {
    return new Vote(filled(classes, USUAL_SLOPE), new double[0], new double[classes]);
  }

  /** The same beside a forest, whose share is usually 0.5 (0.36 to 0.57). */
  public static Vote usualWithForest(int classes) {
    return new Vote(
        filled(classes, USUAL_SLOPE), filled(classes, USUAL_SHARE), new double[classes]);
  }

  private static double[] filled(int classes, double value) {
    double[] values = new double[classes];
    java.util.Arrays.fill(values, value);
    return values;
  }

  /**
   * Fits by Newton's method with step halving; the loss is convex. Cost: documents x (2 or 3 x
   * classes)^2 a step, some ten steps.
   *
   * @param margins by document and class, out of fold
   * @param forest probabilities by document and class, out of fold; no rows without a forest
   * @param labels class indexes
   * @param weights of the documents
   */
  public static Vote fit(double[][] margins, double[][] forest, int[] labels, double[] weights) {
    if (margins.length == 0) {
      throw new IllegalArgumentException("a vote cannot be fitted without documents");
    }
    int classes = margins[0].length;
    int blocks = forest.length == 0 ? 2 : 3;
    Problem problem = new Problem(margins, forest, labels, weights, classes, blocks);
    double[] point = new double[blocks * classes];
    java.util.Arrays.fill(point, 0, (blocks - 1) * classes, 1);
    point = Newton.least(problem, point);
    return new Vote(
            java.util.Arrays.copyOfRange(point, 0, classes),
            blocks == 3 ? java.util.Arrays.copyOfRange(point, classes, 2 * classes) : new double[0],
            java.util.Arrays.copyOfRange(point, (blocks - 1) * classes, blocks * classes))
        .sharpened(margins, forest, labels, weights);
  }

  private Vote sharpened(double[][] margins, double[][] forest, int[] labels, double[] weights) {
    double[][] linear = new double[margins.length][];
    double[][] logits = new double[margins.length][];
    for (int document = 0; document < margins.length; document++) {
      linear[document] = linear(margins[document]);
      logits[document] = linear[document].clone();
      if (shares.length > 0) {
        addForest(forest[document], logits[document]);
      }
    }
    return new Vote(slopes, shares, shifts, Sharpness.fit(linear, logits, labels, weights));
  }

  private double[] linear(double[] margins) {
    double[] linear = new double[margins.length];
    for (int label = 0; label < linear.length; label++) {
      linear[label] = slopes[label] * margins[label] + shifts[label];
    }
    return linear;
  }

  private void addForest(double[] forest, double[] logits) {
    for (int label = 0; label < logits.length; label++) {
      logits[label] += shares[label] * evidence(forest[label]);
    }
  }

  /** Probabilities of one document. */
  public double[] probabilities(double[] margins, double[] forest) {
    double[] linear = linear(margins);
    double[] logits = linear.clone();
    if (shares.length > 0) {
      addForest(forest, logits);
    }
    sharpness.apply(linear, logits);
    softmax(logits);
    if (shares.length > 0) {
      pool(forest, logits);
    }
    return logits;
  }

  /**
   * Mixes a little of the forest into probabilities (a linear opinion pool). Where the linear model
   * is all but certain a product of the two lets it have its way; so, the documents that it is
   * wrongly certain of stand among the surest of all. Mixed, nothing is surer than the forest lets
   * it be, and of documents that the one is certain of those come first that the other is sure of
   * too.
   */
  static void pool(double[] forest, double[] probabilities) {
    for (int label = 0; label < probabilities.length; label++) {
      probabilities[label] += POOLED * (forest[label] - probabilities[label]);
    }
  }

  /** Replaces logits by probabilities. */
  public static void softmax(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (int label = 0; label < logits.length; label++) {
      logits[label] = StrictMath.exp(logits[label] - most);
      sum += logits[label];
    }
    for (int label = 0; label < logits.length; label++) {
      logits[label] /= sum;
    }
  }

  /** Weighted log loss and its shrinkage. */
  private record Problem(
      double[][] margins,
      double[][] forest,
      int[] labels,
      double[] weights,
      int classes,
      int blocks)
      implements Newton.Loss {

    /** What a parameter multiplies: blocks by class. */
    private double input(int document, int block, int label) {
      if (block == 0) {
        return margins[document][label];
      }
      return block < blocks - 1 ? evidence(forest[document][label]) : 1;
    }

    private double[] probabilities(int document, double[] point) {
      double[] logits = new double[classes];
      for (int block = 0; block < blocks; block++) {
        for (int label = 0; label < classes; label++) {
          logits[label] += point[block * classes + label] * input(document, block, label);
        }
      }
      softmax(logits);
      return logits;
    }

    @Override
    public double at(double[] point) {
      double loss = 0;
      for (int document = 0; document < labels.length; document++) {
        double probability = probabilities(document, point)[labels[document]];
        loss -= weights[document] * StrictMath.log(Math.max(probability, 1e-300));
      }
      for (int i = 0; i < point.length; i++) {
        double away = point[i] - centre(point, i);
        loss += SHRINKAGE * away * away;
      }
      return loss;
    }

    /** What a parameter is drawn to: the mean of its block, 0 for shifts. */
    private double centre(double[] point, int parameter) {
      int block = parameter / classes;
      if (block == blocks - 1) {
        return 0;
      }
      double sum = 0;
      for (int label = 0; label < classes; label++) {
        sum += point[block * classes + label];
      }
      return sum / classes;
    }

    @Override
    public double[] direction(double[] point) {
      int n = point.length;
      double[] gradient = new double[n];
      double[][] curvature = new double[n][n];
      double[] inputs = new double[n];
      for (int document = 0; document < labels.length; document++) {
        double[] p = probabilities(document, point);
        for (int i = 0; i < n; i++) {
          inputs[i] = input(document, i / classes, i % classes);
        }
        for (int i = 0; i < n; i++) {
          int label = i % classes;
          double miss = p[label] - (labels[document] == label ? 1 : 0);
          gradient[i] += weights[document] * miss * inputs[i];
          double factor = weights[document] * p[label] * inputs[i];
          for (int j = 0; j <= i; j++) {
            int other = j % classes;
            curvature[i][j] += factor * ((label == other ? 1 : 0) - p[other]) * inputs[j];
          }
        }
      }
      for (int i = 0; i < n; i++) {
        gradient[i] += 2 * SHRINKAGE * (point[i] - centre(point, i));
        curvature[i][i] += 2 * SHRINKAGE + 1e-6;
        for (int j = 0; j <= i; j++) {
          if (i / classes == j / classes && i / classes < blocks - 1) {
            curvature[i][j] -= 2 * SHRINKAGE / classes;
          }
        }
      }
      return Cholesky.solved(curvature, gradient);
    }
  }
}
