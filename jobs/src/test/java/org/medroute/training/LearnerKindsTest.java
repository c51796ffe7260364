package org.medroute.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medroute.config.BoostedTreesSettings;
import org.medroute.config.ClassSet;
import org.medroute.config.ConfigurationException;
import org.medroute.config.ModelKind;
import org.medroute.config.PerceptronSettings;
import org.medroute.config.Settings;
import org.medroute.job.CompareJob;
import org.medroute.job.TrainJob;
import org.medroute.testing.SampleWarehouse;

/** What a kind of model tries, and which settings it does not have. */
class LearnerKindsTest {
  private static final String GRID = "train.cross-validation.grid.";

  private static TrainingPlan plan(String... assignments) {
    return TrainingPlan.from(
        SampleWarehouse.settings(assignments), ClassSet.closed(List.of("A", "B")));
  }

  private static List<String> cells(String... assignments) {
    return FeatureLearner.of(plan(assignments))
        .map(learner -> learner.cells().stream().map(Cell::name).toList())
        .orElse(List.of());
  }

  @Test
  void eachKindHasItsOwnCells() {
    assertThat(cells("model.kind=forest")).containsExactly("numTrees=5,maxDepth=6");
    assertThat(cells("model.kind=hybrid")).containsExactly("numTrees=5,maxDepth=6");
    assertThat(cells("model.kind=linear")).isEmpty();
    assertThat(cells("model.kind=boosted-trees")).containsExactly("learner=boosted-trees");
    assertThat(cells("model.kind=perceptron", GRID + "selected=[50,200]"))
        .containsExactly("learner=perceptron,selected=50", "learner=perceptron,selected=200");
    FeatureCell cell = FeatureCell.of("perceptron", List.of(50)).get(0);
    assertThat(cell.applyTo(plan().features()).selected()).isEqualTo(50);
    assertThat(cell.parameters()).containsEntry("learner", "perceptron").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "boosted-trees, num-trees, '[5,10]'",
    "boosted-trees, feature-subset, '[sqrt]'",
    "perceptron, max-depth, '[3]'",
    "perceptron, min-instances-per-node, '[3]'"
  })
  void axesOfTheForestAreErrorsOfTheSettings(String kind, String axis, String values) {
    plan(GRID + axis + "=" + values); // a hybrid has a forest
    assertThatThrownBy(() -> plan("model.kind=" + kind, GRID + axis + "=" + values))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(GRID + axis)
        .hasMessageContaining("it is an axis of the forest, and model.kind is " + kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"boosted-trees", "perceptron"})
  void cellsDependOnTheSectionOfTheirKindAlone(String kind) {
    String recipe = plan("model.kind=" + kind).recipeText();
    assertThat(plan("model.kind=" + kind, "forest.num-trees=77").recipeText()).isEqualTo(recipe);
    assertThat(plan("model.kind=" + kind, kind + ".seed=77").recipeText()).isNotEqualTo(recipe);
    assertThat(plan("model.kind=forest").recipeText()).isNotEqualTo(recipe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"boosted-trees", "perceptron"})
  void thereIsNoPlanOfTheirs(String kind) {
    Settings settings = SampleWarehouse.settings("train.plan-only=true", "model.kind=" + kind);
    assertThatThrownBy(() -> new TrainJob().configure(settings, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.kind")
        .hasMessageContaining("train --plan knows nothing of " + kind);
  }

  @Test
  void usualContendersOfAComparisonStandBesideAGridOfForests() {
    Settings settings = SampleWarehouse.settings(GRID + "max-depth=[3,6]");
    assertThat(new CompareJob().configure(settings, List.of()).contenders().values())
        .extracting(TrainingPlan::kind)
        .contains(ModelKind.BOOSTED_TREES, ModelKind.PERCEPTRON, ModelKind.FOREST);
  }

  @Test
  void settingsAreReadAndChecked() {
    Settings settings =
        SampleWarehouse.settings(
            "boosted-trees.iterations=3",
            "boosted-trees.feature-subset=\"0.5\"",
            "perceptron.hidden=9",
            "perceptron.balance=repeat");
    assertThat(BoostedTreesSettings.from(settings).iterations()).isEqualTo(3);
    assertThat(BoostedTreesSettings.from(settings).featureSubset()).isEqualTo("0.5");
    assertThat(PerceptronSettings.from(settings).hidden()).isEqualTo(9);
    assertThat(PerceptronSettings.from(settings).balance())
        .isEqualTo(PerceptronSettings.Balance.REPEAT);
    for (String wrong :
        List.of(
            "boosted-trees.iterations=0",
            "boosted-trees.step-size=2",
            "boosted-trees.feature-subset=some",
            "perceptron.hidden=0",
            "perceptron.balance=weights")) {
      assertThatThrownBy(() -> plan(wrong))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(wrong.substring(0, wrong.indexOf('=')));
    }
  }
}
