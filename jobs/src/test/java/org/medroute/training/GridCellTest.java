package org.medroute.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medroute.config.ConfigurationException;
import org.medroute.config.FeatureSettings;
import org.medroute.config.ForestSettings;
import org.medroute.config.Settings;
import org.medroute.config.SettingsLoader;
import org.medroute.config.TrainSettings;

class GridCellTest {
  private static final String GRID = "train.cross-validation.grid.";

  private static Settings settings(String... assignments) {
    SettingsLoader loader = SettingsLoader.withDefaults();
    for (String assignment : assignments) {
      loader.set(assignment);
    }
    return loader.load();
  }

  private static List<GridCell> cells(Settings settings) {
    return GridCell.of(TrainSettings.from(settings).cv().grid(), ForestSettings.from(settings));
  }

  @Test
  void withoutAxesThereIsOneCellOfTheForestsOwnSize() {
    assertThat(cells(settings("forest.num-trees=40", "forest.max-depth=7")))
        .extracting(GridCell::name)
        .containsExactly("numTrees=40,maxDepth=7");
  }

  @Test
  void namesOfTheTwoOldAxesAreAsTheyWere() {
    assertThat(cells(settings(GRID + "num-trees=[25,50]", GRID + "max-depth=[5,10]")))
        .extracting(GridCell::name)
        .containsExactly(
            "numTrees=25,maxDepth=5",
            "numTrees=25,maxDepth=10",
            "numTrees=50,maxDepth=5",
            "numTrees=50,maxDepth=10");
  }

  @Test
  void furtherAxesNameAndChangeWhatTheyStandFor() {
    Settings settings =
        settings(
            GRID + "selected=[500,900]",
            GRID + "min-instances-per-node=[1,3]",
            GRID + "feature-subset=[sqrt,\"200\"]");
    List<GridCell> cells = cells(settings);

    assertThat(cells).hasSize(8);
    GridCell last = cells.get(7);
    assertThat(last.name())
        .isEqualTo("numTrees=100,maxDepth=20,minInstancesPerNode=3,featureSubset=200,selected=900");
    assertThat(last.parameters())
        .containsEntry("numTrees", "100")
        .containsEntry("maxDepth", "20")
        .containsEntry("minInstancesPerNode", "3")
        .containsEntry("featureSubset", "200")
        .containsEntry("selected", "900")
        .hasSize(5);
    assertThat(last.applyTo(FeatureSettings.from(settings)).selected()).isEqualTo(900);
    ForestSettings forest = last.applyTo(ForestSettings.from(settings));
    assertThat(forest.minInstancesPerNode()).isEqualTo(3);
    assertThat(forest.featureSubset()).isEqualTo("200");
    assertThat(forest.numTrees()).isEqualTo(100);
    assertThat(cells.stream().map(GridCell::family).distinct()).hasSize(8);
  }

  @Test
  void sizesAloneAreOneFamily() {
    List<GridCell> cells =
        cells(
            settings(
                GRID + "num-trees=[25,50]",
                GRID + "max-depth=[5,10]",
                GRID + "min-instances-per-node=[1,3]"));

    assertThat(cells).hasSize(8);
    assertThat(cells.stream().map(GridCell::family).distinct()).hasSize(2);
  }

  @Test
  void aFeatureSubsetThatNobodyKnowsIsRefused() {
    for (String name : List.of("half", "0", "0.0", "1.5", "-3", "sq rt", "")) {
      Settings wrong = settings("forest.feature-subset=\"" + name + "\"");
      assertThatThrownBy(() -> ForestSettings.from(wrong))
          .as(name)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("feature-subset");
    }
    Settings axis = settings(GRID + "feature-subset=[sqrt,half]");
    assertThatThrownBy(() -> TrainSettings.from(axis)).hasMessageContaining("a list of auto, all");
    for (String name : List.of("auto", "all", "onethird", "200", "0.25", ".5", "1.0")) {
      assertThat(ForestSettings.from(settings("forest.feature-subset=\"" + name + "\"")))
          .extracting(ForestSettings::featureSubset)
          .isEqualTo(name);
    }
  }
}
