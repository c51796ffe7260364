package org.medroute.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.medroute.config.ConfigurationException;
import org.medroute.config.SettingsLoader;
import org.medroute.ingest.IngestRequest;

class IngestJobTest {
  private static IngestJob.Plan configured(String... assignments) {
    SettingsLoader loader = SettingsLoader.withDefaults();
    for (String assignment : assignments) {
      loader.set(assignment);
    }
    return new IngestJob().configure(loader.load(), List.of("somewhere"));
  }

  private static void assertProblem(String message, String... assignments) {
    assertThatThrownBy(() -> configured(assignments))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tablesAndBaselinesAreRequests() {
    IngestJob.Plan table = configured("ingest.format=csv", "ingest.mapping=wallace");
    assertThat(table.request().format()).isEqualTo(IngestRequest.Format.CSV);
    assertThat(table.request().source()).isEqualTo("wallace");
    assertThat(table.settings().csv().delimiter()).isEqualTo(",");
    assertThat(table.settings().csv().listSeparator()).isEmpty();
    IngestJob.Plan baseline = configured("ingest.baseline=26", "ingest.baseline-files=1274");
    assertThat(baseline.request().baseline()).isEqualTo(OptionalInt.of(26));
    assertThat(baseline.settings().baselineFiles()).isEqualTo(1274);
  }

  @Test
  void whatDoesNotGoTogetherIsSaidBeforeSparkStarts() {
    assertProblem("a table needs one", "ingest.format=parquet");
    assertProblem("a baseline is PubMed XML", "ingest.baseline=26", "ingest.mapping=wallace");
    assertProblem("citations, ohsumed", "ingest.mapping=nobody");
    assertProblem(
        "unknown target \"titel\"",
        "ingest.mapping=mine",
        "ingest.mappings.mine.id=id",
        "ingest.mappings.mine.titel=t");
    assertProblem(
        "expected a title or an abstract", "ingest.mapping=mine", "ingest.mappings.mine.id=id");
  }
}
