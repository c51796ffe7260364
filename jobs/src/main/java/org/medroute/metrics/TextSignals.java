package org.medroute.metrics;

import java.util.Objects;
import java.util.Optional;
import org.medroute.config.ClassSet;

/**
 * What of a text speaks for a person, whatever the confidence.
 *
 * @param knownShare share of the text's distinct words that the model was trained on; NaN where the
 *     model has no words
 * @param forestTop class that the forest alone would give, {@link ClassSet#NONE} without a forest
 *     beside a linear model
 * @param linearTop class that the linear model alone would give, or none likewise
 * @param disagreement how much more the forest believes in its class than in the linear model's, 0
 *     to 1
 * @param redFlag a phrase of the lexicon that the text holds
 */
public record TextSignals(
    double knownShare,
    int forestTop,
    int linearTop,
    double disagreement,
    Optional<String> redFlag) {
  public TextSignals {
    Objects.requireNonNull(redFlag, "redFlag");
  }

  /** Of a model that can tell nothing but the lexicon's phrases. */
  public static TextSignals of(Optional<String> redFlag) {
    return new TextSignals(Double.NaN, ClassSet.NONE, ClassSet.NONE, 0, redFlag);
  }

  /**
   * Of a forest beside a linear model.
   *
   * @param votes of the forest, in class order
   */
  public static TextSignals of(
      double knownShare, double[] votes, int linearTop, Optional<String> redFlag) {
    int top = 0;
    for (int c = 1; c < votes.length; c++) {
      if (votes[c] > votes[top]) {
        top = c;
      }
    }
    return new TextSignals(knownShare, top, linearTop, votes[top] - votes[linearTop], redFlag);
  }
}
