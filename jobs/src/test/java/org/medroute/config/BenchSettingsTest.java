package org.medroute.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchSettingsTest {
  private static BenchSettings read(String overlay) {
    return BenchSettings.from(SettingsLoader.withDefaults().text("test.conf", overlay).load());
  }

  @Test
  void fullFormComparesForestsOfThreeSizes() {
    BenchSettings full = read("");

    assertThat(full.form()).isEqualTo(BenchSettings.Form.FULL);
    assertThat(full.parts()).containsExactly(BenchSettings.Part.values());
    assertThat(full.sizes().forestDocuments()).containsExactly(6_000, 25_000, 100_000);
    assertThat(full.page()).isEqualTo("conf/experiments/bench.md");
  }

  @Test
  void quickFormHasSizesAndAPageOfItsOwn() {
    BenchSettings quick = read("bench { quick = true, quick-sizes.rounds = 7 }");

    assertThat(quick.form()).isEqualTo(BenchSettings.Form.QUICK);
    assertThat(quick.parts()).containsExactly(BenchSettings.Part.values());
    assertThat(quick.sizes().rounds()).isEqualTo(7);
    assertThat(quick.page()).isEqualTo("conf/experiments/bench-quick.md");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bench.parts = [forrest]|forest, cross-validation, scoring, ingest, pubmed",
        "bench.full-sizes.mllib-documents = [7]|one of the numbers of forest-documents",
        "bench.full-sizes.forest-documents = []|at least one number",
        "bench.full-sizes.grid-depths = []|at least one number",
        "bench.full-sizes.ingest-documents = [2, 1]|two numbers, the smaller one first",
        "bench.full-sizes.rounds = 0|1",
      })
  void refusesWhatCannotBeMeasured(String overlay, String expected) {
    assertThatThrownBy(() -> read(overlay))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("test.conf:1")
        .hasMessageContaining(expected);
  }
}
