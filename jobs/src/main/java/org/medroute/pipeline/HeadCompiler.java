package org.medroute.pipeline;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.medroute.compiled.BoostBuilder;
import org.medroute.compiled.CompiledBoost;
import org.medroute.compiled.CompiledForest;
import org.medroute.compiled.CompiledPerceptron;
import org.medroute.compiled.ForestBuilder;
import org.medroute.compiled.Head;
import org.medroute.feature.MarginProbabilities;
import org.medroute.linear.Link;

/**
 * Compiles the classifiers over features: a RandomForestClassificationModel; a OneVsRestModel of
 * GBTClassificationModels, or a MultilayerPerceptronClassificationModel with one hidden layer, each
 * with the MarginProbabilities behind it.
 */
final class HeadCompiler {
  private HeadCompiler() {}

  /**
   * What the first stages of a list compile to.
   *
   * @param stages how many they are
   * @param columns what a stage writes and the next one reads, in pairs
   */
  record Compiled(
      Head head, int stages, String featuresCol, List<String> columns, String probabilityCol) {}

  /** Compiles the classifier that a list of stages begins with; empty where it knows none. */
  static Optional<Compiled> compile(List<Transformer> stages) {
    if (stages.isEmpty()) {
      return Optional.empty();
    }
    if (stages.get(0) instanceof RandomForestClassificationModel forest) {
      return Optional.of(
          new Compiled(
              compile(forest), 1, forest.getFeaturesCol(), List.of(), forest.getProbabilityCol()));
    }
    if (stages.size() < 2 || !(stages.get(1) instanceof MarginProbabilities margins)) {
      return Optional.empty();
    }
    if (stages.get(0) instanceof OneVsRestModel trees) {
      requireLink(margins, Link.ONE_VS_REST);
      return Optional.of(
          linked(compile(trees), trees.getFeaturesCol(), trees.getRawPredictionCol(), margins));
    }
    if (stages.get(0) instanceof MultilayerPerceptronClassificationModel network) {
      requireLink(margins, Link.SOFTMAX);
      return Optional.of(
          linked(
              compile(network), network.getFeaturesCol(), network.getRawPredictionCol(), margins));
    }
    return Optional.empty();
  }

  private static Compiled linked(
      Head head, String featuresCol, String marginCol, MarginProbabilities margins) {
    return new Compiled(
        head,
        2,
        featuresCol,
        List.of(marginCol, margins.getOrDefault(margins.marginCol())),
        margins.getOrDefault(margins.probabilityCol()));
  }

  private static void requireLink(MarginProbabilities margins, Link link) {
    if (margins.linkValue() != link) {
      throw new IllegalArgumentException(
          "Stage "
              + margins.uid()
              + " has the link "
              + margins.linkValue()
              + ", and the classifier before it is compiled with "
              + link
              + " alone");
    }
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
    ContinuousSplit split = continuous(inner, "forest");
    int at = builder.split(split.featureIndex(), split.threshold());
    add(builder, inner.leftChild());
    builder.endLeft(at);
    add(builder, inner.rightChild());
  }

  /** Compiles boosted trees, one class against the others. */
  static CompiledBoost compile(OneVsRestModel trees) {
    BoostBuilder builder = new BoostBuilder(trees.numFeatures());
    for (ClassificationModel<?, ?> model : trees.models()) {
      if (!(model instanceof GBTClassificationModel boosted)) {
        throw new IllegalArgumentException(
            "A OneVsRestModel of "
                + model.getClass().getSimpleName()
                + " cannot be compiled; score with scoring.implementation = stages");
      }
      builder.nextClass();
      for (int tree = 0; tree < boosted.getNumTrees(); tree++) {
        builder.tree();
        DecisionTreeRegressionModel one = (DecisionTreeRegressionModel) boosted.getTree(tree);
        add(builder, one.rootNode(), boosted.treeWeights()[tree]);
      }
    }
    return builder.build();
  }

  private static void add(BoostBuilder builder, Node node, double weight) {
    double value = node.prediction() * weight;
    if (!(node instanceof InternalNode inner)) {
      builder.leaf(value);
      return;
    }
    ContinuousSplit split = continuous(inner, "boosted trees");
    int at = builder.split(split.featureIndex(), split.threshold(), value);
    add(builder, inner.leftChild(), weight);
    builder.endLeft(at);
    add(builder, inner.rightChild(), weight);
  }

  private static ContinuousSplit continuous(InternalNode node, String of) {
    if (node.split() instanceof ContinuousSplit split) {
      return split;
    }
    throw new IllegalArgumentException(
        "A node of the " + of + " has a " + node.split().getClass().getSimpleName());
  }

  /**
   * Compiles a perceptron; MLlib keeps layer after layer, by input and then output, then biases.
   */
  static CompiledPerceptron compile(MultilayerPerceptronClassificationModel network) {
    int[] layers = network.getLayers();
    if (layers.length != 3) {
      throw new IllegalArgumentException(
          "A perceptron of "
              + layers.length
              + " layers cannot be compiled: only one with a single hidden layer can");
    }
    Cut weights = new Cut(network.weights().toArray());
    return new CompiledPerceptron(
        layers[0],
        weights.next(layers[0] * layers[1]),
        weights.next(layers[1]),
        weights.next(layers[1] * layers[2]),
        weights.next(layers[2]));
  }

  /** Takes one piece of an array after the other. */
  private static final class Cut {
    private final double[] all;
    private int at;

    Cut(double[] all) {
      this.all = all;
    }

    double[] next(int length) {
      at += length;
      return java.util.Arrays.copyOfRange(all, at - length, at);
    }
  }
}
