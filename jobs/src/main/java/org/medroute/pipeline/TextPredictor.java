package org.medroute.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medroute.compiled.Evidence;
import org.medroute.config.PredictSettings;
import org.medroute.metrics.Decision;
import org.medroute.metrics.ReviewRules;
import org.medroute.metrics.Route;
import org.medroute.metrics.TextState;
import org.medroute.text.LanguageDetector;

/**
 * Predicts single texts by a compiled model, without Spark; for one thread. A text counts as an
 * abstract, and its language is detected from itself.
 */
public final class TextPredictor {
  private final CompiledModel model;
  private final CompiledModel.Decider decider;
  private final int evidenceTerms;
  private final LanguageDetector detector = new LanguageDetector();

  /**
   * @param evidenceTerms terms of evidence a text at most
   */
  public TextPredictor(CompiledModel model, int evidenceTerms) {
    this(model, evidenceTerms, ReviewRules.NONE);
  }

  /**
   * @param rules that ask for a person
   */
  public TextPredictor(CompiledModel model, int evidenceTerms, ReviewRules rules) {
    this.model = model;
    this.decider = model.decider(rules);
    this.evidenceTerms = evidenceTerms;
  }

  /** Why a text is refused, as the end of a sentence; empty where it is not. */
  public static Optional<String> problem(String text) {
    String stripped = text.strip();
    int characters = stripped.codePointCount(0, stripped.length());
    if (characters < PredictSettings.SHORTEST || characters > PredictSettings.LONGEST) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "has %s characters, and a text has %,d to %,d",
              characters > PredictSettings.LONGEST
                  ? String.format(Locale.ROOT, "more than %,d", PredictSettings.LONGEST)
                  : characters == 0 ? "no" : String.valueOf(characters),
              PredictSettings.SHORTEST,
              PredictSettings.LONGEST));
    }
    return Optional.empty();
  }

  /**
   * Predicts a text.
   *
   * @throws IllegalArgumentException if it has a {@link #problem}
   */
  public Prediction predict(String text) {
    problem(text)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException("The text " + why);
            });
    Decision decision = decider.decide(text, TextState.of("", List.of(text), detector));
    if (decision.route() == Route.UNSCORABLE) {
      return new Prediction(
          Optional.empty(),
          Double.NaN,
          Double.NaN,
          Map.of(),
          decision.route(),
          decision.reason(),
          List.of());
    }
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int c = 0; c < model.classes().size(); c++) {
      probabilities.put(model.classes().name(c), decider.calibrated()[c]);
    }
    double raw = decider.raw()[decision.specialty()];
    List<Evidence> evidence =
        evidenceTerms == 0 ? List.of() : decider.evidence(decision.specialty(), evidenceTerms);
    return new Prediction(
        Optional.of(model.classes().name(decision.specialty())),
        raw,
        decision.confidence(),
        probabilities,
        decision.route(),
        decision.reason(),
        evidence);
  }
}
