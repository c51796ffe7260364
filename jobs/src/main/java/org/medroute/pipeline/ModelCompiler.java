package org.medroute.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.ChiSqSelectorModel;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDFModel;
import org.apache.spark.ml.feature.IndexToString;
import org.medroute.compiled.CompiledScorer;
import org.medroute.compiled.TermFeatures;
import org.medroute.feature.BiomedicalTokens;
import org.medroute.feature.LinearTextModel;

/**
 * Compiles the stages of a model: BiomedicalTokens, HashingTF, ChiSqSelectorModel, IDFModel, a
 * classifier ({@link HeadCompiler} says which), IndexToString, each reading what the one before it
 * wrote; before the last a LinearTextModel that hears the classifier, or that and the last alone.
 *
 * <p>A pipeline of other stages, or one with a parameter that the compiled form does not have, is
 * refused by name: it is never compiled to something that scores otherwise. One pass over the
 * nodes; the same stages give the same bytes.
 */
public final class ModelCompiler {
  private ModelCompiler() {}

  /**
   * @param terms feature to its training terms, most frequent first
   * @throws IllegalArgumentException naming the stage or parameter that cannot be compiled
   */
  public static CompiledScorer compile(SpecialtyModel model, Map<Integer, List<String>> terms) {
    return compile(
        model.stages(),
        new CompiledScorer.Description(
            model.task(),
            model.version(),
            model.digest(),
            model.classes().names(),
            model.calibration().toJson(),
            model.routing().toJson()),
        terms);
  }

  /** Compiles stages under a description. */
  static CompiledScorer compile(
      PipelineModel pipeline,
      CompiledScorer.Description description,
      Map<Integer, List<String>> terms) {
    Transformer[] stages = pipeline.stages();
    if (stages.length == 2
        && stages[0] instanceof LinearTextModel linear
        && stages[1] instanceof IndexToString) {
      return CompiledScorer.of(description, linear.classifier());
    }
    if (stages.length >= 6
        && stages[0] instanceof BiomedicalTokens tokens
        && stages[1] instanceof HashingTF hashing
        && stages[2] instanceof ChiSqSelectorModel selection
        && stages[3] instanceof IDFModel weighting
        && stages[stages.length - 1] instanceof IndexToString) {
      List<Transformer> rest = Arrays.asList(stages).subList(4, stages.length - 1);
      Optional<HeadCompiler.Compiled> head = HeadCompiler.compile(rest);
      if (head.isPresent()) {
        HeadCompiler.Compiled found = head.get();
        requireChain(
            List.of(
                tokens.getOrDefault(tokens.outputCol()), hashing.getInputCol(),
                hashing.getOutputCol(), selection.getFeaturesCol(),
                selection.getOutputCol(), weighting.getInputCol(),
                weighting.getOutputCol(), found.featuresCol()));
        requireChain(found.columns());
        TermFeatures features = features(tokens, hashing, selection, weighting);
        if (rest.size() == found.stages()) {
          return CompiledScorer.of(description, features, found.head(), terms);
        }
        if (rest.size() == found.stages() + 1
            && rest.get(found.stages()) instanceof LinearTextModel linear) {
          requireChain(List.of(found.probabilityCol(), linear.getOrDefault(linear.forestCol())));
          return CompiledScorer.of(description, features, found.head(), terms, linear.classifier());
        }
      }
    }
    throw new IllegalArgumentException(
        "A pipeline of "
            + Arrays.stream(stages)
                .map(stage -> stage.getClass().getSimpleName())
                .collect(Collectors.joining(", "))
            + " cannot be compiled; score with scoring.implementation = stages");
  }

  private static void requireChain(List<String> columns) {
    for (int i = 0; i < columns.size(); i += 2) {
      if (!columns.get(i).equals(columns.get(i + 1))) {
        throw new IllegalArgumentException(
            "A stage writes column "
                + columns.get(i)
                + " and the next one reads "
                + columns.get(i + 1)
                + ": such a pipeline cannot be compiled");
      }
    }
  }

  private static TermFeatures features(
      BiomedicalTokens tokens,
      HashingTF hashing,
      ChiSqSelectorModel selection,
      IDFModel weighting) {
    int[] selected = selection.selectedFeatures().clone();
    Arrays.sort(selected);
    return new TermFeatures(
        tokens.options(),
        hashing.getBinary() ? TermFeatures.Counting.PRESENCE : TermFeatures.Counting.OCCURRENCES,
        hashing.getNumFeatures(),
        selected,
        weighting.idf().toArray(),
        tokens.documentTerms().headingWords(),
        tokens.documentTerms().thesaurus());
  }
}
