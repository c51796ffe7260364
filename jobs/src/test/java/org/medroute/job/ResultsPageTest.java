package org.medroute.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medroute.config.ExperimentSettings;
import org.medroute.config.ExperimentSettings.Expected;
import org.medroute.config.ExperimentSettings.Peer;
import org.medroute.config.SettingsLoader;

class ResultsPageTest {
  private static ExperimentRun.Measured measured(List<Double> fractions) {
    ExperimentSettings plan =
        new ExperimentSettings(
            "five classes",
            "It shows something.",
            List.of("a.jsonl.gz"),
            List.of(),
            fractions,
            List.of(new Peer("linear SVM", 0.897, 0.88)),
            "elsewhere",
            Map.of("train", 2662L),
            Map.of("macro_f1", new Expected(0.9, 0.001)));
    return new ExperimentRun.Measured(
        new Experiment("s5", SettingsLoader.withDefaults().load(), plan),
        Optional.empty(),
        Map.of("train", 2662L, "test", 1802L, "train_of_25", 665L),
        Map.of(
            "macro_f1",
            0.8974,
            "macro_f1_of_25",
            0.8,
            "accuracy",
            0.9112,
            "coverage_at_99",
            0.589,
            "precision_at_99",
            0.9859,
            "coverage_at_999",
            0.0),
        Map.of("macro_f1", List.of(0.8825, 0.9122)),
        Optional.of("s5-abc"));
  }

  private static String page(List<Double> fractions, List<String> absent) {
    return ResultsPage.render(List.of(measured(fractions)), absent, Map.of("commit", "c0ffee"));
  }

  @Test
  void oneRowAnExperimentWithItsPeersBelow() {
    assertThat(page(List.of(), List.of()).lines())
        .contains(
            "| s5 | 2,662 | 1,802 | 0.9112 | 0.8974 [0.8825, 0.9122] | - | - | - | 0.589 (0.9859) |"
                + " 0.000 | - | - |",
            "|   linear SVM |  |  | 0.897 | 0.880 |  |  |  |  |  |  |  |",
            "| commit | c0ffee |");
  }

  @Test
  void driftAndMissingDataAreOnThePage() {
    assertThat(page(List.of(), List.of("oh23 needs x.gz, not there")))
        .contains("- macro_f1: expected 0.9000 ± 0.0010, measured 0.8974  DRIFT")
        .contains("- count train: expected 2662 ± 0, measured 2662\n")
        .contains("## Not run\n\n- oh23 needs x.gz, not there\n");
  }

  @Test
  void learningCurveGoesFromFewDocumentsToAll() {
    String page = page(List.of(0.25, 1.0), List.of());
    assertThat(page).contains("| 665 | - | 0.8000 | - |\n| 2,662 | 0.9112 | 0.8974 | - |\n");
    assertThat(page(List.of(), List.of())).doesNotContain("| 665 |");
  }
}
