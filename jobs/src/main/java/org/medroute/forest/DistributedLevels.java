package org.medroute.forest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * The plan for training sets that no executor can hold: rows stay where they are, and the trees of
 * a pass grow together, level by level.
 *
 * <p>Driver side: keeps the tops of the trees of a pass, sends them out, takes back one split a
 * node. Executor side, for each level: every part finds the node of each of its rows by walking the
 * tops (nothing is kept from level to level, so a lost executor costs its tasks and no more), sums
 * the sampled features of each open node by {@link NodeScan}, and sends the sums, sparse, to where
 * the node's are added up; there the best split is chosen by the routine that local trees use. Sums
 * are whole numbers, so no order of adding changes them. A node of few rows is not split that way:
 * its rows are moved to one executor, which grows the whole subtree ({@link MovedSubtrees}).
 *
 * <p>Cost: one job a level of a pass, one for every further sample of features that a node of it
 * draws, one or a few to move rows, one for the roots and one for the out-of-bag estimate; a pass
 * has as many trees as the memory for histograms allows ({@link ForestPlan#treesPerPass}). Each
 * level reads every part and shuffles at most 32 bytes for each non-zero of a sampled feature, less
 * where rows share a bin. Driver memory: tops and finished trees.
 */
final class DistributedLevels {
  private static final Logger LOG = LoggerFactory.getLogger(DistributedLevels.class);
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext context;
  private final DistributedRows rows;
  private final GrowthRules rules;
  private final ForestPlan plan;
  private final int voted;

  private DistributedLevels(DistributedRows rows, int voted, GrowthRules rules, ForestPlan plan) {
    this.context = rows.context();
    this.rows = rows;
    this.voted = voted;
    this.rules = rules;
    this.plan = plan;
  }

  /**
   * Grows the trees of the plan and, if asked, their out-of-bag estimate.
   *
   * @param classes that leaves vote for: rows with a further label have no vote
   */
  static GrownForest grow(
      DistributedRows rows, int classes, GrowthRules rules, ForestPlan plan, Estimate estimate) {
    JavaSparkContext context = rows.context();
    String before = context.getLocalProperty(DESCRIPTION);
    try {
      return new DistributedLevels(rows, classes, rules, plan).grow(estimate);
    } finally {
      context.setLocalProperty(DESCRIPTION, before);
    }
  }

  private GrownForest grow(Estimate estimate) {
    List<GrowingTree> growing = roots();
    PackedTree[] trees = new PackedTree[growing.size()];
    for (int from = 0; from < trees.length; from += plan.treesPerPass()) {
      int to = Math.min(trees.length, from + plan.treesPerPass());
      List<GrowingTree> pass = growing.subList(from, to);
      String name = String.format(Locale.ROOT, "forest: trees %d to %d", from, to - 1);
      growTops(pass, name);
      describe(name + ", subtrees");
      new MovedSubtrees(rows, rules, plan).finish(pass);
      for (int tree = from; tree < to; tree++) {
        trees[tree] = growing.get(tree).pack().ofFirst(voted);
        growing.set(tree, null);
      }
    }
    return new GrownForest(
        trees,
        estimate == Estimate.OUT_OF_BAG && rules.bags().leavesRowsOut()
            ? Optional.of(outOfBag(trees))
            : Optional.empty());
  }

  private void describe(String work) {
    context.setLocalProperty(DESCRIPTION, work);
    LOG.debug("{}", work);
  }

  /** Draws every bag once to know what its root holds. */
  private List<GrowingTree> roots() {
    describe("forest: roots");
    int trees = plan.trees();
    int classes = rows.classes();
    BagCounts bags = rules.bags();
    long[] totals =
        rows.parts().map(part -> totals(part, bags, trees, classes)).reduce(DistributedLevels::sum);
    List<GrowingTree> growing = new ArrayList<>();
    for (int tree = 0; tree < trees; tree++) {
      long[] masses = new long[classes];
      System.arraycopy(totals, tree * (classes + 1), masses, 0, classes);
      long draws = totals[tree * (classes + 1) + classes];
      growing.add(new GrowingTree(tree, rules, plan.subtreeRows(), masses, draws));
    }
    return growing;
  }

  /** For each tree the class masses and the draws of the part's rows. */
  private static long[] totals(BinnedRows part, BagCounts bags, int trees, int classes) {
    long[] totals = new long[Math.multiplyExact(trees, classes + 1)];
    for (int tree = 0; tree < trees; tree++) {
      long treeKey = bags.treeKey(tree);
      int at = tree * (classes + 1);
      for (int row = 0; row < part.rows(); row++) {
        long count = bags.count(treeKey, part.keys[row]);
        totals[at + part.labels[row]] += count * part.weights[row];
        totals[at + classes] += count;
      }
    }
    return totals;
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  private void growTops(List<GrowingTree> pass, String name) {
    for (int level = 0; ; level++) {
      List<TreeTop> tops = new ArrayList<>();
      List<GrowingTree> trees = new ArrayList<>();
      List<Integer> nodes = new ArrayList<>();
      for (GrowingTree tree : pass) {
        List<Integer> open = tree.in(GrowingTree.State.OPEN);
        if (!open.isEmpty()) {
          tops.add(tree.top(nodes.size(), open));
          open.forEach(node -> trees.add(tree));
          nodes.addAll(open);
        }
      }
      if (nodes.isEmpty()) {
        return;
      }
      describe(String.format(Locale.ROOT, "%s, level %d, %d nodes", name, level, nodes.size()));
      for (FoundSplit split : level(tops.toArray(TreeTop[]::new), nodes.size())) {
        trees.get(split.number()).split(nodes.get(split.number()), split);
      }
      for (int i = 0; i < nodes.size(); i++) {
        trees.get(i).closeUnlessSplit(nodes.get(i));
      }
    }
  }

  /** The best splits of all open nodes of a pass: one job. */
  private List<FoundSplit> level(TreeTop[] tops, int nodes) {
    Broadcast<TreeTop[]> sent = context.broadcast(tops);
    Broadcast<FeatureBins> bins = rows.bins();
    GrowthRules common = rules;
    int classes = rows.classes();
    try {
      return rows.parts()
          .flatMapToPair(part -> sums(part, bins.value(), classes, common, sent.value()))
          .reduceByKey(NodeSums::merge, Math.min(nodes, 2 * context.defaultParallelism()))
          .mapPartitions(merged -> splits(merged, bins.value(), classes, common, sent.value()))
          .collect();
    } finally {
      sent.destroy();
    }
  }

  private static Iterator<Tuple2<Integer, NodeSums>> sums(
      BinnedRows part, FeatureBins bins, int classes, GrowthRules rules, TreeTop[] tops) {
    BinnedSet set = new BinnedSet(bins, part, classes);
    return new PartNodes<>(set, rules.bags(), tops, bag -> summing(set, bag, rules));
  }

  private static PartNodes.Visitor<NodeSums> summing(
      BinnedSet set, BagState bag, GrowthRules rules) {
    FeatureSample sample =
        new FeatureSample(rules.seed(), set.bins().features(), rules.featuresPerNode());
    NodeScan scan = new NodeScan(set, bag, rules.featuresPerNode());
    NodeSums.Collector sums = new NodeSums.Collector(set.bins(), set.classes());
    return (top, node, from, to) -> {
      OpenNode open = top.nodes()[node];
      sample.draw(top.tree(), open.path(), open.samples());
      scan.scan(node, from, to, sample, sums);
      sample.release();
      return sums.isEmpty() ? Optional.empty() : Optional.of(sums.take());
    };
  }

  private static Iterator<FoundSplit> splits(
      Iterator<Tuple2<Integer, NodeSums>> merged,
      FeatureBins bins,
      int classes,
      GrowthRules rules,
      TreeTop[] tops) {
    BestSplit best = new BestSplit(rules, classes);
    NodeHistogram histogram = new NodeHistogram(classes, bins.mostBins());
    List<FoundSplit> found = new ArrayList<>();
    while (merged.hasNext()) {
      Tuple2<Integer, NodeSums> node = merged.next();
      int number = node._1();
      TreeTop top = TreeTop.holding(tops, number);
      OpenNode open = top.nodes()[number - top.first()];
      best.startNode(top.tree(), open.path(), open.masses(), open.draws());
      node._2().offer(best, bins, histogram);
      if (best.found()) {
        found.add(
            new FoundSplit(
                number, best.feature(), best.bin(), best.left().clone(), best.leftDraws()));
      }
    }
    return found.iterator();
  }

  private OutOfBag outOfBag(PackedTree[] trees) {
    describe("forest: out-of-bag estimate");
    Broadcast<PackedTree[]> forest = context.broadcast(trees);
    Broadcast<FeatureBins> bins = rows.bins();
    BagCounts bags = rules.bags();
    JavaRDD<BinnedRows> parts = rows.parts();
    try {
      return parts
          .map(part -> OutOfBag.of(part, 0, part.rows(), bins.value(), forest.value(), bags))
          .reduce(OutOfBag::merge);
    } finally {
      forest.destroy();
    }
  }
}
