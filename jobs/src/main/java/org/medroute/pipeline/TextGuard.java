package org.medroute.pipeline;

import java.util.Optional;
import org.medroute.config.ClassSet;
import org.medroute.linear.LinearClassifier;
import org.medroute.metrics.Decision;
import org.medroute.metrics.ReviewRules;
import org.medroute.metrics.TextSignals;
import org.medroute.text.RedFlags;
import org.medroute.text.TokenOptions;

/**
 * Review rules over one text after another; for one thread. Cost where a linear model has counted
 * the terms of the text: a lookup a term; else a pass over the text, and that only with a lexicon.
 */
final class TextGuard {
  private final ReviewRules rules;
  private final ClassSet classes;
  private final Optional<RedFlags.Finder> finder;

  /**
   * @param options by which the model cuts texts
   */
  TextGuard(ReviewRules rules, ClassSet classes, TokenOptions options) {
    this.rules = rules.requireClasses(classes);
    this.classes = classes;
    this.finder =
        rules.redFlags().isEmpty()
            ? Optional.empty()
            : Optional.of(rules.redFlags().finder(options));
  }

  /** The decision for a text that no linear model has read. */
  Decision apply(Decision decision, String text) {
    return rules.apply(
        decision, TextSignals.of(finder.flatMap(flags -> flags.find(text))), classes);
  }

  /**
   * The decision for the text that a linear model has just scored.
   *
   * @param forest probabilities of the forest that it heard; not read where it hears none
   */
  Decision apply(
      Decision decision, String text, LinearClassifier.Evaluator linear, double[] forest) {
    if (!rules.readsTexts()) {
      return rules.apply(decision, TextSignals.of(Optional.empty()), classes);
    }
    Optional<String> redFlag = Optional.empty();
    if (finder.isPresent()) {
      RedFlags.Finder flags = finder.get();
      flags.begin();
      linear.counted().forEachTerm((hash, count) -> flags.term(hash));
      redFlag = flags.end(text);
    }
    double known = linear.knownShare();
    return rules.apply(
        decision,
        linear.hearsForest()
            ? TextSignals.of(known, forest, linear.linearTop(), redFlag)
            : new TextSignals(known, ClassSet.NONE, ClassSet.NONE, 0, redFlag),
        classes);
  }
}
