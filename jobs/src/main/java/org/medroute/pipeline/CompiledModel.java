package org.medroute.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medroute.compiled.CompiledScorer;
import org.medroute.compiled.Evidence;
import org.medroute.compiled.TextScorer;
import org.medroute.config.ClassSet;
import org.medroute.config.RefusedException;
import org.medroute.metrics.Calibration;
import org.medroute.metrics.Decision;
import org.medroute.metrics.RepeatedDecisions;
import org.medroute.metrics.ReviewRules;
import org.medroute.metrics.Route;
import org.medroute.metrics.RoutingPolicy;
import org.medroute.metrics.TextState;

/**
 * A compiled scorer with its calibration and routing: everything from a text to its route, without
 * Spark. Immutable and thread safe; each thread decides by a {@link Decider} of its own.
 */
public record CompiledModel(CompiledScorer scorer, Calibration calibration, RoutingPolicy routing) {

  /**
   * Reads calibration and routing from the scorer.
   *
   * @throws RefusedException if they are not what this program reads
   */
  public static CompiledModel of(CompiledScorer scorer) {
    CompiledScorer.Description description = scorer.description();
    CompiledModel model;
    try {
      model =
          new CompiledModel(
              scorer,
              Calibration.fromJson(description.calibration()),
              RoutingPolicy.fromJson(description.routing()));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "Compiled model " + description.version() + ": " + e.getMessage(), e);
    }
    if (!model.classes().names().equals(description.classes())) {
      throw new RefusedException(
          "Compiled model "
              + description.version()
              + ": its routing is of classes "
              + model.classes().names()
              + ", its classifier of "
              + description.classes());
    }
    return model;
  }

  /** Reads a compiled model from a file. */
  public static CompiledModel read(Path file) {
    return of(CompiledScorer.read(file));
  }

  /**
   * Checks that this was compiled from the model with a digest.
   *
   * @param where for the message
   * @throws RefusedException if it was compiled from another one
   */
  public void requireDigest(String digest, String where) {
    String source = scorer.description().digest();
    if (!source.equals(digest)) {
      throw new RefusedException(
          "Compiled model "
              + where
              + " was compiled from the model with digest "
              + source
              + "; the model beside it has digest "
              + digest
              + ". Restore the directory from a copy, or train again; nothing was scored.");
    }
  }

  public ClassSet classes() {
    return routing.classes();
  }

  /** Names the content of the model. */
  public String version() {
    return scorer.description().version();
  }

  /** The working memory of one thread. */
  public Decider decider() {
    return decider(ReviewRules.NONE);
  }

  /**
   * The same under rules that ask for a person.
   *
   * @throws org.medroute.config.ConfigurationException if they name a class that there is not
   */
  public Decider decider(ReviewRules rules) {
    return new Decider(this, rules);
  }

  /** Decides about one text after another; for one thread. */
  public static final class Decider {
    private final CompiledModel model;
    private final TextScorer scorer;
    private final double[] raw;
    private final double[] calibrated;
    private final RepeatedDecisions decisions;
    private final Optional<TextGuard> guard;

    private Decider(CompiledModel model, ReviewRules rules) {
      this.model = model;
      this.scorer = model.scorer().textScorer();
      this.raw = new double[model.classes().size()];
      this.calibrated = new double[model.classes().size()];
      this.decisions = new RepeatedDecisions(model.routing());
      this.guard =
          rules.equals(ReviewRules.NONE)
              ? Optional.empty()
              : Optional.of(new TextGuard(rules, model.classes(), scorer.options()));
    }

    /**
     * Decides about a text.
     *
     * @param state what routing must know of it
     */
    public Decision decide(String text, TextState state) {
      scorer.probabilities(text, raw);
      model.calibration().apply(raw, calibrated);
      Decision decision = decisions.decide(calibrated, state);
      if (guard.isEmpty() || decision.route() == Route.UNSCORABLE) {
        return decision;
      }
      return scorer.linear().isPresent()
          ? guard.get().apply(decision, text, scorer.linear().get(), scorer.forestVotes())
          : guard.get().apply(decision, text);
    }

    /** Uncalibrated probabilities of the last text, in class order; overwritten by the next one. */
    public double[] raw() {
      return raw;
    }

    /** Calibrated probabilities of the last text, in class order; overwritten by the next one. */
    public double[] calibrated() {
      return calibrated;
    }

    /** The terms of the last text that moved the probability of a class most. */
    public List<Evidence> evidence(int classIndex, int most) {
      return scorer.evidence(classIndex, most);
    }
  }
}
