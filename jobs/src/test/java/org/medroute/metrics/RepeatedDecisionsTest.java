package org.medroute.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medroute.config.ClassSet;

class RepeatedDecisionsTest {
  private static final ClassSet CLASSES =
      ClassSet.open(List.of("Cardiology", "Dermatology", "Other"), "Other");

  @Test
  void decideAsThePolicyDoesWhateverCameBefore() {
    RoutingPolicy policy =
        new RoutingPolicy(new CutOffs(CLASSES, List.of(0.85, 0.8512345, 0.5)), Set.of("en"));
    RepeatedDecisions repeated = new RepeatedDecisions(policy);
    Random random = new Random(7);
    TextState[] states = {
      new TextState(TextState.Extent.TITLE_AND_ABSTRACT, "en"),
      new TextState(TextState.Extent.TITLE_ONLY, "en"),
      new TextState(TextState.Extent.TITLE_AND_ABSTRACT, "fr"),
      new TextState(TextState.Extent.NOTHING, TextState.UNDETERMINED)
    };
    for (int i = 0; i < 20_000; i++) {
      // half of them close to the cut-offs, where a reason needs more than two digits
      double top = i % 2 == 0 ? random.nextDouble() : 0.85 + (random.nextDouble() - 0.5) / 50;
      double[] shares = {(1 - top) / 2, (1 - top) / 2, (1 - top) / 2};
      shares[random.nextInt(3)] = top;
      TextState state = states[i % 7 < 4 ? i % 7 : 0];
      assertThat(repeated.decide(shares, state)).isEqualTo(policy.decide(shares, state));
    }
    double[] atTheCutOff = {0.85, 0.1, 0.05};
    assertThat(repeated.decide(atTheCutOff, states[0]))
        .isEqualTo(policy.decide(atTheCutOff, states[0]));
  }

  @Test
  void reasonIsWrittenOnce() {
    RoutingPolicy policy =
        new RoutingPolicy(new CutOffs(CLASSES, List.of(0.85, 0.85, 0.5)), Set.of());
    RepeatedDecisions repeated = new RepeatedDecisions(policy);
    TextState state = new TextState(TextState.Extent.TITLE_AND_ABSTRACT, "en");
    String first = repeated.decide(new double[] {0.951, 0.03, 0.019}, state).reason();
    String second = repeated.decide(new double[] {0.952, 0.03, 0.018}, state).reason();
    assertThat(second).isSameAs(first).isEqualTo("0.95 >= 0.85 cut-off of Cardiology");
  }
}
