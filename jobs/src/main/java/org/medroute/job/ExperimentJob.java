package org.medroute.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medroute.config.ConfigurationException;
import org.medroute.config.Settings;

/**
 * Runs experiments: ingest, label, train and evaluate under the settings of a file, and, where
 * asked, holds what was measured against what the file expects. Writes what those jobs write.
 */
public final class ExperimentJob implements Job<ExperimentJob.Plan> {
  /** What becomes of a difference from what is expected. */
  public enum Verification {
    PRINTED,
    HELD
  }

  /** What becomes of an experiment without its data. */
  public enum MissingData {
    REFUSED,
    ALLOWED
  }

  /** Which experiments a run holds. */
  public enum Extent {
    ONE,
    ALL
  }

  /**
   * What is run.
   *
   * @param page where the results of all go
   */
  public record Plan(
      List<String> names, Extent extent, Verification verification, MissingData data, Path page) {}

  @Override
  public String name() {
    return "experiment";
  }

  @Override
  public String summary() {
    return "Runs an experiment of conf/experiments from its data to its measures; checks them.";
  }

  @Override
  public String example() {
    return "./submit.sh experiment s5 --verify --json";
  }

  @Override
  public String arguments() {
    return "NAME";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.ofSwitch(
            "--verify",
            "experiment.verify",
            "Ends with code 4 where a measure differs from what the file expects."),
        JobOption.ofSwitch(
            "--all", "experiment.all", "Runs every experiment and writes the results page."),
        JobOption.ofSwitch(
            "--allow-missing",
            "experiment.allow-missing",
            "An experiment whose data is not there counts as done."));
  }

  @Override
  public Settings settings(Settings given, List<String> arguments) {
    // the warehouse of the run is the experiment's, so that its runs table tells of it
    return arguments.size() == 1 ? Experiment.of(given, arguments.get(0)).settings() : given;
  }

  @Override
  public Plan configure(Settings settings, List<String> arguments) {
    boolean all = settings.flag("experiment.all");
    if (all ? !arguments.isEmpty() : arguments.size() != 1) {
      throw new ConfigurationException(
          "experiment needs one name, or --all. Example: " + example());
    }
    Plan plan =
        new Plan(
            arguments,
            all ? Extent.ALL : Extent.ONE,
            settings.flag("experiment.verify") ? Verification.HELD : Verification.PRINTED,
            settings.flag("experiment.allow-missing") ? MissingData.ALLOWED : MissingData.REFUSED,
            Path.of(settings.text("home")).resolve(settings.text("experiment.page")));
    // a typing error in any of the files shows before the first one runs
    for (Experiment experiment : experiments(settings, plan)) {
      new TrainJob().configure(experiment.settings(), List.of());
    }
    return plan;
  }

  private static List<Experiment> experiments(Settings settings, Plan plan) {
    return plan.extent() == Extent.ALL
        ? Experiment.all(settings)
        : List.of(Experiment.of(settings, plan.names().get(0)));
  }

  @Override
  public Outcome run(Run run, Plan plan) {
    List<ExperimentRun.Measured> measured = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (Experiment experiment : experiments(run.settings(), plan)) {
      List<String> missing = experiment.missing();
      if (missing.isEmpty()) {
        ExperimentRun.Measured result = ExperimentRun.of(run, experiment);
        measured.add(result);
        print(run, result);
      } else {
        absent.add(
            experiment.name()
                + " needs "
                + String.join(", ", missing)
                + ", not there; MEDROUTE_DATA names the directory");
      }
    }
    absent.forEach(line -> run.out().println("  not run: " + line));
    if (plan.extent() == Extent.ALL && !measured.isEmpty()) {
      write(plan.page(), ResultsPage.render(measured, absent, ResultsPage.environment(run)));
      run.out().println("  page " + plan.page());
    }
    return outcome(plan, measured, absent);
  }

  private static void print(Run run, ExperimentRun.Measured result) {
    run.out().printf("%nexperiment %s%n", result.experiment().name());
    result
        .metrics()
        .forEach((name, value) -> run.out().printf(Locale.ROOT, "  %-32s %12.4f%n", name, value));
    result.checked().forEach(check -> run.out().println("  " + check.line()));
  }

  /** The worst of what happened decides. */
  private static Outcome outcome(
      Plan plan, List<ExperimentRun.Measured> measured, List<String> absent) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("experiments", (long) measured.size());
    counts.put("without data", (long) absent.size());
    Outcome done = Outcome.done(counts);
    if (plan.extent() == Extent.ONE && !measured.isEmpty()) {
      ExperimentRun.Measured one = measured.get(0);
      counts.putAll(one.counts());
      done = Outcome.done(counts);
      done = one.model().map(done::withModel).orElse(done);
    }
    done = done.withDetails(details(plan, measured, absent));
    for (ExperimentRun.Measured one : measured) {
      if (one.failure().isPresent()) {
        Outcome failure = one.failure().get();
        return done.withVerdict(
            failure.verdict(),
            "experiment " + one.experiment().name() + ": " + failure.message().orElse("failed"));
      }
    }
    List<String> drift = drift(measured);
    if (plan.verification() == Verification.HELD && !drift.isEmpty()) {
      return done.withVerdict(
          Outcome.Verdict.HELD,
          drift.size() + " measures are not as expected:\n  " + String.join("\n  ", drift));
    }
    if (!absent.isEmpty()) {
      return done.withVerdict(
          plan.data() == MissingData.ALLOWED ? Outcome.Verdict.DONE : Outcome.Verdict.REFUSED,
          "data is missing: " + String.join("; ", absent));
    }
    return done;
  }

  private static List<String> drift(List<ExperimentRun.Measured> measured) {
    List<String> drift = new ArrayList<>();
    for (ExperimentRun.Measured one : measured) {
      one.checked().stream()
          .filter(check -> !check.holds())
          .forEach(check -> drift.add(one.experiment().name() + " " + check.line()));
    }
    return drift;
  }

  private static Map<String, Object> details(
      Plan plan, List<ExperimentRun.Measured> measured, List<String> absent) {
    Map<String, Object> details = new LinkedHashMap<>();
    if (plan.extent() == Extent.ONE && !measured.isEmpty()) {
      details.putAll(details(measured.get(0)));
    } else if (plan.extent() == Extent.ALL) {
      Map<String, Object> byName = new LinkedHashMap<>();
      measured.forEach(one -> byName.put(one.experiment().name(), details(one)));
      details.put("experiments", byName);
    }
    if (!absent.isEmpty()) {
      details.put("missing", absent);
    }
    return details;
  }

  private static Map<String, Object> details(ExperimentRun.Measured one) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("experiment", one.experiment().name());
    details.put("metrics", one.metrics());
    details.put("intervals", one.intervals());
    details.put("expected", one.checked().stream().map(Expectations.Checked::toMap).toList());
    return details;
  }

  static void write(Path page, String text) {
    try {
      Files.createDirectories(page.toAbsolutePath().getParent());
      Files.writeString(page, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Page " + page + " cannot be written", e);
    }
  }
}
