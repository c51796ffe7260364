package org.medroute.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medroute.config.CalibrationMethod;
import org.medroute.config.ClassSet;
import org.medroute.metrics.Calibration;
import org.medroute.metrics.Predictions;

class OutOfFoldTest {
  private static final ClassSet CLASSES = ClassSet.closed(List.of("A", "B"));

  private static Predictions raw(boolean flipped) {
    Predictions.Builder builder = Predictions.builder(CLASSES, List.of());
    for (int i = 0; i < 80; i++) {
      double p = (i + 0.5) / 80;
      boolean own = i % 2 == 0;
      int truth = (i > 30 + i % 7) == (own && flipped) ? 1 : 0;
      builder.add(String.format("d%02d", i), truth, new double[] {p, 1 - p});
    }
    return builder.build();
  }

  private static Map<String, Integer> folds() {
    Map<String, Integer> folds = new HashMap<>();
    for (int i = 0; i < 80; i++) {
      folds.put(String.format("d%02d", i), i % 2);
    }
    return folds;
  }

  @Test
  void foldIsCalibratedByTheOthersAlone() {
    Predictions one = OutOfFold.calibrated(raw(false), CalibrationMethod.SIGMOID, folds(), 2);
    Predictions other = OutOfFold.calibrated(raw(true), CalibrationMethod.SIGMOID, folds(), 2);
    assertThat(one.size()).isEqualTo(80);
    for (int i = 0; i < 80; i += 2) {
      // the labels of fold 0 differ, those of fold 1 do not: what fold 0 is given stays the same
      assertThat(other.probabilities(i)).containsExactly(one.probabilities(i));
    }
    assertThat(other.probabilities(1)).isNotEqualTo(one.probabilities(1));
  }

  @Test
  void foldEqualsAFitOnTheOtherByHand() {
    Predictions raw = raw(false);
    Calibration byHand = Calibration.fit(CalibrationMethod.SIGMOID, raw.filter(i -> i % 2 == 1));
    Predictions expected = raw.calibrated(byHand);
    Predictions honest = OutOfFold.calibrated(raw, CalibrationMethod.SIGMOID, folds(), 2);
    assertThat(honest.probabilities(10)).containsExactly(expected.probabilities(10));
    assertThat(honest.truth(10)).isEqualTo(raw.truth(10));
  }
}
