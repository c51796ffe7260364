package org.medroute.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.medroute.testing.SampleWarehouse;

/** MLlib's forest has limits that the sparse one does not have. */
class ForestSettingsTest {
  private static ForestSettings settings(String... assignments) {
    return ForestSettings.from(SampleWarehouse.settings(assignments));
  }

  @Test
  void sparseForestGrowsDeepAndDrawsCuts() {
    ForestSettings deep =
        settings("forest.max-depth=1000", "forest.splitter=random", "forest.bootstrap=false");
    assertThat(deep.maxDepth()).isEqualTo(1000);
    assertThat(deep.splitter()).isEqualTo(ForestSettings.Splitter.RANDOM);
    assertThat(deep.bootstrap()).isFalse();
    assertThat(deep.withSeed(3).splitter()).isEqualTo(ForestSettings.Splitter.RANDOM);
    assertThatThrownBy(() -> settings("forest.max-depth=1001"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("forest.max-depth");
  }

  @Test
  void mllibGrowsToThirtyAndDrawsNoCuts() {
    assertThatThrownBy(() -> settings("forest.implementation=mllib", "forest.max-depth=31"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("forest.max-depth");
    assertThatThrownBy(() -> settings("forest.implementation=mllib", "forest.feature-draws=2"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("forest.feature-draws");
    assertThatThrownBy(() -> settings("forest.implementation=mllib", "forest.splitter=random"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("forest.splitter");
    assertThatThrownBy(
            () ->
                TrainSettings.from(
                    SampleWarehouse.settings(
                        "forest.implementation=mllib",
                        "train.cross-validation.grid.max-depth=[31]")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("max-depth");
  }
}
