package org.medroute.job;

import com.typesafe.config.ConfigUtil;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medroute.config.ExperimentSettings;
import org.medroute.config.RefusedException;
import org.medroute.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of one experiment in the session of a run: ingest (files that the warehouse has
 * are passed over), label, train, evaluate.
 */
final class ExperimentRun {
  private static final Logger LOG = LoggerFactory.getLogger(ExperimentRun.class);

  private final Run run;
  private final Experiment experiment;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private Map<String, List<Double>> intervals = Map.of();
  private Optional<String> model = Optional.empty();

  private ExperimentRun(Run run, Experiment experiment) {
    this.run = run;
    this.experiment = experiment;
  }

  /**
   * What came out.
   *
   * @param failure the step that did not end well, else empty
   * @param counts documents by part, and what train counted
   * @param metrics measures of the test part by name
   * @param intervals 95 % bounds of some of them
   */
  record Measured(
      Experiment experiment,
      Optional<Outcome> failure,
      Map<String, Long> counts,
      Map<String, Double> metrics,
      Map<String, List<Double>> intervals,
      Optional<String> model) {

    List<Expectations.Checked> checked() {
      return Expectations.check(experiment.plan(), counts, metrics);
    }
  }

  /** Runs an experiment; a step that is refused ends it, and is told as its failure. */
  static Measured of(Run run, Experiment experiment) {
    ExperimentRun one = new ExperimentRun(run, experiment);
    Optional<Outcome> failure;
    try {
      failure = one.work();
    } catch (RefusedException e) {
      // the other experiments of a run can still be done
      LOG.error("experiment {} refused", experiment.name(), e);
      failure = Optional.of(Outcome.failure(Outcome.Verdict.REFUSED, e.getMessage()));
    }
    return new Measured(experiment, failure, one.counts, one.metrics, one.intervals, one.model);
  }

  private Optional<Outcome> work() {
    Instant start = Instant.now();
    Settings settings = experiment.settings();
    List<Settings> ingests = new ArrayList<>(List.of(settings));
    experiment.plan().also().forEach(files -> ingests.add(ingesting(settings, files)));
    for (int i = 0; i < ingests.size(); i++) {
      String name = experiment.name() + (i == 0 ? "" : "-also-" + i);
      Outcome outcome = step(new IngestJob(), ingests.get(i), name);
      if (outcome.verdict() != Outcome.Verdict.DONE) {
        return Optional.of(outcome);
      }
    }
    Outcome labelled = step(new LabelJob(), settings, experiment.name());
    if (labelled.verdict() != Outcome.Verdict.DONE) {
      return Optional.of(labelled);
    }
    List<Double> fractions = experiment.plan().fractions();
    for (double fraction : fractions.isEmpty() ? List.of(Double.NaN) : fractions) {
      Optional<Outcome> failure = model(settings, fraction);
      if (failure.isPresent()) {
        return failure;
      }
    }
    metrics.put("seconds", (Instant.now().toEpochMilli() - start.toEpochMilli()) / 1000.0);
    return Optional.empty();
  }

  private static Settings ingesting(Settings settings, ExperimentSettings.Also files) {
    String inputs =
        files.inputs().stream()
            .map(ConfigUtil::quoteString)
            .collect(Collectors.joining(", ", "ingest.inputs=[", "]"));
    return settings.with(List.of(inputs, "ingest.mapping=" + files.mapping()));
  }

  /**
   * Trains and evaluates one model.
   *
   * @param fraction of the training part; NaN outside a learning curve. The measures of a fraction
   *     below 1 end in its per cent, as in macro_f1_of_25
   */
  private Optional<Outcome> model(Settings settings, double fraction) {
    boolean whole = Double.isNaN(fraction) || fraction == 1;
    String suffix = whole ? "" : String.format(Locale.ROOT, "_of_%.0f", 100 * fraction);
    Settings sized =
        Double.isNaN(fraction)
            ? settings
            : settings.with(List.of("train.sample-share=" + fraction));
    Outcome trained = step(new TrainJob(), sized, experiment.name() + suffix);
    if (trained.verdict() != Outcome.Verdict.DONE) {
      return Optional.of(trained);
    }
    // the version that was trained: the latest may be another where this content was published long
    // ago
    String version = trained.modelVersion().orElseThrow();
    Outcome evaluated =
        step(
            new EvaluateJob(),
            sized.with(List.of("evaluate.model=" + version, "evaluate.part=test")),
            experiment.name() + suffix);
    if (evaluated.verdict() != Outcome.Verdict.DONE) {
      return Optional.of(evaluated);
    }
    EvaluateJob.metrics(evaluated).forEach((name, value) -> metrics.put(name + suffix, value));
    if (whole) {
      model = Optional.of(version);
      counts.putAll(trained.counts());
      intervals = EvaluateJob.intervals(evaluated);
    }
    counts.put("train" + suffix, trained.counts().get("train"));
    return Optional.empty();
  }

  private <C> Outcome step(Job<C> job, Settings settings, String name) {
    run.out().printf("%n[%s] %s%n", name, job.name());
    // every step signs its commits by a name of its own: a name that was seen before writes nothing
    String runId = run.runId() + "-" + name;
    Run inner =
        new Run(
            runId,
            settings,
            run.spark(),
            Warehouses.open(run.spark(), settings),
            Warehouses.signature(runId, job.name(), settings),
            run.progress(),
            run.out());
    Outcome outcome = job.run(inner, job.configure(settings, List.of()));
    outcome.equations().forEach(line -> run.out().println("  " + line));
    return outcome;
  }
}
