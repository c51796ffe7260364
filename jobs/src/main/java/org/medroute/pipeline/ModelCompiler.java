package org.medroute.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.feature.ChiSqSelectorModel;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDFModel;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.medroute.compiled.CompiledForest;
import org.medroute.compiled.CompiledScorer;
import org.medroute.compiled.ForestBuilder;
import org.medroute.compiled.TermFeatures;
import org.medroute.feature.BiomedicalTokens;
import org.medroute.feature.LinearTextModel;

/**
 * Compiles the stages of a model: BiomedicalTokens, HashingTF, ChiSqSelectorModel, IDFModel,
 * RandomForestClassificationModel, IndexToString, each reading what the one before it wrote; before
 * the last a LinearTextModel that hears the forest, or that and the last alone.
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
        && stages[4] instanceof RandomForestClassificationModel forest
        && stages[stages.length - 1] instanceof IndexToString) {
      requireChain(
          List.of(
              tokens.getOrDefault(tokens.outputCol()), hashing.getInputCol(),
              hashing.getOutputCol(), selection.getFeaturesCol(),
              selection.getOutputCol(), weighting.getInputCol(),
              weighting.getOutputCol(), forest.getFeaturesCol()));
      TermFeatures features = features(tokens, hashing, selection, weighting);
      if (stages.length == 6) {
        return CompiledScorer.of(description, features, compile(forest), terms);
      }
      if (stages.length == 7 && stages[5] instanceof LinearTextModel linear) {
        requireChain(List.of(forest.getProbabilityCol(), linear.getOrDefault(linear.forestCol())));
        return CompiledScorer.of(
            description, features, compile(forest), terms, linear.classifier());
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
        weighting.idf().toArray());
  }

  /** Compiles a forest. */
  static CompiledForest compile(RandomForestClassificationModel forest) {
    if (forest.isDefined(forest.thresholds())) {
      throw new IllegalArgumentException(
          "Parameter thresholds of the forest moves the predicted class and cannot be compiled");
    }
    ForestBuilder builder = new ForestBuilder(forest.numClasses(), forest.numFeatures());
    for (DecisionTreeClassificationModel tree : forest.trees()) {
      builder.tree();
      add(builder, tree.rootNode());
    }
    return builder.build();
  }

  private static void add(ForestBuilder builder, Node node) {
    if (!(node instanceof InternalNode inner)) {
      builder.leaf(node.impurityStats().stats());
      return;
    }
    if (!(inner.split() instanceof ContinuousSplit split)) {
      throw new IllegalArgumentException(
          "A node of the forest has a " + inner.split().getClass().getSimpleName());
    }
    int at = builder.split(split.featureIndex(), split.threshold());
    add(builder, inner.leftChild());
    builder.endLeft(at);
    add(builder, inner.rightChild());
  }
}
