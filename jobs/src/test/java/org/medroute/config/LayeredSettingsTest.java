package org.medroute.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that are made anew with a file, or with single settings, over those that are there. */
class LayeredSettingsTest {
  @TempDir Path directory;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void fileWinsOverFilesAndLosesToSingleSettings() throws IOException {
    Settings given =
        SettingsLoader.withDefaults()
            .file(file("first.conf", "forest { num-trees = 11, max-depth = 11, max-bins = 11 }"))
            .set("forest.max-depth=13")
            .load();
    Settings with =
        given.withFile(file("second.conf", "forest { num-trees = 12, max-depth = 12 }"));
    assertThat(with.integer("forest.num-trees", 1, 99)).isEqualTo(12);
    assertThat(with.integer("forest.max-depth", 1, 99)).isEqualTo(13);
    assertThat(with.integer("forest.max-bins", 1, 99)).isEqualTo(11);
    assertThat(given.integer("forest.num-trees", 1, 99)).isEqualTo(11);
  }

  @Test
  void assignmentsWinOverEverything() {
    Settings given = SettingsLoader.withDefaults().set("forest.num-trees=7").load();
    Settings with = given.with(List.of("forest.num-trees=8", "model.kind=linear"));
    assertThat(with.integer("forest.num-trees", 1, 99)).isEqualTo(8);
    assertThat(ModelKind.from(with)).isEqualTo(ModelKind.LINEAR);
    assertThat(ModelKind.from(given)).isEqualTo(ModelKind.HYBRID);
  }

  @Test
  void unknownKeyOfTheFileIsAnErrorWithItsPlace() throws IOException {
    Path file = file("wrong.conf", "forest.tree-count = 12");
    Settings given = SettingsLoader.withDefaults().load();
    assertThatThrownBy(() -> given.withFile(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wrong.conf:1")
        .hasMessageContaining("forest.tree-count");
  }

  @Test
  void experimentsOfTheProjectAreWellFormed() {
    Path here = Path.of("").toAbsolutePath();
    Path project = here.endsWith("jobs") ? here.getParent() : here;
    for (String name : List.of("s5", "s6", "oh23", "mesh-time", "mesh-journal", "learning-curve")) {
      Settings settings =
          SettingsLoader.withDefaults()
              .load()
              .withFile(project.resolve("conf/experiments/" + name + ".conf"));
      ExperimentSettings plan = ExperimentSettings.from(settings);
      assertThat(plan.title()).as(name).isNotBlank();
      assertThat(plan.data()).as(name).isNotEmpty();
    }
  }
}
