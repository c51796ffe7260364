package org.medroute.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.medroute.config.EvaluateSettings;
import org.medroute.config.LabelSettings;
import org.medroute.config.OutsideSet;
import org.medroute.config.RoutingSettings;
import org.medroute.config.Settings;
import org.medroute.config.TrainSettings;
import org.medroute.evaluating.Evaluation;
import org.medroute.evaluating.OutsideDocuments;
import org.medroute.evaluating.TopTerms;
import org.medroute.metrics.ConfusionMatrix;
import org.medroute.metrics.EvaluationResult;
import org.medroute.metrics.MetricKey;
import org.medroute.metrics.MetricRow;
import org.medroute.metrics.Predictions;
import org.medroute.metrics.Route;
import org.medroute.metrics.RouteShares;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.registry.ModelRegistry;
import org.medroute.reporting.EvaluationReport;
import org.medroute.reporting.ModelCard;
import org.medroute.table.Splits;
import org.medroute.table.TextTable;
import org.medroute.table.TextTable.Column;

/**
 * Measures a model on the held-out part of its split. Reads documents, labels, splits, models.
 * Writes metrics and one HTML report.
 */
public final class EvaluateJob implements Job<EvaluateJob.Plan> {
  private static final int TERMS = 15;
  private static final String METRICS = "metrics";
  private static final String INTERVALS = "intervals";

  /** What is measured on what. */
  public record Plan(
      EvaluateSettings evaluate,
      List<OutsideSet> outside,
      TrainSettings train,
      RoutingSettings routing,
      LabelSettings labels,
      String model,
      String part) {}

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "Measures a model on held-out documents: metrics with intervals, one HTML report.";
  }

  @Override
  public String example() {
    return "./submit.sh evaluate --model latest";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.of("--model", "evaluate.model", "VERSION", "latest, champion, or a version."),
        JobOption.of("--part", "evaluate.part", "PART", "test, validation or train."),
        JobOption.of("--split", "train.split.kind", "KIND", "random, time, journal or given."),
        JobOption.of("--task", "train.task", "NAME", "Name of the model line."));
  }

  @Override
  public Plan configure(Settings settings, List<String> arguments) {
    String part = settings.text("evaluate.part");
    if (!List.of(Splits.TRAIN, Splits.VALIDATION, Splits.TEST).contains(part)) {
      throw settings.problem("evaluate.part", "train, validation or test");
    }
    return new Plan(
        EvaluateSettings.from(settings),
        OutsideSet.listFrom(settings),
        TrainSettings.from(settings),
        RoutingSettings.from(settings),
        LabelSettings.from(settings),
        settings.text("evaluate.model"),
        part);
  }

  @Override
  public Outcome run(Run run, Plan plan) {
    ModelRegistry registry = new ModelRegistry(run.warehouse());
    ModelRegistry.Entry entry = registry.resolve(plan.model(), plan.train().task());
    run.progress().step("load model", 0, 0);
    SpecialtyModel model = registry.load(entry);
    LabelledDocuments data =
        LabelledDocuments.pin(
            run.warehouse(), plan.train().labelSet(), model.classes(), plan.routing().languages());
    String split = plan.train().split().name();
    String splitTask = Splits.taskOf(plan.train().task(), split);
    Evaluation evaluation = new Evaluation(run.warehouse(), run.commit());
    Dataset<Row> rows =
        evaluation.part(data, entry, splitTask, plan.part(), registry.provenance(entry)).cache();
    try {
      run.progress().step("evaluate", 0, 0);
      Predictions raw = evaluation.raw(model, rows, splitTask, plan.part());
      EvaluationResult result =
          EvaluationResult.of(raw, model.calibration(), model.routing(), plan.evaluate());
      List<OutsideDocuments> outside =
          OutsideDocuments.of(
              model,
              data.documents().rows(),
              run.warehouse()
                  .read(Splits.TABLE)
                  .where(functions.col(Splits.TASK).equalTo(splitTask)),
              raw,
              plan.outside());
      String measured = split + "/" + plan.part();
      List<MetricRow> metrics = new ArrayList<>(result.rows(plan.train().task(), measured));
      outside.forEach(set -> metrics.add(set.row(plan.train().task(), measured)));
      evaluation.keep(metrics, model.version(), "evaluate " + splitTask + " " + plan.part());
      print(run, result);
      printOutside(run, outside);
      run.progress().step("write report", 0, 0);
      String path =
          Reports.write(
              run,
              model.version() + "-" + split + "-" + plan.part() + ".html",
              EvaluationReport.render(
                  content(plan, model, data, result, split, terms(registry, entry, model, rows))));
      run.out().println("  report " + path);
      if (plan.part().equals(Splits.TEST)) {
        run.out()
            .println(
                "  card "
                    + ModelCards.write(
                        registry,
                        entry,
                        model,
                        Optional.of(
                            new ModelCard.Measured(
                                "test part of the " + split + " split", result))));
      }
      Map<String, Double> headlines =
          HeadlineMetrics.of(result, HeadlineMetrics.thresholds(registry.metrics(entry)));
      outside.forEach(set -> headlines.putAll(HeadlineMetrics.of(set)));
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("evaluated", result.labelled());
      for (RouteShares.Share share : result.after().routes().shares()) {
        counts.put("route " + share.route().text(), share.count());
      }
      long routed =
          result.after().routes().shares().stream().mapToLong(RouteShares.Share::count).sum();
      return Equations.checked(
          Outcome.done(counts)
              .withModel(model.version())
              .withDetails(Map.of(METRICS, headlines, INTERVALS, HeadlineMetrics.intervals(result)))
              .withInputs(
                  Map.of(
                      "documents", String.valueOf(data.documents().version()),
                      "labels", String.valueOf(data.labels().version()))),
          List.of(
              Equations.line(
                  String.format(
                      "evaluated %,d = documents of the routes %,d", result.documents(), routed),
                  result.documents() == routed)));
    } finally {
      rows.unpersist();
    }
  }

  /** Measures by name of an evaluation that is done. */
  @SuppressWarnings("unchecked") // put there above
  static Map<String, Double> metrics(Outcome evaluated) {
    return (Map<String, Double>) evaluated.details().get(METRICS);
  }

  /** Bounds of 95 % intervals by name of an evaluation that is done. */
  @SuppressWarnings("unchecked") // put there above
  static Map<String, List<Double>> intervals(Outcome evaluated) {
    return (Map<String, List<Double>>) evaluated.details().get(INTERVALS);
  }

  private static List<EvaluationReport.SpecialtyTerms> terms(
      ModelRegistry registry, ModelRegistry.Entry entry, SpecialtyModel model, Dataset<Row> rows) {
    List<List<TopTerms.TopTerm>> top = TopTerms.of(model, rows, registry.terms(entry), TERMS);
    List<EvaluationReport.SpecialtyTerms> terms = new ArrayList<>();
    for (int c = 0; c < top.size(); c++) {
      terms.add(
          new EvaluationReport.SpecialtyTerms(
              model.classes().name(c),
              top.get(c).stream()
                  .map(
                      term ->
                          new EvaluationReport.Term(
                              term.terms().get(0),
                              term.score(),
                              term.terms().subList(1, term.terms().size())))
                  .toList()));
    }
    return terms;
  }

  private static EvaluationReport.Content content(
      Plan plan,
      SpecialtyModel model,
      LabelledDocuments data,
      EvaluationResult result,
      String split,
      List<EvaluationReport.SpecialtyTerms> terms) {
    return new EvaluationReport.Content(
        "Evaluation of " + model.version(),
        model.version(),
        data.documents().reference()
            + ", "
            + data.labels().reference()
            + ", label set "
            + plan.train().labelSet(),
        plan.part() + " part of the " + split + " split",
        List.of(
            new EvaluationReport.Fact("digest of the model", model.digest()),
            new EvaluationReport.Fact("documents of the task", String.valueOf(data.counts()))),
        result,
        terms,
        List.of(
            new EvaluationReport.Equation(
                "documents by route",
                new EvaluationReport.Count("evaluated", result.documents()),
                result.after().routes().shares().stream()
                    .map(share -> new EvaluationReport.Count(share.route().text(), share.count()))
                    .toList())),
        List.of());
  }

  private static void print(Run run, EvaluationResult result) {
    TextTable overall =
        TextTable.of(
            Column.left("measure"), Column.right("calibrated"), Column.right("uncalibrated"));
    for (String name :
        List.of(
            MetricKey.ACCURACY,
            MetricKey.MACRO_F1,
            MetricKey.WEIGHTED_F1,
            MetricKey.MACRO_AUC,
            MetricKey.ECE)) {
      overall.add(
          name,
          Equations.interval(result.after().measures().overall(name)),
          Equations.interval(result.before().measures().overall(name)));
    }
    result
        .after()
        .rejection()
        .forEach(
            (key, area) ->
                overall.add(
                    key.name(),
                    Equations.interval(area),
                    Equations.interval(result.before().rejection().get(key))));
    run.out().print(overall.render());
    TextTable classes =
        TextTable.of(
            Column.left("class"),
            Column.right("documents"),
            Column.right("precision"),
            Column.right("recall"),
            Column.right("F1"),
            Column.right("AUC"));
    ConfusionMatrix confusion = result.after().confusion();
    for (int c = 0; c < result.classes().size(); c++) {
      String name = result.classes().name(c);
      classes.add(
          name,
          confusion.support(c),
          number(confusion.precision(c)),
          number(confusion.recall(c)),
          number(confusion.f1(c)),
          number(result.after().measures().ofClass(MetricKey.AUC, name).value()));
    }
    run.out().print(classes.render());
    TextTable routes =
        TextTable.of(
            Column.left("route"),
            Column.right("documents"),
            Column.right("share"),
            Column.right("precision"),
            Column.right("share before calibration"));
    for (RouteShares.Share share : result.after().routes().shares()) {
      routes.add(
          share.route().text(),
          share.count(),
          number(share.share().value()),
          number(share.precision().value()),
          number(result.before().routes().of(share.route()).share().value()));
    }
    run.out().print(routes.render());
    if (result.routing().expectation().chosen()) {
      run.out().println("  expected: " + result.routing().expectation().text());
      RouteShares.Decided decided = result.after().routes().decided();
      run.out()
          .printf(
              Locale.ROOT,
              "  realised: %s decided, precision %s%n",
              Equations.interval(decided.share()),
              Equations.interval(decided.precision()));
    }
  }

  private static void printOutside(Run run, List<OutsideDocuments> outside) {
    if (outside.isEmpty()) {
      return;
    }
    TextTable table =
        TextTable.of(
            Column.left("out of scope"),
            Column.right("documents"),
            Column.right("left out"),
            Column.right("AUROC"),
            Column.right("auto"),
            Column.right("review"),
            Column.right("out of scope"));
    for (OutsideDocuments set : outside) {
      table.add(
          set.name(),
          set.routes().n(),
          set.leftOut(),
          number(set.area().value()),
          number(set.routes().of(Route.AUTO).share().value()),
          number(set.routes().of(Route.REVIEW).share().value()),
          number(set.routes().of(Route.OUT_OF_SCOPE).share().value()));
    }
    run.out().print(table.render());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
