package org.medroute.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medroute.config.ClassSet;
import org.medroute.config.ConfigurationException;
import org.medroute.text.RedFlags;

class ReviewRulesTest {
  private static final ReviewRules RULES =
      new ReviewRules(RedFlags.of(List.of("botulism")), Set.of("DERMATOLOGY"), 0.3, 0.2);
  private static final Decision AUTO = new Decision(0, 0.91, Route.AUTO, "0.91 >= 0.85");
  private static final Decision FORCED = new Decision(1, 0.91, Route.AUTO, "0.91 >= 0.85");
  private static final Decision OTHER = new Decision(2, 0.9, Route.OUT_OF_SCOPE, "0.90 >= 0.85");
  private static final Decision REVIEW = new Decision(0, 0.5, Route.REVIEW, "0.50 < 0.85");
  private static final TextSignals CALM = TextSignals.of(Optional.empty());
  private static final TextSignals FLAG = TextSignals.of(Optional.of("botulism"));

  private static Decision apply(Decision decision, TextSignals signals) {
    return RULES.apply(decision, signals, Samples.OPEN);
  }

  @Test
  void decisionStandsWhereNothingSpeaksAgainstIt() {
    assertThat(apply(AUTO, CALM)).isSameAs(AUTO);
    assertThat(apply(OTHER, CALM)).isSameAs(OTHER);
    assertThat(apply(REVIEW, CALM)).isSameAs(REVIEW);
    assertThat(apply(AUTO, new TextSignals(0.3, 1, 1, 0, Optional.empty()))).isSameAs(AUTO);
  }

  @Test
  void redFlagAsksForAPersonAndIsNamed() {
    assertThat(apply(AUTO, FLAG))
        .isEqualTo(new Decision(0, 0.91, Route.REVIEW, "red flag \"botulism\"; 0.91 >= 0.85"));
    assertThat(apply(OTHER, FLAG).route()).isEqualTo(Route.REVIEW);
    assertThat(apply(REVIEW, FLAG).reason()).isEqualTo("red flag \"botulism\"; 0.50 < 0.85");
  }

  @Test
  void unscorableDocumentStaysSo() {
    Decision none = Decision.unscorable("no title and no abstract");
    assertThat(apply(none, FLAG)).isSameAs(none);
  }

  @Test
  void forcedClassIsReviewedInAnyCase() {
    assertThat(apply(FORCED, CALM))
        .isEqualTo(
            new Decision(
                1, 0.91, Route.REVIEW, "review of every Dermatology is asked for; 0.91 >= 0.85"));
    ReviewRules other = new ReviewRules(RedFlags.NONE, Set.of("other"), 0, 1);
    assertThat(other.apply(OTHER, CALM, Samples.OPEN).route()).isEqualTo(Route.REVIEW);
  }

  @Test
  void forcedClassMustBeOne() {
    assertThat(RULES.requireClasses(Samples.OPEN)).isSameAs(RULES);
    assertThatThrownBy(() -> RULES.requireClasses(ClassSet.closed(List.of("A", "B"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dermatology")
        .hasMessageContaining("[A, B]");
  }

  @Test
  void foreignTextIsReviewedUnlessItIsOutOfScope() {
    TextSignals foreign = new TextSignals(0.12, 0, 0, 0, Optional.empty());
    assertThat(apply(AUTO, foreign).reason())
        .isEqualTo("only 12 % of the words are known to the model, less than 30 %; 0.91 >= 0.85");
    assertThat(apply(AUTO, foreign).route()).isEqualTo(Route.REVIEW);
    assertThat(apply(OTHER, foreign)).isSameAs(OTHER);
  }

  @Test
  void forestThatContradictsTheLinearModelAsksForAPerson() {
    // .5 for its own class against .25 for the linear model's
    TextSignals apart = TextSignals.of(0.9, new double[] {0.25, 0.5, 0.25}, 0, Optional.empty());
    assertThat(apart.disagreement()).isEqualTo(0.25);
    assertThat(apply(AUTO, apart).reason())
        .isEqualTo("forest says Dermatology, linear model says Cardiology; 0.91 >= 0.85");
    TextSignals near = TextSignals.of(0.9, new double[] {0.375, 0.5, 0.125}, 0, Optional.empty());
    assertThat(apply(AUTO, near)).isSameAs(AUTO);
  }
}
