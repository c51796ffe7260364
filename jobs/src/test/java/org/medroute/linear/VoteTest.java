package org.medroute.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The vote learns how steep margins are and how much a forest is worth. */
class VoteTest {
  private static final int DOCUMENTS = 6000;

  private final Random random = new Random(11);
  private final double[][] margins = new double[DOCUMENTS][3];
  private final double[][] forest = new double[DOCUMENTS][3];
  private final int[] labels = new int[DOCUMENTS];
  private final double[] weights = new double[DOCUMENTS];

  /** Labels drawn from softmax(slope x margin + share x evidence of the forest). */
  private void draw(double slope, double share) {
    for (int i = 0; i < DOCUMENTS; i++) {
      double[] logits = new double[3];
      double sum = 0;
      for (int label = 0; label < 3; label++) {
        margins[i][label] = random.nextGaussian();
        forest[i][label] = random.nextDouble();
        sum += forest[i][label];
      }
      for (int label = 0; label < 3; label++) {
        forest[i][label] /= sum;
        logits[label] = slope * margins[i][label] + share * Vote.evidence(forest[i][label]);
      }
      Vote.softmax(logits);
      double chance = random.nextDouble();
      labels[i] = chance < logits[0] ? 0 : chance < logits[0] + logits[1] ? 1 : 2;
      weights[i] = 1;
    }
  }

  @Test
  void findsTheSlopeThatTheLabelsWereDrawnBy() {
    draw(2, 0);
    Vote vote = Vote.fit(margins, new double[0][], labels, weights);
    assertThat(vote.shares()).isEmpty();
    Arrays.stream(vote.slopes()).forEach(slope -> assertThat(slope).isCloseTo(2, within(0.2)));
    Arrays.stream(vote.shifts()).forEach(shift -> assertThat(shift).isCloseTo(0, within(0.15)));
  }

  @Test
  void findsWhatTheForestIsWorth() {
    draw(1, 1.5);
    Vote worth = Vote.fit(margins, forest, labels, weights);
    Arrays.stream(worth.shares()).forEach(share -> assertThat(share).isCloseTo(1.5, within(0.25)));
    draw(1, 0);
    Vote worthless = Vote.fit(margins, forest, labels, weights);
    Arrays.stream(worthless.shares())
        .forEach(share -> assertThat(share).isCloseTo(0, within(0.15)));
  }

  @Test
  void fittedProbabilitiesMeetTheClassesOnAverage() {
    draw(1.3, 0.7);
    for (int i = 0; i < DOCUMENTS; i += 2) {
      labels[i] = 2; // a frequent class that the margins know nothing of
    }
    Vote vote = Vote.fit(margins, forest, labels, weights);
    double[] mean = new double[3];
    double[] share = new double[3];
    for (int i = 0; i < DOCUMENTS; i++) {
      double[] probabilities = vote.probabilities(margins[i], forest[i]);
      for (int label = 0; label < 3; label++) {
        mean[label] += probabilities[label] / DOCUMENTS;
        // three hundredths are the forest's own, which knows nothing of the class
        share[label] += (0.97 * (labels[i] == label ? 1 : 0) + 0.03 * forest[i][label]) / DOCUMENTS;
      }
    }
    for (int label = 0; label < 3; label++) {
      assertThat(mean[label]).isCloseTo(share[label], within(0.005));
    }
  }

  @Test
  void nothingIsSurerThanTheForestLetsItBe() {
    Vote vote = new Vote(new double[] {40, 40, 40}, new double[] {0.5, 0.5, 0.5}, new double[3]);
    double[] certain = {1, -1, -1};
    double[] sure = vote.probabilities(certain, new double[] {0.9, 0.05, 0.05});
    double[] divided = vote.probabilities(certain, new double[] {0.5, 0.4, 0.1});
    assertThat(sure[0]).isEqualTo(0.97 + 0.03 * 0.9, within(1e-12));
    assertThat(divided[0]).isEqualTo(0.97 + 0.03 * 0.5, within(1e-12));
    assertThat(Arrays.stream(divided).sum()).isEqualTo(1, within(1e-12));
    Vote alone = new Vote(new double[] {40, 40, 40}, new double[0], new double[3]);
    assertThat(alone.probabilities(certain, new double[0])[0]).isEqualTo(1, within(1e-12));
  }
}
