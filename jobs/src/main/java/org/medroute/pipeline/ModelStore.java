package org.medroute.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;
import org.medroute.compiled.CompiledScorer;
import org.medroute.config.ClassSet;
import org.medroute.config.RefusedException;
import org.medroute.metrics.Calibration;
import org.medroute.metrics.RoutingPolicy;

/**
 * Saves and loads models as directories.
 *
 * <pre>
 * stages/          PipelineModel; plain Spark and the stages jar load it
 * model.json       task, version, digest, classes, calibration, routing
 * golden.json      texts with their probabilities by raw bits
 * provenance.json  where the model comes from
 * terms.json       selected bucket to its terms
 * compiled/        scorer.bin: the stages compiled into one pass, see the package compiled
 * manifest.json    sha256 of every other file but the card
 * card.md          what the model is, for readers; written anew when it is measured
 * </pre>
 *
 * <p>Saving writes to a fresh directory beside the final one, loads and checks what it wrote, then
 * renames: a directory under its final name is always whole.
 */
public final class ModelStore {
  /** Name of the card: the only file that may change after a model was published. */
  public static final String CARD = "card.md";

  private static final String STAGES = "stages";
  private static final String MODEL = "model.json";
  private static final String GOLDEN = "golden.json";
  private static final String PROVENANCE = "provenance.json";
  private static final String TERMS = "terms.json";
  private static final String COMPILED = "compiled/scorer.bin";

  private final SparkSession spark;

  public ModelStore(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Saves a model.
   *
   * @param path final directory; must be free
   * @param goldenTexts document id to text
   * @param provenanceJson see the registry
   * @param terms selected bucket (feature index) to terms
   * @return the manifest as JSON
   */
  public String save(
      SpecialtyModel model,
      String path,
      Map<String, String> goldenTexts,
      String provenanceJson,
      Map<Integer, List<String>> terms) {
    String temporary = path + ".writing-" + java.util.UUID.randomUUID();
    ModelDirectory directory = new ModelDirectory(spark, temporary);
    try {
      model.stages().write().save(directory.path(STAGES));
    } catch (IOException e) {
      throw new UncheckedIOException("Model " + model.version() + " cannot be written", e);
    }
    directory.write(MODEL, describe(model));
    directory.write(GOLDEN, GoldenDocuments.score(spark, model.stages(), goldenTexts).toJson());
    directory.write(PROVENANCE, provenanceJson);
    directory.write(TERMS, Json.write(terms));
    directory.write(COMPILED, ModelCompiler.compile(model, terms).toBytes());
    String manifest = directory.seal();
    SpecialtyModel reloaded = load(temporary);
    if (!reloaded.digest().equals(model.digest())) {
      throw new IllegalStateException(
          "Model " + model.version() + " changed its digest by saving and loading");
    }
    if (new ModelDirectory(spark, path).exists()) {
      directory.delete();
    } else {
      directory.moveTo(path);
    }
    return manifest;
  }

  /**
   * Loads a model after checking its files against the manifest, its content against its digest and
   * its golden documents.
   *
   * @throws RefusedException if anything differs, naming it
   */
  public SpecialtyModel load(String path) {
    ModelDirectory directory = new ModelDirectory(spark, path);
    directory.verify();
    JsonNode json = Json.read(directory.read(MODEL), directory.path(MODEL));
    List<String> names = new ArrayList<>();
    json.get("classes").forEach(name -> names.add(name.asText()));
    ClassSet classes =
        json.hasNonNull("out_of_scope")
            ? ClassSet.open(names, json.get("out_of_scope").asText())
            : ClassSet.closed(names);
    SpecialtyModel model =
        SpecialtyModel.of(
            json.get("task").asText(),
            PipelineModel.load(directory.path(STAGES)),
            classes,
            Calibration.fromJson(json.get("calibration").asText()),
            RoutingPolicy.fromJson(json.get("routing").asText()));
    if (!model.digest().equals(json.get("digest").asText())) {
      throw new RefusedException(
          "Model "
              + path
              + ": its stages have digest "
              + model.digest()
              + ", model.json says "
              + json.get("digest").asText()
              + ". Train again, or restore the directory from a copy.");
    }
    GoldenDocuments golden =
        GoldenDocuments.fromJson(directory.read(GOLDEN), directory.path(GOLDEN));
    golden.verify(spark, model.stages(), path);
    compiled(directory, model.digest(), golden);
    return model;
  }

  /**
   * Loads the compiled form alone, which is much faster than {@link #load}: after checking the
   * files against the manifest, that it was compiled from this model, and its golden documents.
   *
   * @throws RefusedException if anything differs, naming it
   */
  public CompiledModel loadCompiled(String path) {
    ModelDirectory directory = new ModelDirectory(spark, path);
    directory.verify();
    return compiled(
        directory,
        Json.read(directory.read(MODEL), directory.path(MODEL)).path("digest").asText(),
        GoldenDocuments.fromJson(directory.read(GOLDEN), directory.path(GOLDEN)));
  }

  /**
   * Loads the compiled form from a directory on this machine, without Spark: the file is mapped and
   * checked by its own checksums, its source digest and its golden documents; other files are not
   * read.
   *
   * @param digest content digest that the model must have
   * @throws RefusedException if anything differs, naming it
   */
  public static CompiledModel loadCompiled(Path directory, String digest) {
    Path golden = directory.resolve(GOLDEN);
    Path file = directory.resolve(COMPILED);
    CompiledModel compiled = CompiledModel.read(file);
    compiled.requireDigest(digest, file.toString());
    try {
      GoldenDocuments.fromJson(Files.readString(golden), golden.toString())
          .verify(compiled, file.toString());
    } catch (IOException e) {
      throw new RefusedException("Model file " + golden + " cannot be read", e);
    }
    return compiled;
  }

  private static CompiledModel compiled(
      ModelDirectory directory, String digest, GoldenDocuments golden) {
    String file = directory.path(COMPILED);
    CompiledModel compiled =
        CompiledModel.of(CompiledScorer.read(directory.readBytes(COMPILED), file));
    compiled.requireDigest(digest, file);
    golden.verify(compiled, file);
    return compiled;
  }

  /** Selected bucket to its terms, most frequent first. */
  public Map<Integer, List<String>> terms(String path) {
    ModelDirectory directory = new ModelDirectory(spark, path);
    Map<Integer, List<String>> terms = new java.util.TreeMap<>();
    Json.read(directory.read(TERMS), directory.path(TERMS))
        .properties()
        .forEach(
            entry -> {
              List<String> names = new ArrayList<>();
              entry.getValue().forEach(name -> names.add(name.asText()));
              terms.put(Integer.valueOf(entry.getKey()), names);
            });
    return terms;
  }

  private static String describe(SpecialtyModel model) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("task", model.task());
    description.put("version", model.version());
    description.put("digest", model.digest());
    description.put("classes", model.classes().names());
    model.classes().outOfScope().ifPresent(name -> description.put("out_of_scope", name));
    description.put("calibration", model.calibration().toJson());
    description.put("routing", model.routing().toJson());
    return Json.write(description);
  }
}
