package org.medroute.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The sharpness finds which leads are to be trusted, and never changes a class. */
class SharpnessTest {
  private static final int DOCUMENTS = 8000;

  private final Random random = new Random(5);
  private final double[][] logits = new double[DOCUMENTS][3];
  private final int[] labels = new int[DOCUMENTS];
  private final double[] weights = new double[DOCUMENTS];

  /**
   * Labels drawn after the logits were multiplied by exp(constant + byTop top + bySecond second).
   */
  private void draw(double constant, double byTop, double bySecond) {
    for (int i = 0; i < DOCUMENTS; i++) {
      for (int label = 0; label < 3; label++) {
        logits[i][label] = 1.5 * random.nextGaussian();
      }
      double[] p = logits[i].clone();
      new Sharpness(constant, byTop, bySecond, -9, 9).apply(logits[i], p);
      Vote.softmax(p);
      double chance = random.nextDouble();
      labels[i] = chance < p[0] ? 0 : chance < p[0] + p[1] ? 1 : 2;
      weights[i] = 1;
    }
  }

  private double loss(Sharpness sharpness) {
    double loss = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      double[] p = logits[i].clone();
      sharpness.apply(logits[i], p);
      Vote.softmax(p);
      loss -= Math.log(p[labels[i]]) / DOCUMENTS;
    }
    return loss;
  }

  @Test
  void findsTheNumbersThatTheLabelsWereDrawnBy() {
    draw(0.2, -0.25, -0.3);
    Sharpness fitted = Sharpness.fit(logits, logits, labels, weights);
    assertThat(fitted.constant()).isCloseTo(0.2, within(0.1));
    assertThat(fitted.byTop()).isCloseTo(-0.25, within(0.07));
    assertThat(fitted.bySecond()).isCloseTo(-0.3, within(0.07));
    assertThat(fitted.least()).isNegative();
    assertThat(fitted.most()).isPositive();
    assertThat(loss(fitted)).isLessThan(loss(Sharpness.NONE) - 0.005);
  }

  @Test
  void findsNothingWhereNothingIs() {
    draw(0, 0, 0);
    Sharpness fitted = Sharpness.fit(logits, logits, labels, weights);
    assertThat(fitted.constant()).isCloseTo(0, within(0.1));
    assertThat(fitted.byTop()).isCloseTo(0, within(0.05));
    assertThat(fitted.bySecond()).isCloseTo(0, within(0.05));
  }

  @Test
  void classesStayAndFarDocumentsGoNoFurtherThanTheFit() {
    Sharpness sharpness = new Sharpness(0.1, -0.5, -0.4, -1, 0.7);
    for (double scale : new double[] {1e-3, 1, 10, 1e6}) {
      for (int i = 0; i < 200; i++) {
        double[] linear = new double[4];
        Arrays.setAll(linear, label -> scale * random.nextGaussian());
        double[] sharpened = linear.clone();
        sharpness.apply(linear, sharpened);
        int top = 0;
        for (int label = 1; label < 4; label++) {
          top = linear[label] > linear[top] ? label : top;
        }
        double factor = sharpened[top] / linear[top];
        assertThat(factor).isBetween(Math.exp(-1) - 1e-9, Math.exp(0.7) + 1e-9);
        for (int label = 0; label < 4; label++) {
          assertThat(sharpened[label]).isLessThanOrEqualTo(sharpened[top]);
        }
      }
    }
  }

  @Test
  void leadOverAnotherStrongClassIsTrustedLess() {
    Sharpness sharpness = new Sharpness(0, 0, -0.3, -2, 2);
    double[] alone = {4, -1, -1};
    double[] contested = {4, 2, -3};
    double[] first = alone.clone();
    double[] second = contested.clone();
    sharpness.apply(alone, first);
    sharpness.apply(contested, second);
    assertThat(first[0]).isGreaterThan(4);
    assertThat(second[0]).isLessThan(4);
  }

  @Test
  void numbersComeBackAndOthersAreRefused() {
    Sharpness sharpness = new Sharpness(0.1, -0.5, -0.4, -1, 0.7);
    assertThat(Sharpness.of(sharpness.numbers())).isEqualTo(sharpness);
    assertThatThrownBy(() -> Sharpness.of(new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 numbers");
  }
}
