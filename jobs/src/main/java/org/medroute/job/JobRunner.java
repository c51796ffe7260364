package org.medroute.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.ConfigurationException;
import org.medroute.config.RefusedException;
import org.medroute.config.Settings;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.RunLock;
import org.medroute.delta.TableContractException;
import org.medroute.delta.Warehouse;
import org.medroute.table.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one job from settings to exit code: configuration first, then the session, the work, the row
 * in the runs table and what the user reads.
 */
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final PrintStream err;
  private final ProgressPrinter progress;

  JobRunner(PrintStream out, PrintStream err, ProgressPrinter.Screen screen) {
    this.err = err;
    this.progress = new ProgressPrinter(err, screen);
    this.out = CleanLineStream.over(out, progress);
  }

  /**
   * Runs a request; returns the exit code. Configuration problems are thrown before Spark starts.
   */
  int run(CommandLineReader.Request request) {
    return runTyped(request.job(), request);
  }

  private <C> int runTyped(Job<C> job, CommandLineReader.Request request) {
    Instant start = Instant.now();
    Settings settings = job.settings(request.settings(), request.arguments());
    C configuration = job.configure(settings, request.arguments());
    String runId = request.runId().orElseGet(() -> RunIds.next(job.name(), start));
    LOG.info("run {} settings {}", runId, settings.redactedJson());
    if (job instanceof PlainJob<C> plain) {
      return runPlain(plain, configuration, request, runId, start);
    }
    progress.step("start Spark", 0, 0);
    SparkSession spark = Session.start(job.name(), settings);
    try {
      Warehouse warehouse = Warehouses.open(spark, settings);
      CommitInfo commit = Warehouses.signature(runId, job.name(), settings);
      Run run = new Run(runId, settings, spark, warehouse, commit, progress, out);
      Outcome outcome = attempt(job, run, configuration);
      progress.endLine();
      if (job.writes()) {
        if (spark.sparkContext().isStopped()) {
          outcome = interrupted(job.name(), outcome);
        } else {
          AuditTrail.record(job.name(), run, outcome, start, Instant.now());
        }
      }
      report(job.name(), runId, outcome, start, request.json());
      return outcome.verdict().exitCode();
    } finally {
      progress.endLine();
      spark.stop();
    }
  }

  /** Spark was stopped from outside, as by Ctrl-C: the runs table cannot be written any more. */
  private static Outcome interrupted(String job, Outcome outcome) {
    return Outcome.failure(
        Outcome.Verdict.FAILED,
        String.format(
            "%s: Spark was stopped before the end%s. This run is not in table %s, what it had"
                + " committed stays; start the same command again",
            job,
            outcome.message().map(message -> " (" + message + ")").orElse(""),
            Runs.TABLE.name()));
  }

  private <C> int runPlain(
      PlainJob<C> job,
      C configuration,
      CommandLineReader.Request request,
      String runId,
      Instant start) {
    PlainJob.PlainRun run =
        new PlainJob.PlainRun(request.settings(), System.in, out, request.json());
    Outcome outcome = attempt(runId, () -> job.run(run, configuration));
    report(job.name(), runId, outcome, start, request.json());
    return outcome.verdict().exitCode();
  }

  private <C> Outcome attempt(Job<C> job, Run run, C configuration) {
    return attempt(
        run.runId(),
        () -> job.writes() ? alone(job, run, configuration) : job.run(run, configuration));
  }

  /** A failure is an outcome too: it must reach the runs table. */
  private static Outcome attempt(String runId, Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (ConfigurationException e) {
      LOG.error("run {} configuration", runId, e);
      return Outcome.failure(Outcome.Verdict.USAGE, e.getMessage());
    } catch (RefusedException | TableContractException e) {
      LOG.error("run {} refused", runId, e);
      return Outcome.failure(Outcome.Verdict.REFUSED, e.getMessage());
    } catch (Exception e) {
      // Spark's checked exceptions reach Java undeclared
      LOG.error("run {} failed", runId, e);
      return Outcome.failure(Outcome.Verdict.FAILED, rootMessage(e));
    }
  }

  /** Two runs of one job on one warehouse take turns. */
  private static <C> Outcome alone(Job<C> job, Run run, C configuration) {
    Settings lock = run.settings().section("lock");
    try (RunLock held =
        RunLock.acquire(
            run.spark().sparkContext().hadoopConfiguration(),
            run.warehouse().path(),
            "run-" + job.name(),
            run.runId(),
            Duration.ofSeconds(lock.integer("wait-seconds", 0, 86_400)),
            Duration.ofSeconds(lock.integer("stale-seconds", 60, 86_400)))) {
      LOG.info("run {} holds {}", run.runId(), held);
      return job.run(run, configuration);
    }
  }

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getClass().getSimpleName() + ": " + root.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  private void report(String job, String runId, Outcome outcome, Instant start, boolean json) {
    double seconds = (Instant.now().toEpochMilli() - start.toEpochMilli()) / 1000.0;
    PrintStream target = outcome.verdict() == Outcome.Verdict.DONE ? out : err;
    if (!outcome.counts().isEmpty()) {
      outcome.counts().forEach((name, count) -> out.printf("  %-32s %,12d%n", name, count));
    }
    outcome.equations().forEach(line -> out.println("  " + line));
    outcome.message().ifPresent(message -> target.println("medroute: " + message));
    out.printf(
        "%s %s in %s  run %s%n",
        job, outcome.verdict().word(), ProgressPrinter.duration(seconds), runId);
    if (json) {
      out.println(jsonLine(job, runId, outcome, seconds));
    }
    out.flush();
    err.flush();
  }

  static String jsonLine(String job, String runId, Outcome outcome, double seconds) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("job", job);
    line.put("outcome", outcome.verdict().word());
    line.put("run_id", runId);
    outcome.modelVersion().ifPresent(version -> line.put("model_version", version));
    line.put("counts", outcome.counts());
    if (!outcome.equations().isEmpty()) {
      line.put("equations", List.copyOf(outcome.equations()));
    }
    outcome.message().ifPresent(message -> line.put("message", message));
    line.put("seconds", seconds);
    line.putAll(outcome.details());
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values is always JSON", e);
    }
  }
}
