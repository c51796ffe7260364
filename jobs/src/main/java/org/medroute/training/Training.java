package org.medroute.training;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.CalibrationMethod;
import org.medroute.config.ClassSet;
import org.medroute.config.ConfigurationException;
import org.medroute.config.LinearSettings;
import org.medroute.config.ModelKind;
import org.medroute.config.Progress;
import org.medroute.config.RoutingSettings;
import org.medroute.config.ThesaurusSource;
import org.medroute.config.TrainSettings;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.Warehouse;
import org.medroute.forest.ForestPlan;
import org.medroute.linear.LinearClassifier;
import org.medroute.linear.Vote;
import org.medroute.metrics.Calibration;
import org.medroute.metrics.CalibrationChoice;
import org.medroute.metrics.ClassificationMetrics;
import org.medroute.metrics.CutOffChoice;
import org.medroute.metrics.Predictions;
import org.medroute.metrics.RoutingPolicy;
import org.medroute.pipeline.FittedHead;
import org.medroute.pipeline.ForestFitter;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.pipeline.LinearFitter;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.pipeline.TextFeatures;
import org.medroute.pipeline.ThesaurusFile;
import org.medroute.registry.SplitDigest;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.text.TokenOptions;

/**
 * Trains one model: split, folds, cross-validation, calibration on out-of-fold predictions, final
 * fit on the whole training part.
 *
 * <p>Driver: places documents, keeps their ids and out-of-fold probabilities. Executors: features
 * and learners. Cost: a fit for each fold and family of cells ({@link CrossValidation}) and one
 * more, and folds + 1 feature fits.
 */
public final class Training {
  private final Warehouse warehouse;
  private final CommitInfo commit;
  private final Progress progress;
  private final TrainSettings settings;
  private final Recipe recipe;
  private final Optional<FeatureLearner<?>> learner;
  private final ForestLearner forests;
  private final Optional<CalibrationMethod> calibrationMethod;
  private final RoutingSettings routing;
  private final ClassSet classes;
  private final String recipeText;
  private final ModelKind model;
  private final LinearSettings linear;
  private final TokenOptions linearTerms;
  private final String linearText;

  public Training(Warehouse warehouse, CommitInfo commit, Progress progress, TrainingPlan plan) {
    this.warehouse = warehouse;
    this.commit = commit;
    this.progress = progress;
    this.settings = plan.train();
    this.recipe = new Recipe(plan.features(), plan.train().partitions());
    this.learner = FeatureLearner.of(plan);
    this.forests = new ForestLearner(plan.forest(), plan.train().cv().grid());
    this.calibrationMethod = plan.calibration().method();
    this.routing = plan.routing();
    this.classes = plan.classes();
    this.recipeText = plan.recipeText();
    this.model = plan.kind();
    this.linear = plan.linear();
    this.linearTerms =
        TokenOptions.of(
            plan.features().minTokenLength(),
            plan.linear().maxNgram(),
            plan.features().extraStopWords());
    this.linearText = plan.linearText();
  }

  /**
   * A fitted model with everything that is to be kept of its making.
   *
   * @param lines for the terminal
   * @param groups document id to its group of duplicates
   * @param outOfFold what the calibrated model says of documents that neither it nor its
   *     calibration was fitted on; empty without folds
   * @param fitSeconds of the last fit, on the whole training part
   * @param goldenTexts documents that check the model at every load
   * @param companions documents of several true classes or none that trained beside the training
   *     part
   */
  public record Trained(
      SpecialtyModel model,
      SplitPlan split,
      Map<String, Integer> folds,
      Map<String, String> groups,
      Optional<CrossValidation.Result<?>> crossValidation,
      Optional<Predictions> outOfFold,
      double fitSeconds,
      Map<String, String> goldenTexts,
      Map<Integer, List<String>> terms,
      CompanionPlan companions,
      List<String> lines) {

    /** Identity of the training part. */
    public String splitDigest() {
      return SplitDigest.of(split.parts());
    }
  }

  /** Trains on one kind of split; the training part alone is looked at. */
  public Trained run(LabelledDocuments data, TrainSettings.SplitKind kind) {
    List<String> lines = new ArrayList<>();
    TrainSettings.Split wanted = settings.split().as(kind);
    List<Member> members = Members.of(data.rows());
    SplitPlan split =
        SplitPlan.of(members, classes.size(), wanted)
            .sampled(members, settings.sampleShare(), wanted.seed());
    List<Member> training =
        members.stream()
            .filter(member -> SplitPlan.TRAIN.equals(split.parts().get(member.documentId())))
            .toList();
    lines.add(
        String.format(
            "split %s: train %,d, validation %,d, test %,d, left out %s",
            wanted.name(),
            training.size(),
            split.count(SplitPlan.VALIDATION),
            split.count(SplitPlan.TEST),
            split.excluded().isEmpty() ? "0" : split.excluded()));
    TrainSettings.CrossValidation cv = settings.cv();
    FoldPlacement folds = folds(training, cv);
    Dataset<Row> rows =
        recipe
            .canonical(data.placed(folds.folds(), Frames.FOLD, "int"))
            .select(Documents.DOCUMENT_ID, Frames.TEXT, Frames.LABEL, Frames.WEIGHT, Frames.FOLD)
            .persist(StorageLevel.MEMORY_AND_DISK());
    Companions companions = companions(data, members, split, folds, kind);
    companions.line().ifPresent(lines::add);
    Dataset<Row> linearRows = companions.beside(rows);
    Optional<Dataset<Row>> background = companions.background(classes.size());
    try {
      Optional<ChosenCell<?>> chosen = learner.map(ChosenCell::first);
      Optional<FoldVotes> votes = Optional.empty();
      Optional<Predictions> honest = Optional.empty();
      Calibration calibration =
          Calibration.fit(CalibrationMethod.NONE, Predictions.builder(classes, List.of()).build());
      RoutingPolicy routes = RoutingPolicy.of(classes, routing);
      if (cv.folds() >= 2) {
        lines.add(
            String.format(
                "folds %d by %s: largest deviation of a class share %.4f",
                cv.folds(),
                org.medroute.config.Settings.kebab(cv.unit()),
                folds.largestDeviation()));
        String hash =
            hash(
                recipeText + (learner.isPresent() ? identity(recipe.features().thesaurus()) : ""),
                training,
                folds,
                companions.ofForest());
        chosen = learner.map(each -> crossValidated(each, rows, background, hash));
        Optional<Predictions> alone = chosen.flatMap(ChosenCell::outOfFold);
        votes =
            model.hasLinear()
                ? Optional.of(
                    vote(
                        linearRows,
                        hash(
                            linearText + identity(linear.thesaurus()),
                            training,
                            folds,
                            companions.ofLinear()),
                        cv,
                        alone))
                : votes;
        Predictions outOfFold = votes.map(FoldVotes::outOfFold).or(() -> alone).orElseThrow();
        CalibrationChoice choice =
            CalibrationChoice.of(calibrationMethod, outOfFold, folds.folds());
        calibration = Calibration.fit(choice.chosen(), outOfFold);
        honest = Optional.of(choice.confidences());
        chosen.flatMap(ChosenCell::found).ifPresent(found -> lines.addAll(describe(found)));
        lines.addAll(describe(outOfFold));
        lines.addAll(choice.lines());
        routes = route(choice, lines);
      }
      long start = System.nanoTime();
      Fit fit = fit(rows, linearRows, background, chosen, votes, lines);
      double fitSeconds = (System.nanoTime() - start) / 1e9;
      SpecialtyModel trained =
          SpecialtyModel.of(settings.task(), fit.stages(), classes, calibration, routes);
      Map<String, String> groups = new TreeMap<>();
      members.forEach(member -> groups.put(member.documentId(), member.groupId()));
      return new Trained(
          trained,
          split,
          folds.folds(),
          groups,
          chosen.flatMap(ChosenCell::found),
          honest,
          fitSeconds,
          golden(rows, training),
          fit.terms(),
          companions.plan(),
          lines);
    } finally {
      companions.release();
      rows.unpersist();
    }
  }

  private <C extends Cell> ChosenCell<C> crossValidated(
      FeatureLearner<C> learner,
      Dataset<Row> rows,
      Optional<Dataset<Row>> background,
      String hash) {
    return ChosenCell.best(
        learner,
        new CrossValidation<>(cells(hash), progress, classes, recipe, learner)
            .run(rows, background, settings.cv().folds(), learner.cells()));
  }

  private FinishedCells cells(String configHash) {
    return new FinishedCells(warehouse, commit, configHash);
  }

  /** The stages, and the terms behind the learner's features. */
  private record Fit(PipelineModel stages, Map<Integer, List<String>> terms) {}

  /** Fits what the kind of model asks for on the whole training part. */
  private Fit fit(
      Dataset<Row> rows,
      Dataset<Row> linearRows,
      Optional<Dataset<Row>> background,
      Optional<ChosenCell<?>> chosen,
      Optional<FoldVotes> votes,
      List<String> lines) {
    int steps = (chosen.isPresent() ? 2 : 0) + (model.hasLinear() ? 1 : 0);
    progress.step("final fit", 0, steps);
    Optional<LinearClassifier> classifier =
        model.hasLinear() ? Optional.of(fitLinear(linearRows, votes, lines)) : Optional.empty();
    if (chosen.isEmpty()) {
      progress.step("final fit", 1, steps);
      return new Fit(TextFeatures.pipelineWith(classifier.orElseThrow(), classes), Map.of());
    }
    progress.step("final fit", steps - 2, steps);
    Dataset<Row> weighted = ClassWeights.balance(rows, classes.size());
    TextFeatures features =
        TextFeatures.fit(weighted, classes.size(), chosen.get().cell().applyTo(recipe.features()));
    lines.add(features.report());
    progress.step("final fit", steps - 1, steps);
    FittedHead head = fitHead(features.transform(with(background, weighted)), chosen.get());
    lines.add(head.report());
    progress.step("final fit", steps, steps);
    return new Fit(
        classifier
            .map(linearPart -> features.pipelineWith(head, linearPart, classes))
            .orElseGet(() -> features.pipelineWith(head, classes)),
        features.terms(rows));
  }

  private String identity(ThesaurusSource thesaurus) {
    return ThesaurusFile.identity(warehouse.spark(), thesaurus);
  }

  private LinearClassifier fitLinear(
      Dataset<Row> rows, Optional<FoldVotes> votes, List<String> lines) {
    LinearFitter.Fitted fitted = LinearFitter.fit(rows, classes.size(), linearTerms, linear);
    lines.add(fitted.line());
    if (votes.isEmpty()) {
      lines.add(
          "no folds: votes by usual weights, nothing calibrated; train.cross-validation.folds = 3 or"
              + " more has them learnt");
    }
    return LinearClassifier.of(
        fitted.model(),
        votes
            .map(FoldVotes::vote)
            .orElseGet(
                () ->
                    model.hasForest()
                        ? Vote.usualWithForest(classes.size())
                        : Vote.usual(classes.size())));
  }

  private FoldVotes vote(
      Dataset<Row> rows,
      String configHash,
      TrainSettings.CrossValidation cv,
      Optional<Predictions> forest) {
    Margins margins =
        new LinearFolds(cells(configHash), progress, classes, linearTerms, linear)
            .run(rows, cv.folds());
    return FoldVotes.of(margins, forest, cv.folds(), classes);
  }

  /**
   * What growing the largest forest of the grid on the whole training part would take: fits the
   * features and counts the rows, and grows nothing.
   */
  public ForestPlan plan(LabelledDocuments data, TrainSettings.SplitKind kind) {
    List<Member> members = Members.of(data.rows());
    SplitPlan split = SplitPlan.of(members, classes.size(), settings.split().as(kind));
    List<Member> training =
        members.stream()
            .filter(member -> SplitPlan.TRAIN.equals(split.parts().get(member.documentId())))
            .toList();
    FoldPlacement placed = folds(training, settings.cv());
    GridCell largest = forests.largest(recipe.features());
    Dataset<Row> rows =
        ClassWeights.balance(
            data.placed(placed.folds(), Frames.FOLD, "int")
                .select(Documents.DOCUMENT_ID, Frames.TEXT, Frames.LABEL, Frames.WEIGHT),
            classes.size());
    progress.step("fit features", 0, 0);
    TextFeatures features =
        TextFeatures.fit(rows, classes.size(), largest.applyTo(recipe.features()));
    Companions companions = companions(data, members, split, placed, kind);
    try {
      return ForestFitter.plan(
          features.transform(with(companions.background(classes.size()), rows)),
          classes.size(),
          largest.applyTo(forests.settings()));
    } finally {
      companions.release();
    }
  }

  /** Weighted rows of the training part, and those of the background beside them. */
  private static Dataset<Row> with(Optional<Dataset<Row>> background, Dataset<Row> weighted) {
    Dataset<Row> own = weighted.drop(Frames.FOLD);
    return background.map(none -> own.unionByName(none.drop(Frames.FOLD))).orElse(own);
  }

  private FittedHead fitHead(Dataset<Row> features, ChosenCell<?> chosen) {
    Dataset<Row> canonical = recipe.canonical(features).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return chosen.fit(canonical, classes.size());
    } finally {
      canonical.unpersist();
    }
  }

  private FoldPlacement folds(List<Member> training, TrainSettings.CrossValidation cv) {
    if (cv.folds() < 2) {
      if (routing.aim().isPresent()) {
        throw new ConfigurationException(
            "routing.choose finds cut-offs on out-of-fold predictions: set"
                + " train.cross-validation.folds to 2 or more, or routing.choose to fixed");
      }
      if (learner.map(each -> each.cells().size()).orElse(1) > 1) {
        throw new ConfigurationException(
            "train.cross-validation: a grid of several cells needs folds of 2 or more");
      }
      Map<String, Integer> none = new TreeMap<>();
      training.forEach(member -> none.put(member.documentId(), 0));
      return new FoldPlacement(none, 0);
    }
    Groups.Tie tie =
        cv.unit() == TrainSettings.FoldUnit.JOURNAL
            ? Groups.Tie.DUPLICATES_AND_JOURNALS
            : Groups.Tie.DUPLICATES;
    return FoldPlacement.place(Groups.of(training, tie), classes.size(), cv.folds(), cv.seed());
  }

  private static List<String> describe(CrossValidation.Result<?> result) {
    List<String> lines = new ArrayList<>();
    for (CrossValidation.CellResult<?> cell : result.cells()) {
      lines.add(
          String.format(
              "cell %s: macro-F1 %.4f ± %.4f, accuracy %.4f, %.1f s%s",
              cell.cell().name(),
              cell.macroF1(),
              cell.standardError(),
              cell.accuracy(),
              cell.seconds(),
              cell.cell().equals(result.best()) ? "  <- best" : ""));
    }
    if (result.reused() > 0) {
      lines.add(result.reused() + " finished cells of an earlier run were reused");
    }
    return lines;
  }

  /** The whole model, out of fold. */
  private List<String> describe(Predictions outOfFold) {
    ClassificationMetrics metrics = ClassificationMetrics.of(outOfFold);
    return List.of(
        String.format(
            "%s, out of fold: macro-F1 %.4f, accuracy %.4f",
            org.medroute.config.Settings.kebab(model), metrics.macroF1(), metrics.accuracy()));
  }

  /** The policy, its cut-offs found where the settings aim at something. */
  private RoutingPolicy route(CalibrationChoice choice, List<String> lines) {
    RoutingPolicy given = RoutingPolicy.of(classes, routing);
    if (routing.aim().isEmpty()) {
      return given;
    }
    CutOffChoice chosen = CutOffChoice.of(choice.confidences(), routing.aim().get());
    lines.add("routing: " + chosen.expectation().text());
    lines.add("cut-offs: " + chosen.cutOffs().text());
    return new RoutingPolicy(chosen.cutOffs(), given.languages(), chosen.expectation());
  }

  /**
   * The documents with the smallest seeded hashes: any few will do, as long as they are the same
   * few.
   */
  private Map<String, String> golden(Dataset<Row> rows, List<Member> training) {
    List<String> ids =
        training.stream()
            .map(Member::documentId)
            .sorted(
                Comparator.comparing((String id) -> FoldPlacement.hash(0, id))
                    .thenComparing(id -> id))
            .limit(settings.goldenDocuments())
            .toList();
    Map<String, String> texts = new TreeMap<>();
    for (Row row :
        rows.where(col(Documents.DOCUMENT_ID).isin(ids.toArray()))
            .select(Documents.DOCUMENT_ID, Frames.TEXT)
            .collectAsList()) {
      texts.put(row.getString(0), row.getString(1));
    }
    return texts;
  }

  /** The documents without a label that the model trains on. */
  private Companions companions(
      LabelledDocuments data,
      List<Member> members,
      SplitPlan split,
      FoldPlacement folds,
      TrainSettings.SplitKind kind) {
    CompanionWeights weights =
        new CompanionWeights(
            model.hasLinear() ? linear.conflictWeight() : 0,
            model.hasLinear() ? linear.backgroundWeight() : 0,
            learner.map(FeatureLearner::backgroundWeight).orElse(0.0));
    if (!weights.any()) {
      return Companions.NONE;
    }
    List<Member> unlabelled =
        Members.companions(data.companions()).stream().filter(weights::wants).toList();
    CompanionPlan plan = CompanionPlan.of(members, split, folds, unlabelled, settings, kind);
    return Companions.of(data, unlabelled, plan, weights);
  }

  private String hash(
      String settingsText,
      List<Member> training,
      FoldPlacement folds,
      Map<String, String> companions) {
    ContentHash hash = new ContentHash().add(settingsText).add(String.valueOf(recipe.partitions()));
    hash.add(String.join(" ", classes.names()));
    for (Member member : training) {
      hash.add(member.documentId())
          .add(member.textHash())
          .add(member.label() + " " + Double.toHexString(member.weight()))
          .add(String.valueOf(folds.folds().get(member.documentId())));
    }
    companions.forEach((id, identity) -> hash.add(id).add(identity));
    return hash.hex();
  }

  /** Counts for the end of the run. */
  public static Map<String, Long> counts(LabelledDocuments data, Trained trained) {
    Map<String, Long> counts = new LinkedHashMap<>();
    data.counts().forEach((reason, n) -> counts.put("labels: " + reason, n));
    counts.put("train", trained.split().count(SplitPlan.TRAIN));
    counts.put("validation", trained.split().count(SplitPlan.VALIDATION));
    counts.put("test", trained.split().count(SplitPlan.TEST));
    trained.split().excluded().forEach((reason, n) -> counts.put("left out: " + reason, n));
    return counts;
  }
}
