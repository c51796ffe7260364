package org.medroute.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medroute.config.ExperimentSettings;
import org.medroute.config.ExperimentSettings.Expected;

class ExpectationsTest {
  private static ExperimentSettings plan(Map<String, Long> counts, Map<String, Expected> metrics) {
    return new ExperimentSettings(
        "a title", "", List.of(), List.of(), List.of(), List.of(), "", counts, metrics);
  }

  private static Expectations.Checked macroF1(double tolerance, Map<String, Double> measured) {
    return Expectations.check(
            plan(Map.of(), Map.of("macro_f1", new Expected(0.9, tolerance))), Map.of(), measured)
        .get(0);
  }

  @Test
  void differenceWithinTheToleranceHolds() {
    assertThat(macroF1(0.01, Map.of("macro_f1", 0.905)).holds()).isTrue();
    assertThat(macroF1(0.01, Map.of("macro_f1", 0.895)).holds()).isTrue();
    // .91 - .9 is a hair above .01 in doubles
    assertThat(macroF1(0.01, Map.of("macro_f1", 0.91)).holds()).isTrue();
    assertThat(macroF1(0.01, Map.of("macro_f1", 0.9101)).holds()).isFalse();
    assertThat(macroF1(0.01, Map.of("macro_f1", 0.8899)).holds()).isFalse();
  }

  @Test
  void betterThanExpectedIsDriftToo() {
    Expectations.Checked checked = macroF1(0.01, Map.of("macro_f1", 0.95));
    assertThat(checked.holds()).isFalse();
    assertThat(checked.line())
        .isEqualTo("macro_f1: expected 0.9000 ± 0.0100, measured 0.9500  DRIFT");
  }

  @Test
  void whatWasNotMeasuredNeverHolds() {
    Expectations.Checked checked = macroF1(1, Map.of("accuracy", 0.9));
    assertThat(checked.holds()).isFalse();
    assertThat(checked.line()).contains("measured nothing").endsWith("DRIFT");
    assertThat(checked.toMap()).doesNotContainKey("measured").containsEntry("holds", false);
  }

  @Test
  void countsAreExact() {
    ExperimentSettings plan = plan(Map.of("train", 2662L), Map.of());
    assertThat(Expectations.check(plan, Map.of("train", 2662L), Map.of()).get(0).holds()).isTrue();
    Expectations.Checked one = Expectations.check(plan, Map.of("train", 2661L), Map.of()).get(0);
    assertThat(one.holds()).isFalse();
    assertThat(one.line()).isEqualTo("count train: expected 2662 ± 0, measured 2661  DRIFT");
  }
}
