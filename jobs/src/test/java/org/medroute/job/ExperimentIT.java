package org.medroute.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ConfigurationException;
import org.medroute.config.Progress;
import org.medroute.config.Settings;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.Warehouse;
import org.medroute.pipeline.ModelStore;
import org.medroute.registry.ModelRegistry;
import org.medroute.sampling.SampleCorpus;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.SampleWarehouse;

/** An experiment on the generated samples, and the learners side by side on the same documents. */
@Tag("gate")
class ExperimentIT {
  private static final String WRONG =
      "expect { counts { test = 1 }, metrics { macro_f1 { value = 2, tolerance = 0.1 } } }";

  @TempDir static Path directory;

  private static Outcome outcome;
  private static String printed;

  @BeforeAll
  static void runOnce() throws IOException {
    SampleCorpus.write(directory.resolve("data"), SampleCorpus.SEED, SampleWarehouse.DOCUMENTS);
    write("tiny", WRONG);
    write("elsewhere", "data = [nowhere.gz]");
    outcome = run("tiny", "experiment.verify=true");
  }

  private static void write(String name, String more) throws IOException {
    Files.createDirectories(directory.resolve("experiments"));
    Files.writeString(
        directory.resolve("experiments/" + name + ".conf"),
        """
        warehouse = "%s"
        ingest.inputs = ["%s/*.xml.gz"]
        model.kind = linear
        # not there, and no part of a linear model
        features.thesaurus = "%s/absent.tsv"
        train { task = tiny, cross-validation.folds = 2 }
        experiment {
          title = "samples"
          fractions = [0.5, 1]
          %s
        }
        """
            .formatted(directory.resolve("warehouse"), directory.resolve("data"), directory, more));
  }

  private static Settings settings(String... assignments) {
    List<String> all = new ArrayList<>(List.of(assignments));
    all.add("data=" + SampleWarehouse.quoted(directory.resolve("data")));
    all.add("experiment.directory=" + SampleWarehouse.quoted(directory.resolve("experiments")));
    all.add("experiment.page=" + SampleWarehouse.quoted(directory.resolve("results.md")));
    return SampleWarehouse.settings(all.toArray(String[]::new));
  }

  private static Outcome run(String name, String... assignments) {
    Settings given = settings(assignments);
    ExperimentJob job = new ExperimentJob();
    List<String> arguments = name.isEmpty() ? List.of() : List.of(name);
    return run(job, job.settings(given, arguments), arguments);
  }

  private static <C> Outcome run(Job<C> job, Settings settings, List<String> arguments) {
    C plan = job.configure(settings, arguments);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CommitInfo commit =
        new CommitInfo(
            job.name() + System.nanoTime(), job.name(), Optional.empty(), "hash", "commit");
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Outcome ended =
          job.run(
              new Run(
                  commit.runId(),
                  settings,
                  LocalSpark.session(),
                  warehouse(),
                  commit,
                  Progress.SILENT,
                  out),
              plan);
      printed = bytes.toString(StandardCharsets.UTF_8);
      return ended;
    }
  }

  private static Warehouse warehouse() {
    return new Warehouse(LocalSpark.session(), directory.resolve("warehouse").toString());
  }

  @SuppressWarnings("unchecked") // a field of the JSON line
  private static Map<String, Double> metrics(Outcome of) {
    return (Map<String, Double>) of.details().get("metrics");
  }

  @Test
  void driftHoldsTheGateAndNamesEachMeasure() {
    assertThat(outcome.verdict().exitCode()).isEqualTo(4);
    assertThat(outcome.message().orElseThrow())
        .contains("2 measures are not as expected")
        .contains("tiny count test: expected 1 ± 0")
        .contains("tiny macro_f1: expected 2 ± 0.1000, measured 0.")
        .contains("DRIFT");
  }

  @Test
  void measuresByNameWithThoseOfTheHalf() {
    assertThat(metrics(outcome))
        .containsKeys(
            "macro_f1",
            "accuracy",
            "weighted_f1",
            "macro_auc",
            "ece",
            "coverage_at_90",
            "coverage_at_999",
            "auto_share",
            "seconds",
            "macro_f1_of_50");
    assertThat(metrics(outcome).get("macro_f1")).isBetween(0.3, 1.0);
    long half = outcome.counts().get("train_of_50");
    long whole = outcome.counts().get("train");
    assertThat(half).isBetween(whole / 3, 2 * whole / 3);
  }

  @Test
  void cardIsBesideTheModelAndDoesNotBreakIt() throws IOException {
    ModelRegistry registry = new ModelRegistry(warehouse());
    ModelRegistry.Entry entry = registry.find(outcome.modelVersion().orElseThrow()).orElseThrow();
    Path card = directory.resolve("warehouse").resolve(entry.path()).resolve(ModelStore.CARD);
    assertThat(Files.readString(card))
        .contains("# Model " + entry.version(), "test part of the random split")
        .contains("| pmid | ", "## What it must not be used for");
    assertThat(registry.load(entry).version()).isEqualTo(entry.version());
  }

  @Test
  void allWritesThePageAndSaysWhatIsMissing() throws IOException {
    Outcome all = run("", "experiment.all=true");
    assertThat(all.verdict().exitCode()).isEqualTo(3);
    assertThat(all.message().orElseThrow()).contains("elsewhere needs", "nowhere.gz");
    assertThat(Files.readString(directory.resolve("results.md")))
        .contains("| tiny | ", "DRIFT", "## Not run", "nowhere.gz");
  }

  @Test
  void missingDataIsRefusedUnlessAllowed() {
    assertThat(run("elsewhere").verdict().exitCode()).isEqualTo(3);
    assertThat(printed).contains("not run: elsewhere needs");
    Outcome allowed = run("elsewhere", "experiment.allow-missing=true");
    assertThat(allowed.verdict().exitCode()).isZero();
    assertThat(allowed.message().orElseThrow()).contains("nowhere.gz", "MEDROUTE_DATA");
  }

  @Test
  void unknownNameListsThoseThatAreThere() {
    assertThatThrownBy(() -> run("s7"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("[elsewhere, tiny]");
  }

  @Test
  void learnersSideBySide() throws IOException {
    Settings settings =
        settings(
                "compare.contenders=null",
                "compare.contenders={ linear = [\"linear.learner=svm\"],"
                    + " forest = [\"model.kind=forest\", \"features.thesaurus=\\\"\\\"\"], guess = [\"linear.learner=majority\"] }",
                "compare.timed-texts=20",
                "compare.page=" + SampleWarehouse.quoted(directory.resolve("compare.md")))
            .withFile(directory.resolve("experiments/tiny.conf"));
    Outcome compared = run(new CompareJob(), settings, List.of());
    assertThat(compared.verdict().exitCode()).isZero();
    assertThat(compared.counts()).containsEntry("contenders", 3L);
    assertThat(printed).contains("the test part is not looked at");
    assertThat(Files.readString(directory.resolve("compare.md")).lines())
        .filteredOn(line -> line.matches("\\| (linear|forest|guess) \\|.*"))
        .hasSize(3)
        .last()
        .asString()
        .startsWith("| guess |");
  }
}
