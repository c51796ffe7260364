package org.medroute.config;

/**
 * How a multilayer perceptron with one hidden layer is fitted: section {@code perceptron}.
 *
 * @param hidden units of the hidden layer, 1 to 10,000
 * @param iterations steps of L-BFGS at most, 1 to 100,000
 * @param tolerance relative change of the loss below which it ends, 0 to 1
 * @param blockSize rows multiplied at once, 1 to 100,000
 * @param balance whether rows of rarer classes are repeated
 */
public record PerceptronSettings(
    int hidden, int iterations, double tolerance, int blockSize, Balance balance, long seed) {

  /** What is done about classes of unlike size; the perceptron of MLlib knows no weights. */
  public enum Balance {
    /** Every row counts once. */
    NONE,
    /** A row stands as often as its weight is times the smallest one, rounded. */
    REPEAT
  }

  /** Reads section {@code perceptron}. */
  public static PerceptronSettings from(Settings settings) {
    Settings perceptron = settings.section("perceptron");
    return new PerceptronSettings(
        perceptron.integer("hidden", 1, 10_000),
        perceptron.integer("iterations", 1, 100_000),
        perceptron.number("tolerance", 0, 1),
        perceptron.integer("block-size", 1, 100_000),
        perceptron.choice("balance", Balance.class),
        perceptron.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
