package org.medroute.registry;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ConfigurationException;
import org.medroute.config.RefusedException;
import org.medroute.job.TrainJob;
import org.medroute.table.Documents;
import org.medroute.table.Labels;
import org.medroute.table.Models;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/** Model versions: content names them, and one of a task is champion. */
@Tag("long")
class ModelRegistryIT {
  private static final String TASK = "specialty";
  private static final String NO_FOLDS = "train.cross-validation.folds=0";

  @TempDir Path directory;

  @Test
  void publishingTheSameContentTwiceChangesNothing() throws IOException {
    SampleWarehouse sample = SampleWarehouse.trained(directory);
    long version = sample.warehouse().version(Models.TABLE);
    List<Path> files = files();

    Ran again = sample.run(new TrainJob());

    assertThat(again.outcome().modelVersion()).contains(sample.champion().version());
    assertThat(again.out()).contains("was published before: same content");
    assertThat(sample.warehouse().version(Models.TABLE)).isEqualTo(version);
    assertThat(files()).isEqualTo(files);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("model_files"))) {
      return all.sorted().toList();
    }
  }

  @Test
  void promotingMovesTheOneChampionOfATask() {
    SampleWarehouse sample = SampleWarehouse.trained(directory);
    ModelRegistry registry = sample.registry();
    ModelRegistry.Entry first = sample.champion();
    Ran candidate = sample.run(new TrainJob(), "forest.seed=7", NO_FOLDS);
    Ran otherTask =
        sample.run(new TrainJob(), "train.task=other-line", NO_FOLDS, "train.promote=true");
    String second = candidate.outcome().modelVersion().orElseThrow();

    assertThat(second).isNotEqualTo(first.version());
    assertThat(sample.champion().version()).isEqualTo(first.version());
    assertThat(registry.resolve("latest", TASK).version()).isEqualTo(second);
    assertThat(registry.resolve(second, TASK).status()).isEqualTo(ModelRegistry.CANDIDATE);

    registry.promote(registry.resolve("latest", TASK), sample.unit("promote").commit());

    assertThat(sample.champion().version()).isEqualTo(second);
    ModelIndex index = ModelIndex.read(sample.directory());
    assertThat(index.entries()).isEqualTo(registry.entries());
    assertThat(index.resolve(ModelRegistry.CHAMPION, TASK, "the index").version())
        .isEqualTo(second);
    assertThat(registry.resolve(first.version(), TASK).status()).isEqualTo(ModelRegistry.RETIRED);
    assertThat(registry.resolve("champion", "other-line").version())
        .isEqualTo(otherTask.outcome().modelVersion().orElseThrow())
        .startsWith("other-line-");
    assertThat(
            sample
                .rows(Models.TABLE)
                .where(col(Models.STATUS).equalTo(ModelRegistry.CHAMPION))
                .groupBy(Models.TASK)
                .count()
                .collectAsList())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.getLong(1)).isEqualTo(1));

    // back again: a retired version can return
    registry.promote(first, sample.unit("rollback").commit());
    assertThat(sample.champion().version()).isEqualTo(first.version());
  }

  @Test
  void whatIsNotThereIsSaidWithWhatIs() {
    SampleWarehouse none = SampleWarehouse.labelled(directory.resolve("none"));
    assertThatThrownBy(() -> none.registry().resolve("champion", TASK))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model champion of task " + TASK + " is not in ")
        .hasMessageContaining("there is none yet: run train");

    SampleWarehouse sample = SampleWarehouse.trained(directory.resolve("one"));
    assertThatThrownBy(() -> sample.registry().resolve("specialty-0", TASK))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there are " + sample.champion().version() + " (champion)")
        .hasMessageContaining("`models promote VERSION` makes a champion");
    assertThatThrownBy(() -> sample.registry().resolve("latest", "no-such-task"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("of task no-such-task");
  }

  @Test
  void directoryThatHoldsAnotherSoundModelIsRefused() throws IOException {
    SampleWarehouse sample = SampleWarehouse.trained(directory);
    ModelRegistry.Entry champion = sample.champion();
    String other =
        sample
            .run(new TrainJob(), "forest.seed=7", NO_FOLDS)
            .outcome()
            .modelVersion()
            .orElseThrow();
    Path place = directory.resolve(champion.path());
    Files.move(place, directory.resolve("aside"));
    SampleWarehouse.copy(place.resolveSibling(other), place);

    assertThatThrownBy(() -> sample.registry().load(champion))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(" holds " + other + ", not " + champion.version());
  }

  @Test
  void provenanceNamesEverythingThatTheModelCameFrom() {
    SampleWarehouse sample = SampleWarehouse.trained(directory);

    JsonNode provenance = sample.registry().provenance(sample.champion());

    assertThat(provenance.at("/inputs/documents").asLong())
        .isEqualTo(sample.warehouse().version(Documents.TABLE));
    assertThat(provenance.at("/inputs/labels").asLong())
        .isEqualTo(sample.warehouse().version(Labels.TABLE));
    assertThat(provenance.get("split").asText()).isEqualTo("specialty/random");
    assertThat(provenance.at("/configuration/forest/seed").asInt()).isEqualTo(42);
    assertThat(provenance.at("/counts/train").asInt()).isPositive();
    assertThat(provenance.get("spark").asText()).startsWith("4.");
    assertThat(provenance.get("java").asText()).isEqualTo(System.getProperty("java.version"));
  }
}
