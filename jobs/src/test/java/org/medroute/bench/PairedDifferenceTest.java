package org.medroute.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
  /**
   * Differences .01 .02 .01 .03 0: mean .014, squares about it 520e-6, so the standard error is
   * sqrt(520e-6 / 4 / 5) = .00509902; t of 4 degrees of freedom is 2.776445.
   */
  @Test
  void intervalOfFivePairs() {
    PairedDifference difference =
        PairedDifference.of(
            new double[] {0.80, 0.82, 0.81, 0.83, 0.79},
            new double[] {0.79, 0.80, 0.80, 0.80, 0.79});

    assertThat(difference.pairs()).isEqualTo(5);
    assertThat(difference.mean()).isCloseTo(0.014, within(1e-12));
    assertThat(difference.interval().lower()).isCloseTo(-0.0001572, within(1e-7));
    assertThat(difference.interval().upper()).isCloseTo(0.0281572, within(1e-7));
  }

  /** Differences 1 and 3: standard error 1; t of one degree of freedom is 12.70620. */
  @Test
  void intervalOfTwoPairsIsWide() {
    PairedDifference difference = PairedDifference.of(new double[] {2, 5}, new double[] {1, 2});

    assertThat(difference.mean()).isEqualTo(2);
    assertThat(difference.interval().lower()).isCloseTo(-10.70620, within(1e-5));
    assertThat(difference.interval().upper()).isCloseTo(14.70620, within(1e-5));
  }

  @Test
  void equalDifferencesLeaveNoDoubt() {
    assertThat(PairedDifference.of(new double[] {3, 4, 5}, new double[] {5, 6, 7}).interval())
        .isEqualTo(new Measure.Interval(-2, -2));
  }

  @Test
  void meanAndRangeOfOneContender() {
    assertThat(PairedDifference.describe(new double[] {0.7, 0.5, 0.9}))
        .isEqualTo("0.7000 [0.5000, 0.9000]");
  }

  @Test
  void refusesWhatHasNoPairs() {
    assertThatThrownBy(() -> PairedDifference.of(new double[] {1}, new double[] {1}))
        .hasMessage("Two or more pairs are needed, found 1 values and 1");
    assertThatThrownBy(() -> PairedDifference.of(new double[] {1, 2}, new double[] {1}))
        .hasMessage("Two or more pairs are needed, found 2 values and 1");
  }
}
