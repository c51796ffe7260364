package org.medroute.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medroute.config.CalibrationMethod;
import org.medroute.metrics.CalibrationChoice.Measured;

class CalibrationChoiceTest {
  private static final Measured SHARP = new Measured(CalibrationMethod.TOP_BETA, 0.300, 0.0090);
  private static final Measured EVEN = new Measured(CalibrationMethod.ISOTONIC, 0.302, 0.0085);
  private static final Measured BETTER = new Measured(CalibrationMethod.BETA, 0.305, 0.0060);
  private static final Measured FLAT = new Measured(CalibrationMethod.SIGMOID, 0.400, 0.0001);

  @Test
  void errorsAsGoodAsEqualAreDecidedByTheLoss() {
    assertThat(CalibrationChoice.best(List.of(EVEN, SHARP))).isEqualTo(SHARP);
  }

  @Test
  void leastErrorElse() {
    assertThat(CalibrationChoice.best(List.of(SHARP, EVEN, BETTER))).isEqualTo(BETTER);
  }

  @Test
  void methodThatSaysLittleIsNotLookedAt() {
    assertThat(CalibrationChoice.best(List.of(FLAT, SHARP))).isEqualTo(SHARP);
  }
}
