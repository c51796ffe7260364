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
    assertThat(full.parts()).containsExactlyElementsOf(BenchSettings.Part.usual());
    assertThat(full.sizes().forestDocuments()).containsExactly(6_000, 25_000, 100_000);
    assertThat(full.page()).isEqualTo("conf/experiments/bench.md");
  }

  @Test
  void quickFormHasSizesAndAPageOfItsOwn() {
    BenchSettings quick = read("bench { quick = true, quick-sizes.rounds = 7 }");

    assertThat(quick.form()).isEqualTo(BenchSettings.Form.QUICK);
    assertThat(quick.parts()).containsExactlyElementsOf(BenchSettings.Part.usual());
    assertThat(quick.sizes().rounds()).isEqualTo(7);
    assertThat(quick.page()).isEqualTo("conf/experiments/bench-quick.md");
  }

  @Test
  void qualityOfForestsIsMeasuredWhenAskedFor() {
    BenchSettings asked =
        read("bench { parts = [forest-quality], quality-seeds = 3, quality-mllib-seeds = 0 }");

    assertThat(asked.parts()).containsExactly(BenchSettings.Part.FOREST_QUALITY);
    assertThat(asked.quality()).isEqualTo(new BenchSettings.Quality(3, 0));
    assertThat(read("").quality()).isEqualTo(new BenchSettings.Quality(5, 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bench.parts = [forrest]|forest, cross-validation, scoring, ingest, pubmed, forest-quality",
        "bench.full-sizes.mllib-documents = [7]|one of the numbers of forest-documents",
        "bench.full-sizes.forest-documents = []|at least one number",
        "bench.full-sizes.grid-depths = []|at least one number",
        "bench.full-sizes.ingest-documents = [2, 1]|two numbers, the smaller one first",
        "bench.full-sizes.rounds = 0|1",
        "bench.quality-mllib-seeds = 1|an interval needs two fits",
        "bench.quality-mllib-seeds = 6|to quality-seeds = 5",
      })
  void refusesWhatCannotBeMeasured(String overlay, String expected) {
    assertThatThrownBy(() -> read(overlay))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("test.conf:1")
        .hasMessageContaining(expected);
  }
}
