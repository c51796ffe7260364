package org.medroute.job;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.medroute.config.EvaluateSettings;
import org.medroute.config.ForestSettings;
import org.medroute.config.LabelSettings;
import org.medroute.config.Settings;
import org.medroute.config.TrainSettings;
import org.medroute.delta.UnitOfWork;
import org.medroute.evaluating.Evaluation;
import org.medroute.feature.BiomedicalTokens;
import org.medroute.feature.LinearTextModel;
import org.medroute.forest.ForestPlan;
import org.medroute.metrics.ClassificationMetrics;
import org.medroute.metrics.EvaluationResult;
import org.medroute.metrics.MetricKey;
import org.medroute.metrics.PrecisionThresholds;
import org.medroute.metrics.Predictions;
import org.medroute.metrics.Reliability;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.registry.ModelRegistry;
import org.medroute.registry.Provenance;
import org.medroute.reporting.ModelCard;
import org.medroute.table.Frames;
import org.medroute.table.Splits;
import org.medroute.table.TextTable;
import org.medroute.table.TextTable.Column;
import org.medroute.training.CompanionPlan;
import org.medroute.training.Training;
import org.medroute.training.TrainingPlan;

/**
 * Trains a model from labelled documents and publishes it as a candidate. Reads documents, labels.
 * Writes splits, cv_cells, models, metrics.
 */
public final class TrainJob implements Job<TrainingPlan> {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "Trains and cross-validates a model on labelled documents; publishes it as a candidate.";
  }

  @Override
  public String example() {
    return "./submit.sh train --split time --set train.split.test-from-year=2018";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.of(
            "--split", "train.split.kind", "KIND", "random, time, journal, given or none."),
        JobOption.of("--task", "train.task", "NAME", "Name of the model line."),
        JobOption.of("--folds", "train.cross-validation.folds", "N", "Folds; 0 for none."),
        JobOption.of("--seed", "forest.seed", "N", "Seed of the forest."),
        JobOption.ofSwitch(
            "--plan",
            "train.plan-only",
            "Says how the forest would be grown and the bytes that it needs; trains nothing."),
        JobOption.ofSwitch("--promote", "train.promote", "Makes the new model champion at once."));
  }

  @Override
  public TrainingPlan configure(Settings settings, List<String> arguments) {
    TrainingPlan plan = TrainingPlan.from(settings, LabelSettings.from(settings).classes());
    if (plan.train().planOnly() && plan.kind().readsFeatures() && !plan.kind().hasForest()) {
      throw settings.problem(
          "model.kind",
          "forest or hybrid: train --plan knows nothing of " + Settings.kebab(plan.kind()));
    }
    if (plan.train().planOnly()
        && plan.forest().implementation() != ForestSettings.Implementation.SPARSE) {
      throw settings.problem(
          "forest.implementation", "sparse: train --plan knows nothing of MLlib's forest");
    }
    return plan;
  }

  @Override
  public Outcome run(Run run, TrainingPlan plan) {
    Instant start = Instant.now();
    TrainSettings train = plan.train();
    run.progress().step("read labelled documents", 0, 0);
    LabelledDocuments data =
        LabelledDocuments.pin(
            run.warehouse(), train.labelSet(), plan.classes(), plan.routing().languages());
    Training training = new Training(run.warehouse(), run.commit(), run.progress(), plan);
    if (train.planOnly()) {
      return plan(run, data, training.plan(data, train.split().kind()));
    }
    Training.Trained trained = training.run(data, train.split().kind());
    trained.lines().forEach(line -> run.out().println("  " + line));
    String splitTask = Splits.taskOf(train.task(), train.split().name());
    keepSplit(run, splitTask, trained);
    Map<String, Long> counts = Training.counts(data, trained);
    ObjectNode metrics = new ObjectMapper().createObjectNode();
    trained
        .crossValidation()
        .ifPresent(
            result ->
                result
                    .cells()
                    .forEach(
                        cell -> metrics.put("cv macro_f1 " + cell.cell().name(), cell.macroF1())));
    metrics.put("training_documents", trained.folds().size());
    thesaurusNames(trained).ifPresent(names -> metrics.put(ModelCard.THESAURUS_NAMES, names));
    trained
        .outOfFold()
        .ifPresent(
            predictions ->
                outOfFold(
                    metrics,
                    predictions,
                    EvaluateSettings.from(run.settings()).precisionTargets()));
    Map<String, String> inputs = inputs(data);
    ModelRegistry registry = new ModelRegistry(run.warehouse());
    boolean published =
        registry.publish(
            trained.model(),
            trained.goldenTexts(),
            trained.terms(),
            Provenance.json(
                run.spark(),
                run.commit(),
                run.settings(),
                inputs,
                withCompanions(counts, trained.companions()),
                labels(data, trained),
                start,
                splitTask,
                trained.splitDigest()),
            metrics.toString(),
            run.commit());
    run.out()
        .printf(
            "  model %s%s, digest %s%n",
            trained.model().version(),
            published ? " published as a candidate" : " was published before: same content",
            trained.model().digest());
    if (published) {
      ModelRegistry.Entry entry = registry.find(trained.model().version()).orElseThrow();
      run.out()
          .println(
              "  card " + ModelCards.write(registry, entry, trained.model(), Optional.empty()));
    }
    if (train.promote()) {
      registry.promote(registry.resolve(trained.model().version(), train.task()), run.commit());
      run.out().println("  champion of " + train.task() + " is now " + trained.model().version());
    }
    sideBySide(run, plan, data, training, trained);
    long labelled = data.counts().values().stream().mapToLong(Long::longValue).sum();
    long accounted =
        counts.values().stream().mapToLong(Long::longValue).sum() - data.counts().get("used");
    return Equations.checked(
        Outcome.done(counts).withModel(trained.model().version()).withInputs(inputs),
        List.of(
            Equations.line(
                String.format(
                    "labelled %,d = train + validation + test + left out %,d", labelled, accounted),
                labelled == accounted)));
  }

  /** How the calibrated model does on documents that it was not fitted on. */
  private static void outOfFold(ObjectNode metrics, Predictions predictions, List<Double> targets) {
    ClassificationMetrics measured = ClassificationMetrics.of(predictions);
    metrics
        .putObject("out_of_fold")
        .put(MetricKey.MACRO_F1, measured.macroF1())
        .put(MetricKey.ACCURACY, measured.accuracy())
        .put(MetricKey.ECE, Reliability.of(predictions).expectedCalibrationError());
    metrics.set(
        HeadlineMetrics.THRESHOLDS,
        HeadlineMetrics.toJson(PrecisionThresholds.of(predictions, targets)));
  }

  /** Training documents by class, by what their label rests on, by year and by source. */
  private static Map<String, Map<String, Long>> labels(
      LabelledDocuments data, Training.Trained trained) {
    Map<String, Map<String, Long>> labels = new LinkedHashMap<>();
    List.of("class", "basis", "year", "source")
        .forEach(dimension -> labels.put(dimension, new TreeMap<>()));
    for (Row row :
        data.placed(trained.folds(), Frames.FOLD, "int")
            .groupBy(Frames.LABEL, LabelledDocuments.SLICE_BASIS, LabelledDocuments.SLICE_YEAR)
            .count()
            .collectAsList()) {
      long n = row.getLong(3);
      labels.get("class").merge(data.classes().name((int) row.getDouble(0)), n, Long::sum);
      labels.get("basis").merge(row.getString(1), n, Long::sum);
      labels.get("year").merge(row.getString(2), n, Long::sum);
    }
    for (String id : trained.folds().keySet()) {
      labels.get("source").merge(id.substring(0, Math.max(0, id.indexOf(':'))), 1L, Long::sum);
    }
    return labels;
  }

  /** Nothing but the plan: no split, no model. */
  private static Outcome plan(Run run, LabelledDocuments data, ForestPlan forest) {
    forest.describe().lines().forEach(line -> run.out().println("  " + line));
    ObjectMapper snakeCase =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    return Outcome.done(data.counts())
        .withInputs(inputs(data))
        .withDetails(
            Map.of(
                "plan",
                snakeCase.convertValue(forest, new TypeReference<Map<String, Object>>() {})));
  }

  /** Names that the model knows, of whichever part has most. */
  private static OptionalInt thesaurusNames(Training.Trained trained) {
    return Arrays.stream(trained.model().stages().stages())
        .mapToInt(
            stage ->
                stage instanceof LinearTextModel linear
                    ? linear.classifier().text().thesaurusNames()
                    : stage instanceof BiomedicalTokens tokens
                        ? tokens.documentTerms().thesaurus().size()
                        : 0)
        .max();
  }

  /** Documents that trained without a label of their own, beside those that are split. */
  private static Map<String, Long> withCompanions(
      Map<String, Long> counts, CompanionPlan companions) {
    Map<String, Long> all = new LinkedHashMap<>(counts);
    long ofNone = companions.background().size();
    all.put("trained beside: of several classes", companions.folds().size() - ofNone);
    all.put("trained beside: of none of the classes", ofNone);
    return all;
  }

  private static Map<String, String> inputs(LabelledDocuments data) {
    return Map.of(
        "documents", String.valueOf(data.documents().version()),
        "labels", String.valueOf(data.labels().version()));
  }

  private static void keepSplit(Run run, String splitTask, Training.Trained trained) {
    List<Row> rows = new ArrayList<>();
    trained
        .split()
        .parts()
        .forEach(
            (id, part) ->
                rows.add(
                    RowFactory.create(
                        splitTask,
                        id,
                        trained.groups().get(id),
                        part,
                        trained.folds().get(id),
                        run.runId())));
    CompanionPlan companions = trained.companions();
    companions
        .folds()
        .forEach(
            (id, fold) ->
                rows.add(
                    RowFactory.create(
                        splitTask,
                        id,
                        companions.groups().get(id),
                        companions.part(id),
                        fold == CompanionPlan.EVERY_FOLD ? null : fold,
                        run.runId())));
    run.warehouse()
        .replaceWhere(
            Splits.TABLE,
            Splits.TASK + " = '" + splitTask + "'",
            run.spark().createDataFrame(rows, Splits.SCHEMA),
            UnitOfWork.ofRun(run.commit(), "split " + splitTask))
        .expectRows(rows.size());
  }

  /** The same recipe on the other hold-outs: each line is a model of its own, none is published. */
  private static void sideBySide(
      Run run,
      TrainingPlan plan,
      LabelledDocuments data,
      Training training,
      Training.Trained main) {
    if (plan.train().sideBySide().isEmpty()) {
      return;
    }
    EvaluateSettings settings = EvaluateSettings.from(run.settings());
    Evaluation evaluation = new Evaluation(run.warehouse(), run.commit());
    Map<TrainSettings.SplitKind, Training.Trained> models = new LinkedHashMap<>();
    models.put(plan.train().split().kind(), main);
    for (TrainSettings.SplitKind kind : plan.train().sideBySide()) {
      models.computeIfAbsent(kind, other -> training.run(data, other));
    }
    TextTable table =
        TextTable.of(
            Column.left("split"),
            Column.right("train"),
            Column.right("test"),
            Column.right("accuracy"),
            Column.right("macro-F1"),
            Column.right("macro-F1 uncalibrated"));
    models.forEach(
        (kind, trained) -> {
          String splitTask =
              Splits.taskOf(plan.train().task(), plan.train().split().as(kind).name());
          keepSplit(run, splitTask, trained);
          EvaluationResult result =
              evaluation.run(
                  trained.model(),
                  data.placed(trained.split().parts(), Frames.PART, "string")
                      .where(col(Frames.PART).equalTo(Splits.TEST)),
                  splitTask,
                  Splits.TEST,
                  settings);
          evaluation.keep(
              result.rows(plan.train().task(), plan.train().split().as(kind).name()),
              trained.model().version(),
              "side by side " + splitTask);
          table.add(
              Settings.kebab(kind),
              trained.folds().size(),
              result.labelled(),
              Equations.interval(result.after().measures().overall(MetricKey.ACCURACY)),
              Equations.interval(result.after().measures().overall(MetricKey.MACRO_F1)),
              Equations.interval(result.before().measures().overall(MetricKey.MACRO_F1)));
        });
    run.out().print(table.render());
  }
}
