package org.medroute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchResultTest {
  private static final Samples OURS = new Samples(new double[] {3, 1, 2});
  private static final Samples THEIRS = new Samples(new double[] {50, 40});

  private static BenchResult result() {
    BenchResult result = new BenchResult();
    result.environment("commit", "abc");
    result.add(
        new Measure(
            "fit",
            "5 trees",
            "a peer",
            "s",
            OURS.describe(),
            THEIRS.describe(),
            THEIRS.median() / OURS.median(),
            Measure.Target.atLeast(20),
            Measure.Standing.KEY));
    result.add(
        new Measure(
            "fit",
            "9 trees",
            "a peer",
            "s",
            "1",
            "1",
            1,
            Measure.Target.atLeast(20),
            Measure.Standing.FURTHER));
    result.missing("score", "3 texts", "another peer");
    result.note("A note.");
    return result;
  }

  @Test
  void medianAndRangeOfOddAndEvenRounds() {
    assertThat(OURS.median()).isEqualTo(2);
    assertThat(THEIRS.median()).isEqualTo(45);
    assertThat(OURS.describe()).isEqualTo("2.00 [1.00, 3.00]");
    assertThat(OURS.per(6).seconds()).containsExactly(2, 6, 3);
    assertThat(new Samples(new double[] {0.25}).describe()).isEqualTo("0.250 (1 run)");
  }

  @Test
  void contendersTakeTurnsAndSitOutWhenTheirRoundsAreOver() {
    List<String> order = new ArrayList<>();
    Samples[] samples =
        Samples.inTurn(
            new int[] {2, 0, 1},
            round -> order.add("round " + round),
            round -> took(order, "a", 1),
            round -> took(order, "b", 2),
            round -> took(order, "c", 3));

    assertThat(order).containsExactly("round 0", "a", "c", "round 1", "a");
    assertThat(samples[0].seconds()).containsExactly(1, 1);
    assertThat(samples[1].seconds()).isEmpty();
    assertThat(samples[2].seconds()).containsExactly(3);
  }

  private static double took(List<String> order, String name, double seconds) {
    order.add(name);
    return seconds;
  }

  @Test
  void ratiosAreThoseOfTheRowsThatStandForAKey() {
    assertThat(result().ratios()).containsExactly(Map.entry("fit", 22.5));
  }

  @Test
  void peerThatIsNotInstalledHasARowWithoutANumber() {
    assertThat(result().details())
        .containsEntry("missing", Map.of("score", "another peer: peer not installed"));
    assertThat(result().page("./submit.sh bench"))
        .contains("| score | 3 texts | another peer | - | - | peer not installed | - | - | - |");
  }

  @Test
  void pageHoldsEveryRowWithItsVerdict() {
    assertThat(result().page("./submit.sh bench").lines())
        .contains(
            "Written by `./submit.sh bench`; do not edit.",
            "| commit | abc |",
            "| fit | 5 trees | a peer | s | 2.00 [1.00, 3.00] | 45.0 [40.0, 50.0] | 22.50 | >= 20.0 | yes |",
            "| fit | 9 trees | a peer | s | 1 | 1 | 1.00 | >= 20.0 | no |",
            "- A note.");
  }

  @Test
  void targetMustHoldForTheWorseEndOfAnInterval() {
    BenchResult result = new BenchResult();
    result.add(difference(new Measure.Interval(-0.0051, 0.0091)));
    result.add(difference(new Measure.Interval(-0.005, 0.009)));

    assertThat(result.measures()).extracting(Measure::verdict).containsExactly("no", "yes");
    assertThat(result.ratios()).containsExactly(Map.entry("f1", 0.002));
    assertThat(result.page("command"))
        .contains("| 0.0020 [-0.0051, 0.0091] | >= -0.005 | no |")
        .contains("| 0.0020 [-0.0050, 0.0090] | >= -0.005 | yes |");
    assertThat(result.measures().get(1).toMap())
        .containsEntry("interval", List.of(-0.005, 0.009))
        .containsEntry("reached", true);
    assertThat(Measure.Target.atMost(1).isReached(new Measure.Interval(0.5, 1.1))).isFalse();
  }

  private static Measure difference(Measure.Interval interval) {
    return new Measure(
        "f1",
        "a task",
        "a peer",
        "macro-F1",
        "0.702",
        "0.700",
        0.002,
        Optional.of(interval),
        Measure.Target.atLeast(-0.005),
        Measure.Standing.KEY);
  }

  @Test
  void rowWithoutANumberSaysWhy() {
    BenchResult result = new BenchResult();
    result.missing("f1", "a task", "a peer", "no text");

    assertThat(result.details()).containsEntry("missing", Map.of("f1", "a peer: no text"));
  }

  @Test
  void targetsBoundOneSide() {
    assertThat(Measure.Target.atLeast(0.5).isReached(0.5)).isTrue();
    assertThat(Measure.Target.atLeast(0.5).isReached(0.499)).isFalse();
    assertThat(Measure.Target.atMost(1.3).isReached(1.3)).isTrue();
    assertThat(Measure.Target.atMost(1.3).isReached(1.301)).isFalse();
  }
}
