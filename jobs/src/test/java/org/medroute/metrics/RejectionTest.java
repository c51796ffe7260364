package org.medroute.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionTest {
  @Test
  void areaIsTheShareOfPairsInOrder() {
    // inside .9 .5, outside .5 .1: pairs 1, 1, 1/2, 1
    assertThat(
            Rejection.area(
                new double[] {0.9, 0.5, 0.5, 0.1}, new boolean[] {true, true, false, false}))
        .isEqualTo(3.5 / 4);
    assertThat(Rejection.area(new double[] {1, 2}, new boolean[] {true, true})).isNaN();
  }

  @Test
  void bothScores() {
    Predictions predictions =
        Predictions.builder(Samples.OPEN, List.of())
            .add("a", 0, new double[] {0.5, 0.2, 0.3})
            .add("b", 1, new double[] {0.1, 0.4, 0.5})
            .add("c", 2, new double[] {0.6, 0.0, 0.4})
            .add("d", 2, new double[] {0.1, 0.1, 0.8})
            .build();
    var areas = Rejection.of(predictions);
    // 1 - P(Other): inside .7 .5, outside .6 .2: 3 of 4 pairs
    assertThat(areas.get(MetricKey.overall(Rejection.BY_SCOPE)).value())
        .isEqualTo(0.75, within(1e-12));
    // largest target: inside .5 .4, outside .6 .1: 2 of 4 pairs
    assertThat(areas.get(MetricKey.overall(Rejection.BY_TARGET)).value())
        .isEqualTo(0.5, within(1e-12));
    assertThat(Rejection.of(Samples.binary(new double[] {0, 0.5}))).isEmpty();
  }
}
