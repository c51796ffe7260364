package org.medroute.forest;

import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.LeafNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.mllib.tree.impurity.EntropyCalculator;
import org.apache.spark.mllib.tree.impurity.GiniCalculator;
import org.apache.spark.mllib.tree.impurity.ImpurityCalculator;

/**
 * Turns packed trees into MLlib's nodes: class counts (bag count times weight) and draws at every
 * node, leaf or not, as MLlib keeps them.
 *
 * <p>The constructors used are private[ml] in Scala and public in bytecode (Spark 4.1).
 */
final class ForestAssembly {
  /** Whether sibling leaves of one class merge into their parent. */
  enum Pruning {
    NONE,
    SAME_CLASS
  }

  private final FeatureBins bins;
  private final WeightScale scale;
  private final GainRule gain;
  private final Pruning pruning;

  ForestAssembly(FeatureBins bins, WeightScale scale, GainRule gain, Pruning pruning) {
    this.bins = bins;
    this.scale = scale;
    this.gain = gain;
    this.pruning = pruning;
  }

  /** A tree model; {@code uid} names it. */
  DecisionTreeClassificationModel tree(String uid, PackedTree tree) {
    Node root = node(tree, 0, new long[tree.classes()]);
    return new DecisionTreeClassificationModel(uid, root, bins.features(), tree.classes());
  }

  /** Builds the subtree at {@code at} and puts its class masses into {@code masses}, given zero. */
  private Node node(PackedTree tree, int at, long[] masses) {
    if (tree.isLeaf(at)) {
      tree.addMasses(at, masses);
      long[] votes = new long[masses.length];
      tree.votes(at, votes);
      return leaf(votes, tree.draws(at));
    }
    long[] leftMasses = new long[masses.length];
    long[] rightMasses = new long[masses.length];
    Node left = node(tree, tree.left(at), leftMasses);
    Node right = node(tree, tree.right(at), rightMasses);
    for (int c = 0; c < masses.length; c++) {
      masses[c] = leftMasses[c] + rightMasses[c];
    }
    long draws = left.impurityStats().rawCount() + right.impurityStats().rawCount();
    if (pruning == Pruning.SAME_CLASS
        && left instanceof LeafNode
        && right instanceof LeafNode
        && left.prediction() == right.prediction()) {
      return leaf(masses, draws);
    }
    ImpurityCalculator stats = stats(masses, draws);
    int feature = tree.feature(at);
    return new InternalNode(
        stats.predict(),
        gain.impurity(masses),
        gain.gain(masses, leftMasses, rightMasses),
        left,
        right,
        new ContinuousSplit(feature, bins.threshold(feature, tree.bin(at))),
        stats);
  }

  private LeafNode leaf(long[] masses, long draws) {
    ImpurityCalculator stats = stats(masses, draws);
    return new LeafNode(stats.predict(), gain.impurity(masses), stats);
  }

  private ImpurityCalculator stats(long[] masses, long draws) {
    double[] weights = new double[masses.length];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = scale.weight(masses[c]);
    }
    return switch (gain) {
      case GINI -> new GiniCalculator(weights, draws);
      case ENTROPY -> new EntropyCalculator(weights, draws);
    };
  }
}
