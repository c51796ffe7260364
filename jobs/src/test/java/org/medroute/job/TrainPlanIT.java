package org.medroute.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ConfigurationException;
import org.medroute.table.CvCells;
import org.medroute.table.Models;
import org.medroute.table.Splits;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/** {@code train --plan}: says what training would need, and does nothing else. */
class TrainPlanIT {
  private static final String ONLY = "train.plan-only=true";

  @TempDir Path directory;

  @Test
  void describesTheForestOfTheRealTrainingSet() throws Exception {
    SampleWarehouse sample = SampleWarehouse.labelled(directory.resolve("w"));

    Ran local = sample.run(new TrainJob(), ONLY);
    JsonNode plan = plan(local);
    assertThat(local.outcome().verdict().exitCode()).isZero();
    assertThat(plan.get("kind").asText()).isEqualTo("LOCAL_TREES");
    assertThat(plan.get("features").asInt()).isEqualTo(300);
    assertThat(plan.get("trees").asInt()).isEqualTo(5);
    // one test document in five: the plan counts the training part alone
    assertThat(plan.get("rows").asDouble() / local.count("used")).isBetween(0.75, 0.85);
    assertThat(plan.get("compact_bytes").asLong())
        .isEqualTo(3 * plan.get("non_zeros").asLong() + 18 * plan.get("rows").asLong());
    assertThat(plan.get("driver_bytes").asLong()).isPositive();
    assertThat(local.out())
        .contains(
            "forest plan: local trees",
            String.format("training set: %,d rows, 300 features", plan.get("rows").asLong()),
            String.format("an executor holds: %,d bytes", plan.get("bytes_per_executor").asLong()),
            "the driver holds: ");

    Ran distributed =
        sample.run(
            new TrainJob(),
            ONLY,
            "forest.plan=distributed",
            "forest.subtree-rows=50",
            "train.cross-validation.grid.num-trees=[2,40]",
            "train.cross-validation.grid.selected=[100,200]");
    assertThat(distributed.out())
        .contains("forest plan: distributed levels", "nodes up to 50 rows are finished");
    assertThat(plan(distributed).get("trees").asInt()).isEqualTo(40);
    assertThat(plan(distributed).get("features").asInt()).isEqualTo(200);

    assertThat(sample.registry().entries()).isEmpty();
    assertThat(sample.warehouse().exists(Models.TABLE)).isFalse();
    assertThat(sample.warehouse().exists(Splits.TABLE)).isFalse();
    assertThat(sample.warehouse().exists(CvCells.TABLE)).isFalse();
  }

  /** The plan as --json prints it. */
  private static JsonNode plan(Ran ran) throws Exception {
    return new ObjectMapper()
        .readTree(JobRunner.jsonLine("train", "run", ran.outcome(), 1))
        .get("plan");
  }

  @Test
  void mllibsForestHasNoPlan() {
    TrainJob job = new TrainJob();
    assertThatThrownBy(
            () ->
                job.configure(
                    SampleWarehouse.settings(ONLY, "forest.implementation=mllib"), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("train --plan knows nothing of MLlib's forest");
  }
}
