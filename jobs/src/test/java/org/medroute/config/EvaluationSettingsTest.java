package org.medroute.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Sections calibration, routing and evaluate. */
class EvaluationSettingsTest {
  private static Settings with(String... lines) {
    return SettingsLoader.withDefaults().text("test.conf", String.join("\n", lines)).load();
  }

  @Test
  void defaults() {
    Settings settings = with();
    assertThat(CalibrationSettings.from(settings).method()).isEmpty();
    RoutingSettings routing = RoutingSettings.from(settings);
    assertThat(routing.defaultCutOff()).isEqualTo(0.85);
    assertThat(routing.cutOffs()).isEmpty();
    assertThat(routing.aim()).isEmpty();
    assertThat(routing.languages()).containsExactly("en");
    EvaluateSettings evaluate = EvaluateSettings.from(settings);
    assertThat(evaluate.bootstrapResamples()).isEqualTo(1000);
    assertThat(evaluate.minimumSliceSize()).isEqualTo(30);
    assertThat(evaluate.precisionTargets()).containsExactly(0.9, 0.95, 0.99, 0.999);
  }

  @Test
  void overrides() {
    Settings settings =
        with(
            "calibration.method = sigmoid",
            "routing.cut-offs { Emergency = 0.9, \"Ear, Nose and Throat\" = 0.7 }",
            "routing.languages = [en, fr]",
            "evaluate.bootstrap-resamples = 0");
    assertThat(CalibrationSettings.from(settings).method()).contains(CalibrationMethod.SIGMOID);
    assertThat(RoutingSettings.from(settings).cutOffs())
        .containsEntry("Emergency", 0.9)
        .containsEntry("Ear, Nose and Throat", 0.7);
    assertThat(RoutingSettings.from(settings).languages()).containsExactly("en", "fr");
    assertThat(EvaluateSettings.from(settings).bootstrapResamples()).isZero();
  }

  @Test
  void aims() {
    assertThat(RoutingSettings.from(with("routing.choose = precision")).aim())
        .contains(new RoutingSettings.Precision(0.99));
    assertThat(
            RoutingSettings.from(
                    with(
                        "routing.choose = budget",
                        "routing.review-budget { reviews = 30, documents = 400 }"))
                .aim())
        .contains(new RoutingSettings.Budget(30, 400));
    RoutingSettings.Costs costs =
        (RoutingSettings.Costs)
            RoutingSettings.from(
                    with(
                        "routing.choose = cost",
                        "routing.costs { review = 2, matrix { Emergency { Dermatology = 50 } } }"))
                .aim()
                .orElseThrow();
    assertThat(costs.of("Emergency", "Dermatology")).isEqualTo(50);
    assertThat(costs.of("Dermatology", "Emergency")).isEqualTo(20);
    assertThat(costs.of("Emergency", "Emergency")).isZero();
    assertThat(costs.review()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                RoutingSettings.from(
                    with("routing.choose = precision", "routing.target-precision = 1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("routing.target-precision");
  }

  @Test
  void problemsNameFileLineAndKey() {
    assertThatThrownBy(() -> RoutingSettings.from(with("", "routing.default-cut-off = 1.2")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("test.conf:2")
        .hasMessageContaining("routing.default-cut-off")
        .hasMessageContaining("from 0.0 to 1.0");
    assertThatThrownBy(() -> RoutingSettings.from(with("routing.cut-offs.Emergency = high")))
        .hasMessageContaining("routing.cut-offs.Emergency");
    assertThatThrownBy(() -> RoutingSettings.from(with("routing.languages = [English]")))
        .hasMessageContaining("ISO 639-1");
    assertThatThrownBy(() -> CalibrationSettings.from(with("calibration.method = platt")))
        .hasMessageContaining("one of none, sigmoid, isotonic");
    assertThatThrownBy(() -> EvaluateSettings.from(with("evaluate.precision-targets = [0.9, 0]")))
        .hasMessageContaining("evaluate.precision-targets");
  }
}
