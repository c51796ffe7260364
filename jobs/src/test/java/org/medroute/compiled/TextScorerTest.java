package org.medroute.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextScorerTest {
  private final TextScorer scorer = HandMadeScorer.scorer().textScorer();

  /** The probability of A is the mean of the shares of A in the two leaves. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '', 0.375
          nothing known, 0.375
          a HEART, 0.625
          skin, 0.125
          valve, 0.75
          'skin, valve', 0.5
          'heart. Skin; valve and dose', 1
          """)
  void averagesTheLeavesThatATextFallsInto(String text, double share) {
    double[] probabilities = new double[2];
    scorer.probabilities(text, probabilities);
    assertThat(probabilities).containsExactly(share, 1 - share);
  }

  private List<Evidence> evidence(String text, int classIndex, int most) {
    scorer.probabilities(text, new double[2]);
    return scorer.evidence(classIndex, most);
  }

  @Test
  void nothingOfATextStaysForTheNext() {
    double[] first = new double[2];
    double[] again = new double[2];
    scorer.probabilities("skin of the heart", first);
    evidence("heart valve skin", 0, 3);
    scorer.probabilities("skin of the heart", again);
    assertThat(again).containsExactly(first);
    scorer.probabilities("", again);
    assertThat(again).containsExactly(0.375, 0.625);
  }

  /**
   * Shares of A: tree 1 root 4/9, then skin 1/6 (left), 1/2, 0; tree 2 root 4/10, then 1/4 or 1.
   */
  @Test
  void countsEveryStepForTheTermThatTheNodeAsksFor() {
    assertThat(evidence("heart", 0, 5))
        .singleElement()
        .satisfies(
            heart -> {
              assertThat(heart.term()).isEqualTo("heart");
              assertThat(heart.weight()).isEqualTo((1 - 4 / 9.0) / 2, within(1e-6));
              assertThat(heart.colliding()).containsExactly("cardiac");
              assertThat(heart.marked()).isEqualTo("heart (or cardiac)");
            });
    List<Evidence> both = evidence("Skin and valve", 0, 5);
    assertThat(both).extracting(Evidence::term).containsExactly("valve", "skin");
    assertThat(both.get(0).weight()).isEqualTo((1 - 0.4) / 2, within(1e-6));
    assertThat(both.get(1).weight()).isEqualTo((0 - 1 / 6.0) / 2, within(1e-6));
    assertThat(both.get(1).marked()).isEqualTo("skin");
    assertThat(evidence("skin and valve", 0, 1)).containsExactly(both.get(0));
    assertThat(evidence("bone", 1, 5)).isEmpty();
    assertThat(evidence("skin", 1, 5).get(0).weight()).isEqualTo((1 - 5 / 6.0) / 2, within(1e-6));
  }

  @Test
  void contributionsAndTheRestAddUpToTheProbability() {
    CompiledForest forest = HandMadeScorer.forest();
    Head.Evaluator evaluator = forest.evaluator();
    double[] probabilities = new double[2];
    for (int present = 0; present < 8; present++) {
      DocumentFeatures document = new DocumentFeatures(3);
      for (int feature = 0; feature < 3; feature++) {
        if ((present >> feature & 1) == 1) {
          document.indices[document.size] = feature;
          document.values[document.size++] = 1.5;
        }
      }
      evaluator.probabilities(document, probabilities);
      for (int c = 0; c < 2; c++) {
        double[] contributions = new double[3];
        double rest = evaluator.contributions(document, c, contributions);
        assertThat(rest + Arrays.stream(contributions).sum())
            .isEqualTo(probabilities[c], within(1e-6));
      }
    }
  }

  @Test
  void valueAtTheThresholdGoesLeftAndNoNumberGoesRight() {
    List<String> terms = HandMadeScorer.terms();
    Head.Evaluator evaluator = HandMadeScorer.forest().evaluator();
    DocumentFeatures document = new DocumentFeatures(3);
    document.indices[0] = terms.indexOf("heart");
    document.size = 1;
    double[] probabilities = new double[2];
    document.values[0] = 1;
    evaluator.probabilities(document, probabilities);
    assertThat(probabilities[0]).isEqualTo((0.5 + 0.25) / 2);
    document.values[0] = Math.nextUp(1.0);
    evaluator.probabilities(document, probabilities);
    assertThat(probabilities[0]).isEqualTo((1 + 0.25) / 2);
    document.values[0] = Double.NaN;
    evaluator.probabilities(document, probabilities);
    assertThat(probabilities[0]).isEqualTo((1 + 0.25) / 2);
  }

  @Test
  void zeroGoesRightOfANegativeThreshold() {
    ForestBuilder builder = new ForestBuilder(2, 1);
    builder.tree();
    int root = builder.split(0, -0.5);
    builder.leaf(new double[] {1, 0});
    builder.endLeft(root);
    builder.leaf(new double[] {0, 1});
    Head.Evaluator evaluator = builder.build().evaluator();
    double[] probabilities = new double[2];
    evaluator.probabilities(new DocumentFeatures(1), probabilities);
    assertThat(probabilities).containsExactly(0, 1);
    DocumentFeatures negative = new DocumentFeatures(1);
    negative.size = 1;
    negative.values[0] = -1;
    evaluator.probabilities(negative, probabilities);
    assertThat(probabilities).containsExactly(1, 0);
    evaluator.probabilities(new DocumentFeatures(1), probabilities);
    assertThat(probabilities).containsExactly(0, 1);
  }
}
