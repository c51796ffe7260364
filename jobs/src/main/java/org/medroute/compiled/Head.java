package org.medroute.compiled;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.medroute.config.RefusedException;

/**
 * A classifier over the features of a document. A scorer has one head; a head may stand on others.
 * Immutable and thread safe; what a document needs of memory belongs to its {@link Evaluator}.
 */
public sealed interface Head permits CompiledForest, CompiledBoost, CompiledPerceptron {
  /** Number of classes. */
  int classes();

  /** Number of features that a document may have. */
  int features();

  /** The working memory of one thread. */
  Evaluator evaluator();

  /** Writes the head's sections. */
  void write(ScorerFile.Writer file);

  /** Tags of the sections that heads write and that are needed to score. */
  static Set<String> tags() {
    Set<String> tags = new HashSet<>(CompiledForest.tags());
    tags.addAll(CompiledBoost.tags());
    tags.addAll(CompiledPerceptron.tags());
    return tags;
  }

  /**
   * Reads the head of a file.
   *
   * @throws RefusedException if there is none or more than one, or its sections are unsound
   */
  static Head read(ScorerFile file) {
    List<String> shapes =
        Stream.of(CompiledForest.SHAPE, CompiledBoost.SHAPE, CompiledPerceptron.SHAPE)
            .filter(file::has)
            .toList();
    if (shapes.size() != 1) {
      throw new RefusedException(
          "Compiled model " + file.name() + ": it should have one classifier and has " + shapes);
    }
    return switch (shapes.get(0)) {
      case CompiledBoost.SHAPE -> CompiledBoost.read(file);
      case CompiledPerceptron.SHAPE -> CompiledPerceptron.read(file);
      default -> CompiledForest.read(file);
    };
  }

  /** Scores one document after another; for one thread. */
  interface Evaluator {
    /**
     * @param document features below {@link Head#features}
     * @param probabilities receives one number for each class; they sum to 1
     */
    void probabilities(DocumentFeatures document, double[] probabilities);

    /**
     * Adds to {@code contributions}, by feature, what the document's features moved the score of a
     * class, and returns what is left: the score minus the sum of what was added. The score is the
     * probability of the class; where the head says so, the logarithm of its odds.
     *
     * @param contributions of all features, given zero
     */
    double contributions(DocumentFeatures document, int classIndex, double[] contributions);
  }
}
