package org.medroute.compiled;

import java.util.List;
import java.util.Optional;
import org.medroute.linear.LinearClassifier;
import org.medroute.linear.TextReader;
import org.medroute.text.TokenOptions;

/**
 * Scores one text after another by a {@link CompiledScorer}; for one thread.
 *
 * <p>Cost of a text: one pass over its chars, a lookup a term, the walks of the trees and a row of
 * coefficients a term; nothing is allocated once the buffers fit the longest text. A forest and a
 * linear classifier that cut texts alike share the pass. Evidence takes a second pass.
 */
public final class TextScorer {
  private final Optional<TreeScorer> trees;
  private final Optional<LinearClassifier.Evaluator> linear;
  private final Optional<TextReader> counted;
  private final double[] votes;
  private final TokenOptions options;
  private String text = "";

  TextScorer(int classes, Optional<CompiledScorer.Trees> trees, Optional<LinearClassifier> linear) {
    this.trees = trees.map(parts -> new TreeScorer(parts, linear.map(LinearClassifier::text)));
    this.linear = linear.map(LinearClassifier::evaluator);
    this.counted = this.linear.map(LinearClassifier.Evaluator::counted);
    this.votes = new double[classes];
    this.options =
        linear
            .map(classifier -> classifier.text().options())
            .orElseGet(() -> trees.orElseThrow().features().options());
  }

  /**
   * Scores a text.
   *
   * @param next title and sections on lines of their own
   * @param probabilities receives the uncalibrated probability of every class
   */
  public void probabilities(String next, double[] probabilities) {
    text = next;
    if (linear.isEmpty()) {
      trees.orElseThrow().probabilities(next, Optional.empty(), probabilities);
      return;
    }
    LinearClassifier.Evaluator evaluator = linear.get();
    evaluator.read(next);
    if (trees.isPresent()) {
      trees.get().probabilities(next, counted, votes);
    }
    evaluator.probabilities(votes, probabilities);
  }

  /** The linear classifier, which has the terms of the text scored last; empty without one. */
  public Optional<LinearClassifier.Evaluator> linear() {
    return linear;
  }

  /** What the forest beside a linear classifier said of the text scored last; overwritten. */
  public double[] forestVotes() {
    return votes;
  }

  /** By what texts are cut into terms. */
  public TokenOptions options() {
    return options;
  }

  /**
   * The terms of the text scored last that moved the probability of a class most, the strongest
   * first.
   *
   * <p>By a forest alone: by the steps of the walks through the trees; each step from a node to its
   * child changes what the tree would predict there, and the change counts for the term that the
   * node asks for (A. Saabas, Interpreting random forests, 2014). Steps taken because a term is
   * absent count for no term. By boosted trees: the same steps, which change the logarithm of the
   * odds. By a perceptron: how much the logarithm of the odds falls when the text loses the term.
   * By a linear classifier: what a term adds to the logarithm of the odds, against the mean of the
   * classes; a forest's vote beside it counts for no term.
   *
   * @param most number of terms at most
   */
  public List<Evidence> evidence(int classIndex, int most) {
    if (linear.isEmpty()) {
      return trees.orElseThrow().evidence(classIndex, most);
    }
    return linear.get().effects(text, classIndex, most).stream()
        .map(effect -> new Evidence(effect.term(), effect.effect(), List.of()))
        .toList();
  }
}
