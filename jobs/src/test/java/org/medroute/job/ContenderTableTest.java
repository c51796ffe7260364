package org.medroute.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medroute.config.ClassSet;
import org.medroute.config.EvaluateSettings;
import org.medroute.metrics.Predictions;

class ContenderTableTest {
  private static final ClassSet CLASSES = ClassSet.closed(List.of("A", "B"));

  private static Contender contender(String name, int wrong) {
    return contender(name, wrong, CLASSES);
  }

  /** Sixty documents, half of each class, every {@code wrong}th one given the other class. */
  private static Contender contender(String name, int wrong, ClassSet classes) {
    Predictions.Builder builder = Predictions.builder(classes, List.of());
    for (int i = 0; i < 60; i++) {
      int truth = i % 2;
      int given = i % wrong == 0 ? 1 - truth : truth;
      builder.add("d" + i, truth, given == 0 ? new double[] {0.8, 0.2} : new double[] {0.2, 0.8});
    }
    return new Contender(name, builder.build(), 1.5, 0.00025, 1234);
  }

  private static ContenderTable table() {
    return ContenderTable.of(
        List.of(contender("poor", 3), contender("good", 15)),
        new EvaluateSettings(200, 1, 30, List.of(0.9)));
  }

  @Test
  void bestComesFirstAndTheOthersAreHeldAgainstIt() {
    List<Map<String, Object>> rows = table().details();
    assertThat(rows).extracting(row -> row.get("name")).containsExactly("good", "poor");
    // 4 and 20 of 60 wrong, evenly over both classes
    assertThat(rows.get(0)).containsEntry("accuracy", 56 / 60.0).doesNotContainKey("p_value");
    assertThat((double) rows.get(1).get("difference")).isBetween(-0.30, -0.23);
    assertThat((double) rows.get(1).get("p_value")).isLessThan(0.05);
  }

  @Test
  void confidencesAreMeasuredBesideTheClasses() {
    List<Map<String, Object>> rows = table().details();
    double right = -Math.log(0.8);
    double wrong = -Math.log(0.2);
    assertThat((double) rows.get(0).get("log_loss"))
        .isCloseTo((56 * right + 4 * wrong) / 60, within(1e-12));
    assertThat((double) rows.get(1).get("log_loss_difference"))
        .isCloseTo(16 * (wrong - right) / 60, within(1e-12));
    // 4.5 of 61 errors show .9, 20.5 do not
    assertThat(rows.get(0)).containsEntry("coverage_at_90", 1.0);
    assertThat(rows.get(1)).containsEntry("coverage_at_90", 0.0);
    assertThat(rows.get(0)).doesNotContainKey("rejection_auc_scope");
    assertThat(table().text()).contains("decided at 0.9").doesNotContain("rejection");
  }

  @Test
  void rejectionIsMeasuredWhereAClassIsOutOfScope() {
    ClassSet open = ClassSet.open(List.of("A", "B"), "B");
    ContenderTable table =
        ContenderTable.of(
            List.of(contender("poor", 3, open), contender("good", 15, open)),
            new EvaluateSettings(200, 1, 30, List.of(0.9)));
    // of 30 documents of either side 2 lie beyond the other's: 28 * 28 pairs are right, 2 * 2 wrong
    assertThat((double) table.details().get(0).get("rejection_auc_scope"))
        .isCloseTo((28 * 28 + 0.5 * 2 * 28 * 2) / 900.0, within(1e-12));
    assertThat(table.page("Learners", "test", Map.of())).contains("| rejection AUC |");
  }

  @Test
  void pageHasARowALearner() {
    String page = table().page("Learners", "out-of-fold, 5 folds", Map.of("commit", "c0ffee"));
    assertThat(page).startsWith("# Learners\n").contains("- commit: c0ffee\n");
    assertThat(page.lines().filter(line -> line.startsWith("| good | 0.9333 ["))).hasSize(1);
    assertThat(page.lines().filter(line -> line.startsWith("| poor | 0.6667 [")))
        .singleElement()
        .asString()
        .endsWith("| 1.5 | 0.250 | 1,234 |");
    assertThat(table().text()).contains("less than the best (paired)");
  }
}
