package org.medroute.compiled;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.medroute.config.RefusedException;
import org.medroute.linear.Link;

/**
 * A multilayer perceptron with one hidden layer of sigmoid units and {@link Link#SOFTMAX} over the
 * classes, as dense arrays. The weights of a feature to all units are neighbours: a document reads
 * the rows of its own features and no others.
 *
 * <p>Cost of a document: (its features + classes) x units multiplications, and one exponential a
 * unit. 8 bytes a weight.
 */
public final class CompiledPerceptron implements Head {
  static final String SHAPE = "PSHP";
  static final String INPUT_WEIGHTS = "PWIN";
  static final String INPUT_BIASES = "PBIN";
  static final String OUTPUT_WEIGHTS = "PWOU";
  static final String OUTPUT_BIASES = "PBOU";

  private final int features;

  /** By feature, then unit. */
  private final double[] inputWeights;

  /** One a unit. */
  private final double[] inputBiases;

  /** By unit, then class. */
  private final double[] outputWeights;

  /** One a class. */
  private final double[] outputBiases;

  /**
   * @param inputWeights by feature, then unit
   * @param inputBiases one a unit
   * @param outputWeights by unit, then class
   * @param outputBiases one a class
   * @throws IllegalArgumentException if their lengths do not fit
   */
  public CompiledPerceptron(
      int features,
      double[] inputWeights,
      double[] inputBiases,
      double[] outputWeights,
      double[] outputBiases) {
    if (inputWeights.length != (long) features * inputBiases.length
        || outputWeights.length != (long) inputBiases.length * outputBiases.length
        || !DoubleStream.of(inputWeights).allMatch(Double::isFinite)
        || !DoubleStream.of(outputWeights).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "A perceptron of "
              + features
              + " features, "
              + inputBiases.length
              + " units and "
              + outputBiases.length
              + " classes has "
              + inputWeights.length
              + " and "
              + outputWeights.length
              + " weights, or some that are no numbers");
    }
    this.features = features;
    this.inputWeights = inputWeights.clone();
    this.inputBiases = inputBiases.clone();
    this.outputWeights = outputWeights.clone();
    this.outputBiases = outputBiases.clone();
  }

  @Override
  public int classes() {
    return outputBiases.length;
  }

  @Override
  public int features() {
    return features;
  }

  /** Units of the hidden layer. */
  public int units() {
    return inputBiases.length;
  }

  @Override
  public Evaluator evaluator() {
    return new Pass();
  }

  @Override
  public void write(ScorerFile.Writer file) {
    file.ints(SHAPE, new int[] {classes(), features, units()});
    file.doubles(INPUT_WEIGHTS, inputWeights);
    file.doubles(INPUT_BIASES, inputBiases);
    file.doubles(OUTPUT_WEIGHTS, outputWeights);
    file.doubles(OUTPUT_BIASES, outputBiases);
  }

  static Set<String> tags() {
    return Set.of(SHAPE, INPUT_WEIGHTS, INPUT_BIASES, OUTPUT_WEIGHTS, OUTPUT_BIASES);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RefusedException if the numbers do not describe a perceptron
   */
  static CompiledPerceptron read(ScorerFile file) {
    int[] shape = file.ints(SHAPE);
    double[] inputBiases = file.doubles(INPUT_BIASES);
    double[] outputBiases = file.doubles(OUTPUT_BIASES);
    if (!Arrays.equals(
        shape,
        new int[] {outputBiases.length, shape.length > 1 ? shape[1] : 0, inputBiases.length})) {
      throw new RefusedException(
          "Compiled model " + file.name() + ": its sections of a perceptron contradict each other");
    }
    try {
      return new CompiledPerceptron(
          shape[1],
          file.doubles(INPUT_WEIGHTS),
          inputBiases,
          file.doubles(OUTPUT_WEIGHTS),
          outputBiases);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "Compiled model "
              + file.name()
              + ": its sections of a perceptron contradict each other: "
              + e.getMessage(),
          e);
    }
  }

  /** Carries documents through the layers. */
  private final class Pass implements Evaluator {
    private final double[] sums = new double[units()];
    private final double[] margins = new double[classes()];

    @Override
    public void probabilities(DocumentFeatures document, double[] probabilities) {
      read(document);
      answer(sums, margins);
      Link.SOFTMAX.probabilities(margins, probabilities);
    }

    private void read(DocumentFeatures document) {
      System.arraycopy(inputBiases, 0, sums, 0, sums.length);
      for (int i = 0; i < document.size; i++) {
        add(document.indices[i], document.values[i], sums);
      }
    }

    private void add(int feature, double value, double[] to) {
      int row = feature * to.length;
      for (int unit = 0; unit < to.length; unit++) {
        to[unit] += inputWeights[row + unit] * value;
      }
    }

    private void answer(double[] hiddenSums, double[] answers) {
      System.arraycopy(outputBiases, 0, answers, 0, answers.length);
      for (int unit = 0; unit < hiddenSums.length; unit++) {
        double activity = 1 / (1 + Math.exp(-hiddenSums[unit]));
        int row = unit * answers.length;
        for (int label = 0; label < answers.length; label++) {
          answers[label] += outputWeights[row + label] * activity;
        }
      }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The score is the logarithm of the odds of the class against the others. A feature moved it
     * by as much as it changes when the document loses that feature alone. Cost: (units x (classes
     * + 1)) multiplications and as many exponentials as units, for each feature of the document.
     */
    @Override
    public double contributions(DocumentFeatures document, int classIndex, double[] contributions) {
      read(document);
      answer(sums, margins);
      double whole = logOdds(classIndex);
      double rest = whole;
      double[] without = new double[sums.length];
      for (int i = 0; i < document.size; i++) {
        System.arraycopy(sums, 0, without, 0, sums.length);
        add(document.indices[i], -document.values[i], without);
        answer(without, margins);
        double moved = whole - logOdds(classIndex);
        contributions[document.indices[i]] += moved;
        rest -= moved;
      }
      return rest;
    }

    private double logOdds(int classIndex) {
      double most = Double.NEGATIVE_INFINITY;
      for (int label = 0; label < margins.length; label++) {
        most = label == classIndex ? most : Math.max(most, margins[label]);
      }
      double others = 0;
      for (int label = 0; label < margins.length; label++) {
        others += label == classIndex ? 0 : Math.exp(margins[label] - most);
      }
      return margins[classIndex] - most - Math.log(others);
    }
  }
}
