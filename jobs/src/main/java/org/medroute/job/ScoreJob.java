package org.medroute.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medroute.config.ScoreSettings;
import org.medroute.config.Settings;
import org.medroute.metrics.ReviewRules;
import org.medroute.pipeline.CompiledDocuments;
import org.medroute.pipeline.DocumentScorer;
import org.medroute.pipeline.StagedDocuments;
import org.medroute.registry.ModelRegistry;
import org.medroute.scoring.MappedTable;
import org.medroute.scoring.Scoring;

/**
 * Scores documents, or a mapped table, into the scores table. Reads documents, models. Writes
 * scores.
 */
public final class ScoreJob implements Job<ScoreSettings> {
  @Override
  public String name() {
    return "score";
  }

  @Override
  public String summary() {
    return "Scores what is new, changed or scored by another model version.";
  }

  @Override
  public String example() {
    return "./submit.sh score --model champion";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.of("--model", "scoring.model", "VERSION", "champion, latest, or a version."),
        JobOption.of("--task", "train.task", "NAME", "Name of the model line."),
        JobOption.of(
            "--table",
            "scoring.table.path",
            "PATH",
            "Scores this table by scoring.table's columns instead of documents."),
        JobOption.of("--table-format", "scoring.table.format", "FORMAT", "delta, parquet or csv."),
        JobOption.of(
            "--evidence",
            "scoring.evidence-terms",
            "N",
            "Keeps the N terms that moved each document's class most."));
  }

  @Override
  public ScoreSettings configure(Settings settings, List<String> arguments) {
    return ScoreSettings.from(settings);
  }

  @Override
  public Outcome run(Run run, ScoreSettings settings) {
    ModelRegistry registry = new ModelRegistry(run.warehouse());
    ModelRegistry.Entry entry = registry.resolve(settings.model(), settings.task());
    run.progress().step("load model", 0, 0);
    Scoring scoring = new Scoring(run.warehouse(), run.commit(), run.progress());
    Scoring.Result result;
    try (DocumentScorer scorer = scorer(run, registry, entry, settings)) {
      result =
          settings.table().isPresent()
              ? scoring.run(scorer, MappedTable.read(run.spark(), settings.table().get()))
              : scoring.run(scorer);
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("documents", result.total());
    counts.put("scored", result.scored());
    counts.put("unchanged", result.unchanged());
    counts.put("removed", result.removed());
    result.routes().forEach((route, n) -> counts.put("route " + route, n));
    if (result.scored() > 0) {
      run.out()
          .printf(
              Locale.ROOT,
              "  %,.0f documents/s from table to table%n",
              result.scored() / result.seconds());
    }
    return Equations.checked(
        Outcome.done(counts).withModel(entry.version()).withInputs(result.inputs()),
        result.equations());
  }

  private static DocumentScorer scorer(
      Run run, ModelRegistry registry, ModelRegistry.Entry entry, ScoreSettings settings) {
    ReviewRules rules = ReviewRules.of(settings.review());
    return switch (settings.implementation()) {
      case COMPILED ->
          new CompiledDocuments(
              run.spark(), registry.loadCompiled(entry), settings.evidenceTerms(), rules);
      case STAGES -> new StagedDocuments(registry.load(entry), rules);
    };
  }
}
