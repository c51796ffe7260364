package org.medroute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.Progress;
import org.medroute.config.Settings;
import org.medroute.config.SettingsLoader;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.Warehouse;
import org.medroute.job.BenchJob;
import org.medroute.job.Outcome;
import org.medroute.job.Run;
import org.medroute.sampling.SampleCorpus;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.SampleWarehouse;

/**
 * The benchmark on the first of the sample files, as small as it can be: two trees, one round. The
 * parts that take longest, cross-validation and whole ingests, run in the long drill alone.
 */
@Tag("gate")
class BenchJobIT {
  private static final Set<String> WITHOUT_PEERS =
      Set.of(
          "forest_fit_vs_mllib",
          "forest_bytes_vs_mllib",
          "score_vs_stages",
          "score_vs_copy",
          "ingest_vs_stax",
          "ingest_vs_sparkxml");
  private static final Set<String> IN_LONG_DRILL = Set.of("cv_cost_vs_fits", "pubmed_hours");
  private static final Set<String> WITH_PEERS =
      Set.of("forest_fit_vs_sklearn", "score_vs_sklearn", "score_vs_fasttext");
  private static final Set<String> WITH_REAL_TEXT =
      Set.of("forest_macro_f1_vs_mllib", "forest_macro_f1_vs_sklearn");
  private static final String TINY =
      """
      bench {
        quick = true
        num-trees = 2
        max-depth = 3
        quick-sizes {
          rounds = 1, mllib-rounds = 1, forest-documents = [100, 700], mllib-documents = [100]
          folds = 2, grid-trees = [2], grid-depths = [2]
          documents = 1, bulk-documents = 1, xml-documents = 200, ingest-documents = [50, 200]
        }
      }
      """;

  @TempDir static Path directory;

  private static Outcome outcome;
  private static String out;
  private static String page;

  @BeforeAll
  static void run() throws IOException {
    SampleCorpus.write(directory.resolve("samples"), SampleCorpus.SEED, 300);
    for (int later = 2; later <= 4; later++) {
      Files.delete(directory.resolve("samples/pubmed26n000" + later + ".xml.gz"));
    }
    outcome = bench("bench.parts=[forest, scoring, ingest, forest-quality]");
    page = Files.readString(directory.resolve("bench.md"));
  }

  private static Outcome bench(String parts) {
    Settings settings =
        SettingsLoader.withDefaults()
            .text("tiny", TINY)
            .set(parts)
            .literal("data", directory.resolve("none").toString())
            .literal("bench.work", directory.resolve("work").toString())
            .literal("bench.page", directory.resolve("bench.md").toString())
            .literal("bench.scripts", SampleWarehouse.PROJECT.resolve("jobs/src/bench").toString())
            .literal("bench.configurations", SampleWarehouse.PROJECT.resolve("conf").toString())
            .literal("bench.samples", directory.resolve("samples").toString())
            .load();
    BenchJob job = new BenchJob();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    CommitInfo commit =
        new CommitInfo("bench-test", job.name(), Optional.empty(), "config", "commit");
    Outcome ended =
        job.run(
            new Run(
                commit.runId(),
                settings,
                LocalSpark.session(),
                new Warehouse(LocalSpark.session(), directory.resolve("warehouse").toString()),
                commit,
                Progress.SILENT,
                new PrintStream(printed, true, StandardCharsets.UTF_8)),
            job.configure(settings, List.of()));
    out = printed.toString(StandardCharsets.UTF_8);
    return ended;
  }

  @Test
  void everyKeyIsMeasuredOrSaidToBeMissing() {
    Set<String> accounted = new TreeSet<>(ratios().keySet());
    accounted.addAll(missing().keySet());
    Set<String> all = new TreeSet<>(WITHOUT_PEERS);
    all.addAll(WITH_PEERS);
    all.addAll(WITH_REAL_TEXT);

    assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.DONE);
    assertThat(ratios().keySet()).containsAll(WITHOUT_PEERS);
    assertThat(accounted).isEqualTo(all);
    assertThat(missing().keySet()).containsAll(WITH_REAL_TEXT);
    assertThat(missing().get("forest_macro_f1_vs_mllib"))
        .isEqualTo("MLlib: no ohsumed.jsonl.gz of MEDROUTE_DATA");
    missing().keySet().forEach(key -> assertThat(ratios()).doesNotContainKey(key));
  }

  @Test
  void ratiosAreNumbersThatCanBe() {
    assertThat(ratios().values()).allSatisfy(ratio -> assertThat(ratio).isPositive().isFinite());
    // 10,000 bins a row against a hundred non-zeros: known without a clock
    assertThat(ratios().get("forest_bytes_vs_mllib")).isLessThan(0.25);
  }

  @Test
  void pageHoldsTheTableAndTheMachine() {
    assertThat(page)
        .startsWith("# Side by side with peers")
        .contains(
            "`./submit.sh bench --quick --set bench.parts=[forest,scoring,ingest,forest-quality]`",
            "synthetic samples",
            "| commit | commit |")
        .contains("| key | what | peer | unit | ours | theirs | ratio | target | reached |")
        .doesNotContain(directory.toString());
    for (String key : ratios().keySet()) {
      List<String> rows = page.lines().filter(line -> line.startsWith("| " + key + " |")).toList();
      assertThat(rows).as(key).isNotEmpty();
      assertThat(rows).allSatisfy(row -> assertThat(row.split("\\|")).hasSize(10));
      assertThat(out).contains(key);
    }
  }

  @Test
  @Tag("long")
  void gridsAndWholeIngestsAreMeasuredToo() {
    Outcome all = bench("bench.parts=[cross-validation, pubmed]");

    assertThat(ratios(all).keySet()).isEqualTo(IN_LONG_DRILL);
    assertThat(ratios(all).values()).allSatisfy(ratio -> assertThat(ratio).isPositive().isFinite());
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> left = Files.list(directory.resolve("work"))) {
      assertThat(left).isEmpty();
    }
    assertThat(directory.resolve("warehouse")).doesNotExist();
  }

  private static Map<String, Double> ratios() {
    return ratios(outcome);
  }

  @SuppressWarnings("unchecked") // the details of an outcome are plain JSON values
  private static Map<String, Double> ratios(Outcome of) {
    return (Map<String, Double>) of.details().get("ratios");
  }

  @SuppressWarnings("unchecked") // the details of an outcome are plain JSON values
  private static Map<String, String> missing() {
    return (Map<String, String>) outcome.details().get("missing");
  }
}
