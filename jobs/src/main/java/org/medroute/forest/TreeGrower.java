package org.medroute.forest;

/**
 * Grows trees over one set of rows, one after another, depth first.
 *
 * <p>A node draws its features from (seed, tree, path), takes the best split of them, and draws
 * others where there is none and the rules allow it; its rows are then parted in place. Because the
 * choice at a node depends on its rows, its path and nothing else, a tree grown to depth d is the
 * top of the tree grown deeper, and a subtree grown from its own rows alone is the same as in its
 * place.
 *
 * <p>Cost of a node: the smaller of its rows' non-zeros and twice the non-zeros of the sampled
 * features, plus the evaluation of the touched bins. Memory: 13 bytes a row ({@link BagState}), 8
 * bytes a feature, shared by all trees of the thread.
 */
final class TreeGrower {
  private final GrowthRules rules;
  private final BinnedSet set;
  private final BagState bag;
  private final FeatureSample sample;
  private final NodeScan scan;
  private final BestSplit best;
  private final NodeScan.Sink offer;
  private final PackedTree.Builder builder;
  private final long[][] leftMasses;
  private final long[][] rightMasses;
  private int tree;
  private int lastNode;

  TreeGrower(BinnedSet set, GrowthRules rules) {
    this.rules = rules;
    this.set = set;
    this.bag = new BagState(set);
    this.sample = new FeatureSample(rules.seed(), set.bins().features(), rules.featuresPerNode());
    this.scan = new NodeScan(set, bag, rules.featuresPerNode());
    this.best = new BestSplit(rules, set.classes());
    FeatureBins bins = set.bins();
    this.offer = (feature, histogram) -> histogram.offer(feature, bins.zeroBin(feature), best);
    this.builder = new PackedTree.Builder(set.classes());
    this.leftMasses = new long[rules.maxDepth() + 1][set.classes()];
    this.rightMasses = new long[rules.maxDepth() + 1][set.classes()];
  }

  /** Grows a whole tree. */
  PackedTree grow(int treeIndex) {
    return grow(treeIndex, NodePath.ROOT, 0);
  }

  /**
   * Grows the subtree below a node whose rows are those of the set.
   *
   * @param path the node's number, see {@link NodePath}
   * @param depth of the node
   */
  PackedTree grow(int treeIndex, long path, int depth) {
    tree = treeIndex;
    lastNode = 0;
    builder.reset();
    long[] masses = new long[set.classes()];
    long draws = bag.draw(rules.bags(), tree, masses);
    WeightScale.requireExact(GainRule.total(masses));
    grow(0, bag.drawnRows(), 0, path, depth, masses, draws);
    return builder.build();
  }

  private void grow(int from, int to, int node, long path, int depth, long[] masses, long draws) {
    if (rules.closes(depth, masses, draws) || !findSplit(from, to, node, path, masses, draws)) {
      builder.leaf(masses, draws);
      return;
    }
    long[] left = leftMasses[depth];
    long[] right = rightMasses[depth];
    System.arraycopy(best.left(), 0, left, 0, left.length);
    System.arraycopy(best.right(), 0, right, 0, right.length);
    long leftDraws = best.leftDraws();
    long rightDraws = best.rightDraws();
    int split = builder.split(best.feature(), best.bin());
    if (rules.closes(depth + 1, left, leftDraws) && rules.closes(depth + 1, right, rightDraws)) {
      builder.leaf(left, leftDraws);
      builder.endLeft(split);
      builder.leaf(right, rightDraws);
      return;
    }
    int leftNode = ++lastNode;
    int rightNode = ++lastNode;
    int middle = bag.partition(from, to, node, best.feature(), best.bin(), leftNode, rightNode);
    grow(from, middle, leftNode, NodePath.left(path), depth + 1, left, leftDraws);
    builder.endLeft(split);
    grow(middle, to, rightNode, NodePath.right(path), depth + 1, right, rightDraws);
  }

  private boolean findSplit(int from, int to, int node, long path, long[] masses, long draws) {
    for (int before = 0; before < rules.featureDraws(); before++) {
      best.startNode(tree, path, masses, draws);
      sample.draw(tree, path, before);
      scan.scan(node, from, to, sample, offer);
      sample.release();
      if (best.found()) {
        return true;
      }
    }
    return false;
  }
}
