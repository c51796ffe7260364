package org.medroute.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.medroute.config.ClassSet;
import org.medroute.config.ConfigurationException;
import org.medroute.config.ReviewSettings;
import org.medroute.text.RedFlags;

/**
 * What sends a document to a person although its confidence would decide it. Read when documents
 * are scored: no part of a model.
 *
 * <p>A red flag and a forced class ask for a person in every decided document; little known words
 * and a forest that contradicts the linear model do so where a target class was decided, for a text
 * that is foreign to the model is rightly out of scope. A red flag is also named in documents that
 * go to review anyway. Unscorable documents stay so.
 *
 * @param forced class names in lower case
 * @param minimumKnownShare of a text's words, 0 for any
 * @param largestDisagreement of forest and linear model, 1 for any
 */
public record ReviewRules(
    RedFlags redFlags, Set<String> forced, double minimumKnownShare, double largestDisagreement)
    implements Serializable {
  /** Confidence alone decides. */
  public static final ReviewRules NONE = new ReviewRules(RedFlags.NONE, Set.of(), 0, 1);

  public ReviewRules {
    Objects.requireNonNull(redFlags, "redFlags");
    forced = forced.stream().map(ReviewRules::folded).collect(Collectors.toUnmodifiableSet());
  }

  /** The rules of the settings. */
  public static ReviewRules of(ReviewSettings settings) {
    return new ReviewRules(
        RedFlags.of(settings.redFlagLines()),
        Set.copyOf(settings.forced()),
        settings.minimumKnownShare(),
        settings.largestDisagreement());
  }

  /** Whether any rule looks at texts. */
  public boolean readsTexts() {
    return !redFlags.isEmpty() || minimumKnownShare > 0 || largestDisagreement < 1;
  }

  /**
   * Checks that a model has the forced classes.
   *
   * @throws ConfigurationException naming the one that it does not have
   */
  public ReviewRules requireClasses(ClassSet classes) {
    Set<String> known =
        classes.names().stream().map(ReviewRules::folded).collect(Collectors.toSet());
    for (String name : forced) {
      if (!known.contains(name)) {
        throw new ConfigurationException(
            "routing.force-review names " + name + ", and the model has " + classes.names());
      }
    }
    return this;
  }

  /** The decision under these rules. */
  public Decision apply(Decision decision, TextSignals signals, ClassSet classes) {
    if (decision.route() == Route.UNSCORABLE) {
      return decision;
    }
    List<String> reasons = new ArrayList<>(0);
    signals.redFlag().ifPresent(phrase -> reasons.add("red flag \"" + phrase + "\""));
    boolean decided = decision.route() != Route.REVIEW;
    String name = classes.name(decision.specialty());
    if (decided && !forced.isEmpty() && forced.contains(folded(name))) {
      reasons.add("review of every " + name + " is asked for");
    }
    if (decision.route() == Route.AUTO) {
      if (signals.knownShare() < minimumKnownShare) {
        reasons.add(
            "only "
                + percent(signals.knownShare())
                + " % of the words are known to the model, less than "
                + percent(minimumKnownShare)
                + " %");
      }
      if (signals.disagreement() > largestDisagreement) {
        reasons.add(
            "forest says "
                + classes.name(signals.forestTop())
                + ", linear model says "
                + classes.name(signals.linearTop()));
      }
    }
    if (reasons.isEmpty()) {
      return decision;
    }
    reasons.add(decision.reason());
    return new Decision(
        decision.specialty(), decision.confidence(), Route.REVIEW, String.join("; ", reasons));
  }

  private static long percent(double share) {
    return Math.round(100 * share);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
