package org.medroute.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medroute.metrics.PrecisionThresholds.Target;

class PrecisionThresholdsTest {
  /** By confidence: .9 right; .8 wrong and .8 right; .6 right. */
  private static final Predictions CHOSEN_ON =
      Samples.binary(
          new double[] {1, 0.8},
          new double[] {0, 0.9},
          new double[] {0, 0.6},
          new double[] {1, 0.2});

  /** By confidence: .95 right, .85 right, .7 wrong. */
  private static final Predictions OTHERS =
      Samples.binary(new double[] {0, 0.95}, new double[] {0, 0.85}, new double[] {1, 0.7});

  @Test
  void largestCoverageOfTheDocumentsItIsChosenOn() {
    // one error and a half in five documents, half an error in two
    assertThat(PrecisionThresholds.of(CHOSEN_ON, List.of(0.7, 0.75, 0.8)).targets())
        .containsExactly(
            new Target(0.7, 0.6, 1, 0.75),
            new Target(0.75, 0.9, 0.25, 1),
            new Target(0.8, 2, 0, 1));
  }

  @Test
  void appliesUnchangedToOthers() {
    assertThat(
            PrecisionThresholds.of(CHOSEN_ON, List.of(0.7, 0.75)).applied(CoverageCurve.of(OTHERS)))
        .containsEntry("coverage_at_70", 1.0)
        .containsEntry("precision_at_70", 2 / 3.0)
        .containsEntry("coverage_at_75", 1 / 3.0)
        .containsEntry("precision_at_75", 1.0);
  }

  @Test
  void precisionOutOfReachDecidesNothing() {
    Predictions wrongOnTop = Samples.binary(new double[] {1, 0.9}, new double[] {0, 0.6});
    assertThat(PrecisionThresholds.of(wrongOnTop, List.of(0.99)).applied(CoverageCurve.of(OTHERS)))
        .containsOnlyKeys("coverage_at_99")
        .containsEntry("coverage_at_99", 0.0);
  }
}
