package org.medroute.reporting;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medroute.metrics.ConfusionMatrix;
import org.medroute.metrics.Estimate;
import org.medroute.metrics.EvaluationResult;
import org.medroute.metrics.MetricKey;
import org.medroute.metrics.RouteShares;

/**
 * One page about a model version, in Markdown: data, labels, measures, calibration, routes, known
 * limits, and what it must not be used for. The same bytes for the same content.
 */
public final class ModelCard {
  /** Where the measures of a training tell how many names its thesaurus has. */
  public static final String THESAURUS_NAMES = "thesaurus_names";

  private static final List<String> OVERALL =
      List.of(
          MetricKey.ACCURACY,
          MetricKey.MACRO_F1,
          MetricKey.WEIGHTED_F1,
          MetricKey.MACRO_AUC,
          MetricKey.ECE);

  private ModelCard() {}

  /**
   * What a card is made of.
   *
   * @param provenance of the model, as the models table holds it
   * @param trained what was measured in training, as the models table holds it
   * @param measured on held-out documents; empty before the model was evaluated
   */
  public record Content(
      String version,
      String task,
      String digest,
      List<String> classes,
      JsonNode provenance,
      JsonNode trained,
      Optional<Measured> measured) {
    public Content {
      classes = List.copyOf(classes);
    }
  }

  /**
   * An evaluation.
   *
   * @param documents which ones, for readers
   */
  public record Measured(String documents, EvaluationResult result) {}

  /** The page. */
  public static String render(Content content) {
    StringBuilder card = new StringBuilder();
    card.append("# Model ").append(content.version()).append("\n\n");
    card.append("Gives a document one of ").append(content.classes().size());
    card.append(" classes, a calibrated confidence and a route: ");
    card.append(String.join(", ", content.classes())).append(".\n\n");
    facts(card, content);
    labels(card, content.provenance());
    training(card, content.trained());
    content
        .measured()
        .ifPresentOrElse(
            measured -> measured(card, measured),
            () ->
                card.append("\n## Measures on held-out documents\n\n")
                    .append("Not evaluated yet: `evaluate` fills this in.\n"));
    limits(card, content);
    return card.toString();
  }

  private static void facts(StringBuilder card, Content content) {
    JsonNode provenance = content.provenance();
    JsonNode configuration = provenance.path("configuration");
    row(card, "model", content.version());
    card.append("|---|---|\n");
    row(card, "task", content.task());
    row(card, "digest", content.digest());
    row(card, "kind", configuration.at("/model/kind").asText("-"));
    learners(card, configuration, content.trained());
    row(card, "split", provenance.path("split").asText("-"));
    row(card, "label set", configuration.at("/labels/set").asText("-"));
    row(card, "input tables", provenance.path("inputs").toString());
    row(card, "trained", provenance.path("finished_at").asText("-"));
    row(card, "commit", provenance.path("git_commit").asText("-"));
    row(
        card,
        "Spark, Java",
        provenance.path("spark").asText("-") + ", " + provenance.path("java").asText("-"));
    card.append("\n## Data\n\n");
    row(card, "documents", "count");
    card.append("|---|---:|\n");
    provenance
        .path("counts")
        .properties()
        .forEach(entry -> row(card, entry.getKey(), count(entry.getValue().asLong())));
  }

  /** What the kind of model is made of. */
  private static void learners(StringBuilder card, JsonNode configuration, JsonNode trained) {
    String kind = configuration.at("/model/kind").asText("-");
    if (kind.equals("linear") || kind.equals("hybrid")) {
      row(card, "learner of the linear part", configuration.at("/linear/learner").asText("-"));
    }
    long names = trained.path(THESAURUS_NAMES).asLong(0);
    row(card, "thesaurus", names == 0 ? "none" : count(names) + " names of MeSH descriptors");
    switch (kind) {
      case "forest", "hybrid" ->
          row(
              card,
              "forest",
              configuration.at("/forest/num-trees").asText("-")
                  + " trees, depth "
                  + configuration.at("/forest/max-depth").asText("-")
                  + (configuration.at("/forest/splitter").asText("").equals("random")
                      ? ", cuts drawn at random (extremely randomised)"
                      : "")
                  + (configuration.at("/forest/feature-draws").asInt(1) > 1
                      ? ", features drawn again where none splits"
                      : "")
                  + ", of "
                  + configuration.at("/forest/implementation").asText("-"));
      case "boosted-trees" ->
          row(
              card,
              "boosted trees",
              configuration.at("/boosted-trees/iterations").asText("-")
                  + " a class, depth "
                  + configuration.at("/boosted-trees/max-depth").asText("-"));
      case "perceptron" ->
          row(
              card,
              "perceptron",
              configuration.at("/perceptron/hidden").asText("-") + " hidden units");
      default -> {
        // the linear part has its row
      }
    }
  }

  private static void labels(StringBuilder card, JsonNode provenance) {
    card.append("\n## Labels of the training part\n");
    provenance
        .path("labels")
        .properties()
        .forEach(
            dimension -> {
              card.append('\n');
              row(card, dimension.getKey(), "documents");
              card.append("|---|---:|\n");
              dimension
                  .getValue()
                  .properties()
                  .forEach(entry -> row(card, entry.getKey(), count(entry.getValue().asLong())));
            });
  }

  private static void training(StringBuilder card, JsonNode trained) {
    JsonNode outOfFold = trained.path("out_of_fold");
    if (outOfFold.isMissingNode()) {
      card.append("\nNo folds: nothing was measured in training, and nothing is calibrated.\n");
      return;
    }
    card.append("\n## Out of fold, on the training part\n\n");
    row(card, "measure", "value");
    card.append("|---|---:|\n");
    outOfFold
        .properties()
        .forEach(entry -> row(card, entry.getKey(), number(entry.getValue().asDouble())));
    card.append("\nOne confidence threshold for all classes by wanted precision:\n\n");
    row(card, "wanted", "threshold", "share decided", "precision");
    card.append("|---:|---:|---:|---:|\n");
    trained
        .path("precision_thresholds")
        .forEach(
            target ->
                row(
                    card,
                    target.path("precision").asText(),
                    target.path("threshold").asDouble() > 1
                        ? "none reaches it"
                        : number(target.path("threshold").asDouble()),
                    number(target.path("coverage").asDouble()),
                    number(target.path("realised").asDouble())));
  }

  private static void measured(StringBuilder card, Measured measured) {
    EvaluationResult result = measured.result();
    card.append("\n## Measures on held-out documents\n\n");
    card.append("Measured on the ").append(measured.documents());
    card.append(String.format(Locale.ROOT, ": %,d documents. ", result.labelled()));
    card.append("In brackets 95 % bootstrap intervals.\n\n");
    row(card, "measure", "calibrated", "uncalibrated");
    card.append("|---|---:|---:|\n");
    for (String name : OVERALL) {
      row(
          card,
          name,
          estimate(result.after().measures().overall(name)),
          estimate(result.before().measures().overall(name)));
    }
    card.append('\n');
    row(card, "class", "documents", "precision", "recall", "F1");
    card.append("|---|---:|---:|---:|---:|\n");
    ConfusionMatrix confusion = result.after().confusion();
    for (int c = 0; c < result.classes().size(); c++) {
      row(
          card,
          result.classes().name(c),
          count(confusion.support(c)),
          number(confusion.precision(c)),
          number(confusion.recall(c)),
          number(confusion.f1(c)));
    }
    if (!result.slices().isEmpty()) {
      card.append("\n### Slices\n\n");
      row(card, "slice", "documents", "accuracy", "macro-F1", "ECE");
      card.append("|---|---:|---:|---:|---:|\n");
      result
          .slices()
          .forEach(
              slice ->
                  row(
                      card,
                      slice.name(),
                      count(slice.n()),
                      estimate(slice.measure(MetricKey.ACCURACY)),
                      estimate(slice.measure(MetricKey.MACRO_F1)),
                      estimate(slice.measure(MetricKey.ECE))));
      result
          .tooSmall()
          .forEach(
              small ->
                  card.append(
                      String.format(
                          Locale.ROOT,
                          "%n%,d values of %s are too small to measure (%,d documents).%n",
                          small.values(),
                          small.dimension(),
                          small.n())));
    }
    card.append("\n### Calibration\n\nMethod: ");
    card.append(org.medroute.config.Settings.kebab(result.calibration())).append(".\n\n");
    row(card, "confidence", "documents", "mean confidence", "right");
    card.append("|---|---:|---:|---:|\n");
    result.after().reliability().bins().stream()
        .filter(bin -> bin.count() > 0)
        .forEach(
            bin ->
                row(
                    card,
                    String.format(Locale.ROOT, "%.2f to %.2f", bin.lower(), bin.upper()),
                    count(bin.count()),
                    number(bin.meanConfidence()),
                    number(bin.accuracy())));
    card.append("\n### Routes\n\n");
    row(card, "route", "documents", "share", "precision");
    card.append("|---|---:|---:|---:|\n");
    for (RouteShares.Share share : result.after().routes().shares()) {
      row(
          card,
          share.route().text(),
          count(share.count()),
          number(share.share().value()),
          number(share.precision().value()));
    }
  }

  private static void limits(StringBuilder card, Content content) {
    JsonNode labels = content.provenance().path("labels");
    List<String> limits = new ArrayList<>();
    limits.add(
        "Labels come from indexing, journals or what a source gives, not from a reading of each"
            + " document; several true classes for one document are common, and documents whose"
            + " labels conflict test nothing and train no trees.");
    limits.add(
        "Confidence is calibrated on documents like those of the training part; on other journals,"
            + " years or languages it is worth less.");
    limits.add(
        "It reads title and abstract only, and only the languages that routing names; a document"
            + " of a class that it never saw is forced into one of its own.");
    JsonNode years = labels.path("year");
    if (years.size() == 1 && years.has("unknown")) {
      limits.add("No publication years are known: nothing shows how it ages.");
    }
    card.append("\n## Known limits\n\n");
    limits.forEach(limit -> card.append("- ").append(limit).append('\n'));
    card.append("\n## What it must not be used for\n\n");
    card.append("- No decision about a single patient: diagnosis, triage, treatment, urgency.\n");
    card.append("- No judgement of the truth or quality of a document.\n");
    card.append("- No deletion or withholding of documents without a person who looks.\n");
    if (labels.path("source").has("ohsumed")) {
      card.append(
          "- Experimental use only: it was trained on OHSUMED, which NLM gives for experiments, and"
              + " which is incomplete and out of date.\n");
    }
  }

  private static void row(StringBuilder card, String... cells) {
    for (String cell : cells) {
      card.append("| ").append(cell.replace("|", "\\|").replace('\n', ' ')).append(' ');
    }
    card.append("|\n");
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String estimate(Estimate estimate) {
    return number(estimate.value())
        + (estimate.lower().isPresent()
            ? String.format(
                Locale.ROOT,
                " [%.4f, %.4f]",
                estimate.lower().getAsDouble(),
                estimate.upper().orElseThrow())
            : "");
  }
}
