package org.medroute.job;

import static org.apache.spark.sql.functions.col;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.compiled.CompiledScorer;
import org.medroute.compiled.TextScorer;
import org.medroute.config.CompareSettings;
import org.medroute.config.ConfigurationException;
import org.medroute.config.EvaluateSettings;
import org.medroute.config.LabelSettings;
import org.medroute.config.Settings;
import org.medroute.config.TrainSettings;
import org.medroute.evaluating.Evaluation;
import org.medroute.metrics.Predictions;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.pipeline.ModelCompiler;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.table.Splits;
import org.medroute.training.Training;
import org.medroute.training.TrainingPlan;

/**
 * Trains several learners on the same documents, folds and split and puts them side by side. Reads
 * files where ingest.inputs names any, documents, labels. Writes what ingest and label write, and
 * cv_cells; publishes no model.
 */
public final class CompareJob implements Job<CompareJob.Plan> {
  /** Contenders by name, in the order of the settings. */
  public record Plan(
      CompareSettings compare,
      EvaluateSettings evaluate,
      TrainSettings.SplitKind split,
      Map<String, TrainingPlan> contenders) {}

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String summary() {
    return "Puts learners side by side on the same folds: measures, paired differences, time, size.";
  }

  @Override
  public String example() {
    return "./submit.sh compare --conf-file conf/experiments/s5.conf";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.of(
            "--part",
            "compare.part",
            "PART",
            "out-of-fold (the training part alone) or test (looks at the test part)."),
        JobOption.of("--folds", "train.cross-validation.folds", "N", "Folds, 2 or more."),
        JobOption.of("--page", "compare.page", "PATH", "Where the table goes as a page."));
  }

  @Override
  public Plan configure(Settings settings, List<String> arguments) {
    CompareSettings compare = CompareSettings.from(settings);
    Map<String, TrainingPlan> contenders = new LinkedHashMap<>();
    compare
        .contenders()
        .forEach(
            (name, assignments) -> {
              Settings own = settings.with(assignments);
              contenders.put(name, TrainingPlan.from(own, LabelSettings.from(own).classes()));
            });
    TrainSettings train = TrainSettings.from(settings);
    if (train.cv().folds() < 2) {
      throw settings.problem("train.cross-validation.folds", "2 or more: compare works on folds");
    }
    if (compare.part() == CompareSettings.Part.TEST
        && train.split().kind() == TrainSettings.SplitKind.NONE) {
      throw new ConfigurationException(
          "compare.part = test needs a split that holds documents out; train.split.kind is none");
    }
    return new Plan(compare, EvaluateSettings.from(settings), train.split().kind(), contenders);
  }

  @Override
  public Outcome run(Run run, Plan plan) {
    if (!run.settings().texts("ingest.inputs").isEmpty()) {
      step(run, new IngestJob());
      step(run, new LabelJob());
    }
    TrainingPlan first = plan.contenders().values().iterator().next();
    LabelledDocuments data =
        LabelledDocuments.pin(
            run.warehouse(),
            first.train().labelSet(),
            first.classes(),
            first.routing().languages());
    run.out()
        .println(
            plan.compare().part() == CompareSettings.Part.TEST
                ? "  measured on the TEST part: choose nothing by this table"
                : "  measured out of fold on the training part; the test part is not looked at");
    List<Contender> contenders = new ArrayList<>();
    plan.contenders()
        .forEach(
            (name, training) -> {
              Contender contender = contender(run, plan, data, name, training);
              run.out().println("  " + contender.line());
              contenders.add(contender);
            });
    run.progress().step("compare", 0, 0);
    ContenderTable table = ContenderTable.of(contenders, plan.evaluate());
    run.out().print(table.text());
    String page =
        table.page(
            "Learners side by side: " + first.train().task(),
            Settings.kebab(plan.compare().part()) + ", " + first.train().cv().folds() + " folds",
            ResultsPage.environment(run));
    String path =
        plan.compare()
            .page()
            .map(
                wanted -> {
                  ExperimentJob.write(Path.of(run.settings().text("home")).resolve(wanted), page);
                  return wanted;
                })
            .orElseGet(() -> Reports.write(run, "compare-" + first.train().task() + ".md", page));
    run.out().println("  page " + path);
    return Outcome.done(
            Map.of(
                "contenders",
                (long) contenders.size(),
                "documents",
                (long) contenders.get(0).predictions().size()))
        .withDetails(Map.of("contenders", table.details()));
  }

  private static void step(Run run, Job<?> job) {
    Run quiet =
        new Run(
            run.runId(),
            run.settings(),
            run.spark(),
            run.warehouse(),
            run.commit(),
            run.progress(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Outcome outcome = typed(quiet, job);
    if (outcome.verdict() != Outcome.Verdict.DONE) {
      throw new org.medroute.config.RefusedException(
          job.name() + ": " + outcome.message().orElse(outcome.verdict().word()));
    }
  }

  private static <C> Outcome typed(Run run, Job<C> job) {
    return job.run(run, job.configure(run.settings(), List.of()));
  }

  private static Contender contender(
      Run run, Plan plan, LabelledDocuments data, String name, TrainingPlan training) {
    Training.Trained trained =
        new Training(run.warehouse(), run.commit(), run.progress(), training)
            .run(data, plan.split());
    Predictions predictions =
        plan.compare().part() == CompareSettings.Part.TEST
            ? Evaluation.predictions(
                    trained.model(),
                    data.placed(trained.split().parts(), Frames.PART, "string")
                        .where(col(Frames.PART).equalTo(Splits.TEST)))
                .calibrated(trained.model().calibration())
            : trained.outOfFold().orElseThrow();
    CompiledScorer scorer = ModelCompiler.compile(trained.model(), trained.terms());
    Dataset<Row> texts =
        data.placed(trained.folds(), Frames.FOLD, "int")
            .select(Documents.DOCUMENT_ID, Frames.TEXT)
            .orderBy(Documents.DOCUMENT_ID)
            .limit(plan.compare().timedTexts());
    return new Contender(
        name,
        predictions,
        trained.fitSeconds(),
        secondsADocument(
            scorer, texts.collectAsList().stream().map(row -> row.getString(1)).toList()),
        scorer.toBytes().length);
  }

  /** The best of three passes on one thread, after one that warms up. */
  private static double secondsADocument(CompiledScorer scorer, List<String> texts) {
    TextScorer text = scorer.textScorer();
    double[] probabilities = new double[scorer.description().classes().size()];
    double best = Double.MAX_VALUE;
    for (int pass = 0; pass < 4; pass++) {
      long start = System.nanoTime();
      texts.forEach(one -> text.probabilities(one, probabilities));
      double seconds = (System.nanoTime() - start) / 1e9 / texts.size();
      best = pass == 0 ? best : Math.min(best, seconds);
    }
    return best;
  }
}
