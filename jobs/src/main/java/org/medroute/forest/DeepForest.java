package org.medroute.forest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.SparkSession;

/**
 * A grown forest from which every smaller and shallower one can be read: the first trees of it, cut
 * at a depth, are the trees that a fit with fewer trees and that depth would have grown (bags and
 * feature samples depend on neither). A grid of numTrees x maxDepth costs one fit.
 *
 * <p>Lives on the driver; about 20 bytes a node.
 */
public final class DeepForest {
  private static final int MLLIB_DEEPEST = 30;

  private final SparseRandomForest estimator;
  private final FeatureBins bins;
  private final WeightScale scale;
  private final GainRule gain;
  private final PackedTree[] trees;
  private final ForestPlan plan;
  private final Optional<OutOfBag> outOfBag;
  private final List<Long> classCounts;

  DeepForest(
      SparseRandomForest estimator,
      FeatureBins bins,
      WeightScale scale,
      GainRule gain,
      GrownForest grown,
      ForestPlan plan,
      List<Long> classCounts) {
    this.estimator = estimator;
    this.bins = bins;
    this.scale = scale;
    this.gain = gain;
    this.trees = grown.trees();
    this.outOfBag = grown.outOfBag();
    this.plan = plan;
    this.classCounts = List.copyOf(classCounts);
  }

  /** Number of trees. */
  public int numTrees() {
    return trees.length;
  }

  /** The depth that the trees were allowed. */
  public int maxDepth() {
    return estimator.intOf(estimator.maxDepth());
  }

  /** How it was grown. */
  public ForestPlan plan() {
    return plan;
  }

  /** The out-of-bag estimate of the whole forest. */
  public Optional<OutOfBag> outOfBag() {
    return outOfBag;
  }

  /** Unweighted training rows of each class. */
  public List<Long> classCounts() {
    return classCounts;
  }

  /** The model of the whole forest. */
  public RandomForestClassificationModel model() {
    return model(trees.length, maxDepth());
  }

  /**
   * The model that a separate fit with these two parameters would give, bit for bit.
   *
   * @param numTrees from 1 to the number of trees; from 2 where featureSubsetStrategy is auto,
   *     because auto means all features for a single tree
   * @param maxDepth from 0 to the depth that was grown
   */
  public RandomForestClassificationModel cut(int numTrees, int maxDepth) {
    requireCut(numTrees, maxDepth);
    return model(numTrees, maxDepth);
  }

  /**
   * Scores rows by several cuts at once, with the probabilities that the models of {@link #cut}
   * give.
   *
   * @param cuts each as {@link #cut} wants it
   */
  public CutScorer scorer(SparkSession spark, List<CutScorer.Cut> cuts) {
    if (estimator.flagOf(estimator.prune())) {
      throw new IllegalArgumentException(
          "prune merges leaves, which changes probabilities: score the models of cut instead");
    }
    cuts.forEach(cut -> requireCut(cut.numTrees(), cut.maxDepth()));
    return new CutScorer(spark, bins, trees, maxDepth(), cuts);
  }

  private void requireCut(int numTrees, int maxDepth) {
    if (numTrees < 1 || numTrees > trees.length || maxDepth < 0 || maxDepth > maxDepth()) {
      throw new IllegalArgumentException(
          "This forest has "
              + trees.length
              + " trees of depth "
              + maxDepth()
              + ", asked for "
              + numTrees
              + " of depth "
              + maxDepth);
    }
    if (numTrees == 1
        && trees.length > 1
        && "auto".equalsIgnoreCase(estimator.textOf(estimator.featureSubsetStrategy()))) {
      throw new IllegalArgumentException(
          "featureSubsetStrategy = auto means all features for a single tree, so one tree of a"
              + " larger forest is not the forest of one tree; name the strategy, or ask for two"
              + " trees or more");
    }
  }

  private RandomForestClassificationModel model(int numTrees, int depth) {
    ForestAssembly assembly =
        new ForestAssembly(
            bins,
            scale,
            gain,
            estimator.flagOf(estimator.prune())
                ? ForestAssembly.Pruning.SAME_CLASS
                : ForestAssembly.Pruning.NONE);
    DecisionTreeClassificationModel[] models = new DecisionTreeClassificationModel[numTrees];
    Arrays.setAll(
        models,
        i -> {
          PackedTree tree = depth < maxDepth() ? trees[i].cut(depth) : trees[i];
          return assembly.tree(estimator.uid() + "_tree_" + i, tree);
        });
    RandomForestClassificationModel model =
        new RandomForestClassificationModel(
            estimator.uid(), models, bins.features(), trees[0].classes());
    // the model's parameter takes no more than 30, its trees are as deep as they are
    int stated = Math.min(depth, MLLIB_DEEPEST);
    estimator.copyValues(model, new ParamMap().put(estimator.maxDepth().w(stated)));
    model.set(model.numTrees(), numTrees);
    model.set(model.maxDepth(), stated);
    model.setParent(estimator);
    return model;
  }
}
