package org.medroute.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medroute.config.ClassSet;
import org.medroute.config.EvaluateSettings;
import org.medroute.metrics.Predictions;

class ContenderTableTest {
  private static final ClassSet CLASSES = ClassSet.closed(List.of("A", "B"));

  /** Sixty documents, half of each class, every {@code wrong}th one given the other class. */
  private static Contender contender(String name, int wrong) {
    Predictions.Builder builder = Predictions.builder(CLASSES, List.of());
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
