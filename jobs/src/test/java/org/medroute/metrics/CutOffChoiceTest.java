package org.medroute.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.medroute.config.RoutingSettings.Budget;
import org.medroute.config.RoutingSettings.Choose;
import org.medroute.config.RoutingSettings.Costs;
import org.medroute.config.RoutingSettings.Precision;

class CutOffChoiceTest {
  private static final double NEVER = PrecisionSearch.NEVER;

  /** Class 0 with falling confidence; each row is truth and confidence of class 0. */
  private static RankedDecisions ranked(double[]... rows) {
    return RankedDecisions.of(Samples.binary(rows));
  }

  @Test
  void pooledTakesTheLowestConfidenceThatHolds() {
    // right right wrong right right wrong: precision 1, 1, 2/3, 3/4, 4/5, 4/6
    RankedDecisions documents =
        ranked(
            new double[] {0, 0.99},
            new double[] {0, 0.95},
            new double[] {1, 0.9},
            new double[] {0, 0.85},
            new double[] {0, 0.8},
            new double[] {1, 0.75});
    assertThat(PrecisionSearch.POOLED.cutOffs(documents, 0.8)).containsExactly(0.8, 0.8);
    assertThat(PrecisionSearch.POOLED.cutOffs(documents, 0.9)).containsExactly(0.95, 0.95);
    assertThat(PrecisionSearch.BY_CLASS.cutOffs(documents, 0.8)).containsExactly(0.8, NEVER);
  }

  @Test
  void equalConfidencesStandOrFallTogether() {
    RankedDecisions documents =
        ranked(new double[] {0, 0.9}, new double[] {0, 0.8}, new double[] {1, 0.8});
    assertThat(PrecisionSearch.POOLED.cutOffs(documents, 0.99)).containsExactly(0.9, 0.9);
    assertThat(PrecisionSearch.TOGETHER.cutOffs(documents, 0.99)).containsExactly(0.9, NEVER);
  }

  @Test
  void togetherSpendsErrorsWhereTheyBuyMost() {
    // class 0: 0.9 right, 0.8 wrong, then 6 right down to 0.65; class 1: right at .95, wrong at .9.
    // With 1 error allowed in 8 (precision 7/8) the error goes to class 0: it buys 6 documents.
    RankedDecisions documents =
        ranked(
            new double[] {0, 0.9},
            new double[] {1, 0.8},
            new double[] {0, 0.7},
            new double[] {0, 0.69},
            new double[] {0, 0.68},
            new double[] {0, 0.67},
            new double[] {0, 0.66},
            new double[] {0, 0.65},
            new double[] {1, 0.05},
            new double[] {0, 0.1});
    assertThat(PrecisionSearch.TOGETHER.cutOffs(documents, 0.88)).containsExactly(0.65, 0.95);
    // one cut-off for both meets the error of class 1 first
    assertThat(PrecisionSearch.POOLED.cutOffs(documents, 0.88)).containsExactly(0.95, 0.95);
  }

  @Test
  void budgetLeavesAtMostItsReviews() {
    double[][] rows = new double[100][];
    for (int i = 0; i < 100; i++) {
      rows[i] = new double[] {i % 10 == 9 ? 1 : 0, 0.5 + (100 - i) / 250.0};
    }
    CutOffChoice choice = CutOffChoice.of(Samples.binary(rows), new Budget(25, 100));
    // the 75th document from the top has index 74 and confidence .5 + 26 / 250
    assertThat(choice.cutOffs().of(0)).isEqualTo(0.604);
    assertThat(choice.expectation().rule()).isEqualTo(Choose.BUDGET);
    assertThat(choice.expectation().target()).isEqualTo(0.25);
    assertThat(choice.expectation().coverage()).isEqualTo(0.75, within(0.05));
    assertThat(choice.expectation().precision()).isEqualTo(0.9, within(0.02));
    assertThat(CutOffChoice.of(Samples.binary(rows), new Budget(0, 10)).cutOffs().of(0))
        .isEqualTo(0.504);
  }

  @Test
  void costDecidesWhereAnErrorIsCheaperThanTheReviewsItSaves() {
    double[][] rows = new double[40][];
    for (int i = 0; i < 40; i++) {
      // errors at every fourth document of the lower half
      rows[i] = new double[] {i >= 20 && i % 4 == 0 ? 1 : 0, 0.99 - i / 100.0};
    }
    // 20 right ones save 20 reviews; below, four documents save 4 and cost one error
    CutOffChoice dear = CutOffChoice.of(Samples.binary(rows), new Costs(1, 10, Map.of()));
    assertThat(dear.cutOffs().of(0)).isEqualTo(0.8);
    CutOffChoice cheap = CutOffChoice.of(Samples.binary(rows), new Costs(1, 3, Map.of()));
    assertThat(cheap.cutOffs().of(0)).isEqualTo(0.6);
    CutOffChoice named =
        CutOffChoice.of(Samples.binary(rows), new Costs(1, 3, Map.of("B", Map.of("A", 10.0))));
    assertThat(named.cutOffs().of(0)).isEqualTo(0.8);
    // class B is never predicted, so nothing is known of it
    assertThat(named.cutOffs().of(1)).isEqualTo(1);
    // half reviewed, and now and then the error at the edge that was not seen
    assertThat(dear.expectation().target()).isBetween(0.5, 1.0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CutOffChoice.of(
                    Samples.binary(rows), new Costs(1, 3, Map.of("C", Map.of("A", 1.0)))))
        .withMessageContaining("C");
  }

  /** Documents that are right exactly as often as their confidence says. */
  private static Predictions honest(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Predictions.Builder builder = Predictions.builder(Samples.TWO, List.of());
    for (int i = 0; i < n; i++) {
      double confidence = 1 - 0.5 * random.nextDouble() * random.nextDouble();
      int top = i % 2;
      boolean right = random.nextDouble() < confidence;
      double[] probabilities = new double[2];
      probabilities[top] = confidence;
      probabilities[1 - top] = 1 - confidence;
      builder.add(Samples.id(i), right ? top : 1 - top, probabilities);
    }
    return builder.build();
  }

  @Test
  void precisionIsReachedOnDocumentsThatWereNotSeen() {
    CutOffChoice choice = CutOffChoice.of(honest(4000, 1), new Precision(0.95));
    RoutingPolicy policy = new RoutingPolicy(choice.cutOffs(), Set.of(), choice.expectation());
    RouteShares.Decided fresh = RouteShares.of(honest(20_000, 2), policy).decided();
    assertThat(fresh.precision().value()).isBetween(0.94, 0.96);
    assertThat(choice.expectation().precision()).isBetween(0.95, 0.955);
    assertThat(fresh.share().value()).isEqualTo(choice.expectation().coverage(), within(0.03));
    assertThat(RoutingPolicy.fromJson(policy.toJson())).isEqualTo(policy);
    assertThat(choice.expectation().text())
        .startsWith("precision 0.95 aimed at")
        .contains("expected of 4,000 documents out of fold");
  }

  @Test
  void targetThatFewDocumentsCannotShowIsLeftToTheConfidences() {
    // 60 documents, all right, of confidence .9995: at .999 a tenth could never show an error rate
    double[][] rows = new double[62][];
    for (int i = 0; i < 60; i++) {
      rows[i] = new double[] {0, 0.9995};
    }
    rows[60] = new double[] {1, 0.98};
    rows[61] = new double[] {1, 0.9};
    CutOffChoice choice = CutOffChoice.of(Samples.binary(rows), new Precision(0.999));
    // all tenths without errors do reach it, at the highest confidence
    assertThat(choice.cutOffs().of(0)).isEqualTo(0.9995);
    rows[0] = new double[] {1, 0.99999};
    CutOffChoice doubtful = CutOffChoice.of(Samples.binary(rows), new Precision(0.999));
    // one error more than the target allows is let pass; mean (.99999 + 59 x .9995) / 60 > .999
    assertThat(doubtful.cutOffs().of(0)).isEqualTo(0.9995);
    assertThat(doubtful.expectation().how()).contains("too few to show it");
    assertThat(doubtful.expectation().precision()).isEqualTo(59 / 60.0, within(1e-9));
    rows[1] = new double[] {1, 0.99998};
    // two errors: nothing can be decided
    CutOffChoice none = CutOffChoice.of(Samples.binary(rows), new Precision(0.999));
    assertThat(none.cutOffs().of(0)).isEqualTo(0.99999);
  }

  @Test
  void targetThatTheWholeCanShowIsCounted() {
    // 700 right, one wrong, 300 right: a tenth without the wrong one cuts off behind it
    double[][] rows = new double[1001][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {i == 700 ? 1 : 0, 0.99 - i * 1e-5};
    }
    CutOffChoice choice = CutOffChoice.of(Samples.binary(rows), new Precision(0.999));
    // half an error in 701 is below .001; one and a half in 1,002 are not
    assertThat(choice.cutOffs().of(0)).isEqualTo(0.99 - 699 * 1e-5);
    assertThat(choice.expectation().how()).contains("by counting");
    assertThat(choice.expectation().precision()).isEqualTo(1);
    assertThat(choice.expectation().coverage()).isEqualTo(700 / 1001.0, within(1e-9));
    // 400 right before the first wrong one would not do: half an error in 401 is too much
    rows[400] = new double[] {1, 0.99 - 400 * 1e-5};
    CutOffChoice few = CutOffChoice.of(Samples.binary(rows), new Precision(0.999));
    assertThat(few.expectation().how()).contains("too few to show it");
    assertThat(few.cutOffs().of(0)).isEqualTo(1);
  }
}
