package org.medroute.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medroute.config.ConfigurationException;
import org.medroute.config.PredictSettings;
import org.medroute.config.Settings;
import org.medroute.metrics.ReviewRules;
import org.medroute.pipeline.CompiledModel;
import org.medroute.pipeline.ModelStore;
import org.medroute.pipeline.Prediction;
import org.medroute.pipeline.TextPredictor;
import org.medroute.registry.ModelIndex;
import org.medroute.registry.ModelRegistry;

/**
 * Predicts the specialty of one text, or of every line of standard input, by the compiled model.
 * Reads the model's files in a warehouse on this machine; no Spark, no tables.
 */
public final class PredictJob implements PlainJob<PredictJob.Request> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What to predict.
   *
   * @param texts one text, or none: then the lines of standard input
   */
  public record Request(PredictSettings settings, Path warehouse, List<String> texts) {}

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String summary() {
    return "Predicts one TEXT, or every line of standard input, each of 10 to 10,000 characters.";
  }

  @Override
  public String example() {
    return "./submit.sh predict \"Atrial fibrillation after valve surgery\"";
  }

  @Override
  public String arguments() {
    return "TEXT";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.of("--model", "predict.model", "VERSION", "champion, latest, or a version."),
        JobOption.of("--task", "train.task", "NAME", "Name of the model line."),
        JobOption.of(
            "--evidence", "predict.evidence-terms", "N", "Terms shown that moved the class most."));
  }

  @Override
  public Request configure(Settings settings, List<String> arguments) {
    if (arguments.size() > 1) {
      throw new ConfigurationException(
          "predict takes one text, not "
              + arguments.size()
              + ": put it in quotation marks, or give several as lines of standard input");
    }
    if (arguments.isEmpty() && System.console() != null) {
      throw new ConfigurationException(
          "predict needs a text in quotation marks, or lines on standard input");
    }
    return new Request(
        PredictSettings.from(settings), localWarehouse(settings.text("warehouse")), arguments);
  }

  private static Path localWarehouse(String warehouse) {
    String path = Warehouses.absolute(warehouse);
    if (path.startsWith("file:")) {
      return Path.of(java.net.URI.create(path).getPath());
    }
    if (path.contains(":")) {
      throw new ConfigurationException(
          "predict reads models on this machine, and warehouse is "
              + path
              + ": copy its directories models and model_files here and name the copy by --warehouse");
    }
    return Path.of(path);
  }

  @Override
  public Outcome run(PlainRun run, Request request) {
    Path warehouse = request.warehouse();
    ModelRegistry.Entry entry =
        ModelIndex.read(warehouse)
            .resolve(request.settings().model(), request.settings().task(), warehouse.toString());
    CompiledModel model = ModelStore.loadCompiled(warehouse.resolve(entry.path()), entry.digest());
    TextPredictor predictor =
        new TextPredictor(
            model, request.settings().evidenceTerms(), ReviewRules.of(request.settings().review()));
    Outcome outcome =
        request.texts().isEmpty()
            ? lines(run, predictor)
            : single(run, predictor, request.texts().get(0));
    return outcome.withModel(entry.version());
  }

  private static Outcome single(PlainRun run, TextPredictor predictor, String text) {
    if (TextPredictor.problem(text).isPresent()) {
      return Outcome.failure(
          Outcome.Verdict.REFUSED, "the text " + TextPredictor.problem(text).get());
    }
    Prediction prediction = predictor.predict(text);
    PredictionPrinter.block(run.out(), prediction);
    return Outcome.done(Map.of("predicted", 1L)).withDetails(prediction.toMap());
  }

  private static Outcome lines(PlainRun run, TextPredictor predictor) {
    PrintStream out = run.out();
    long predicted = 0;
    long refused = 0;
    String firstRefused = "";
    long number = 0;
    try (Reader in = new InputStreamReader(run.in(), StandardCharsets.UTF_8)) {
      BoundedLines lines = new BoundedLines(in, 2 * PredictSettings.LONGEST + 2);
      while (lines.next()) {
        number++;
        String line = lines.line();
        String problem = TextPredictor.problem(line).orElse("");
        if (problem.isEmpty()) {
          Prediction prediction = predictor.predict(line);
          if (run.json()) {
            out.println(json(number, prediction.toMap()));
          } else {
            PredictionPrinter.line(out, number, prediction);
          }
          predicted++;
        } else {
          out.println(
              run.json()
                  ? json(number, Map.of("refused", problem))
                  : number + "  refused: " + problem);
          refused++;
          firstRefused = firstRefused.isEmpty() ? "line " + number + " " + problem : firstRefused;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Standard input cannot be read", e);
    }
    if (number == 0) {
      return Outcome.failure(
          Outcome.Verdict.USAGE,
          "predict got no text: give one in quotation marks, or lines on standard input");
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("predicted", predicted);
    counts.put("refused", refused);
    Outcome outcome = Outcome.done(counts);
    return refused == 0
        ? outcome
        : outcome.withVerdict(
            Outcome.Verdict.REFUSED,
            refused + " of " + number + " lines were refused, first: " + firstRefused);
  }

  private static String json(long number, Map<String, Object> fields) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("line", number);
    line.putAll(fields);
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values is always JSON", e);
    }
  }
}
