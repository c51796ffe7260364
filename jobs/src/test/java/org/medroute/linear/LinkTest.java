package org.medroute.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkTest {
  private static double[] probabilities(Link link, double... margins) {
    double[] probabilities = new double[margins.length];
    link.probabilities(margins, probabilities);
    return probabilities;
  }

  @Test
  void softmaxOfLogarithmsIsTheirShares() {
    assertThat(probabilities(Link.SOFTMAX, Math.log(1), Math.log(2), Math.log(5)))
        .containsExactly(new double[] {0.125, 0.25, 0.625}, within(8e-6));
  }

  /** Odds 1, 3 and 1/3: probabilities 1/2, 3/4 and 1/4. */
  @Test
  void oneVersusRestDividesByTheSum() {
    assertThat(probabilities(Link.ONE_VS_REST, 0, Math.log(3) / 2, -Math.log(3) / 2))
        .containsExactly(new double[] {1 / 3.0, 0.5, 1 / 6.0}, within(8e-6));
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void extremeMarginsGiveNumbersThatSumToOne(Link link) {
    double[][] cases = {{-1e6, -1e6, -1e6}, {1e6, 1e6, -1e6}, {-1e6, 0, 0}, {1e-9, 0, -1e-9}};
    for (double[] margins : cases) {
      double[] p = probabilities(link, margins);
      assertThat(java.util.Arrays.stream(p)).allMatch(value -> value >= 0 && value <= 1);
      assertThat(p[0] + p[1] + p[2]).isEqualTo(1, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void lastBitsOfMarginsDoNotCountAndRoundingMovesLittle(Link link) {
    Random random = new Random(5);
    int different = 0;
    for (int round = 0; round < 1000; round++) {
      double[] margins = {random.nextGaussian(), 3 * random.nextGaussian(), random.nextGaussian()};
      double[] nudged = margins.clone();
      double[] moved = margins.clone();
      for (int i = 0; i < margins.length; i++) {
        nudged[i] += random.nextGaussian() * 1e-14;
        moved[i] += (random.nextDouble() - 0.5) / 65_536;
      }
      double[] p = probabilities(link, margins);
      assertThat(probabilities(link, nudged)).containsExactly(p);
      double[] other = probabilities(link, moved);
      assertThat(other).containsExactly(p, within(1.6e-5));
      different += java.util.Arrays.equals(other, p) ? 0 : 1;
    }
    assertThat(different).isPositive();
  }
}
