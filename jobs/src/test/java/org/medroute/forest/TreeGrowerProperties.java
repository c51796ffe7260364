package org.medroute.forest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Every tree of random small sets against a checker that shares no code with the engine: at each
 * node it tries every threshold (or every drawn one) on the dense rows in decimal arithmetic, and
 * demands that the split taken is the best one to 1e-12, that nothing better was left at a leaf,
 * and that the counts are right.
 */
class TreeGrowerProperties {
  private static final MathContext DIGITS = new MathContext(40);

  record Case(
      TinySets.Dense set,
      int maxBins,
      int perNode,
      GainRule gain,
      int featureDraws,
      GrowthRules.Splitter splitter,
      int minInstances,
      long seed) {}

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.longs().map(TreeGrowerProperties::randomCase);
  }

  private static Case randomCase(long seed) {
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(40);
    int width = 1 + random.nextInt(6);
    int classes = 2 + random.nextInt(3);
    boolean negatives = random.nextBoolean();
    double density = random.nextDouble();
    int levels = 1 + random.nextInt(6);
    double[][] features = new double[rows][width];
    int[] labels = new int[rows];
    double[] weights = new double[rows];
    boolean weighted = random.nextBoolean();
    for (int r = 0; r < rows; r++) {
      for (int f = 0; f < width; f++) {
        if (random.nextDouble() < density) {
          double value = (1 + random.nextInt(levels)) * 0.75;
          features[r][f] = negatives && random.nextBoolean() ? -value : value;
        }
      }
      labels[r] = random.nextInt(classes);
      weights[r] = weighted ? 0.1 + random.nextInt(5) : 1;
    }
    return new Case(
        new TinySets.Dense(features, labels, weights, classes),
        2 + random.nextInt(random.nextBoolean() ? 4 : 40),
        1 + random.nextInt(width),
        random.nextInt(4) == 0 ? GainRule.ENTROPY : GainRule.GINI,
        1 + random.nextInt(3),
        random.nextInt(3) == 0 ? GrowthRules.Splitter.RANDOM : GrowthRules.Splitter.BEST,
        1 + random.nextInt(3),
        random.nextLong());
  }

  @Property(tries = 400)
  void everySplitIsTheBestOfItsNode(@ForAll("cases") Case c) {
    BinnedSet set = c.set.binned(c.maxBins, 7);
    BagCounts bags = BagCounts.withReplacement(c.seed, 1);
    GrowthRules rules =
        new GrowthRules(
            c.seed, bags, c.perNode, c.featureDraws, c.gain, c.splitter, 6, c.minInstances, 0, 0);
    TreeGrower grower = new TreeGrower(set, rules);
    for (int tree = 0; tree < 3; tree++) {
      PackedTree grown = grower.grow(tree);
      List<Integer> bag = new ArrayList<>();
      for (int row = 0; row < c.set.rows(); row++) {
        int count = bags.count(bags.treeKey(tree), set.rows().keys[row]);
        for (int i = 0; i < count; i++) {
          bag.add(row);
        }
      }
      check(c, set, grown, tree, 0, 1, 0, bag);
    }
  }

  private void check(
      Case c,
      BinnedSet set,
      PackedTree tree,
      int treeIndex,
      int node,
      long path,
      int depth,
      List<Integer> rows) {
    long[] counts = new long[c.set.classes()];
    long draws = tree.sum(node, counts);
    assertThat(draws).isEqualTo(rows.size());
    assertThat(counts).isEqualTo(masses(c, rows));
    FeatureSample sample = new FeatureSample(c.seed, set.bins().features(), c.perNode);
    double best = 0;
    for (int before = 0; before < c.featureDraws && best < 1e-12; before++) {
      sample.release();
      sample.draw(treeIndex, path, before);
      for (int slot = 0; slot < sample.size(); slot++) {
        int feature = sample.feature(slot);
        for (double threshold : cuts(c, set, treeIndex, path, feature, rows)) {
          best = Math.max(best, gain(c, rows, feature, threshold));
        }
      }
    }
    if (tree.isLeaf(node)) {
      assertThat(depth == 6 || best < 1e-12).isTrue();
      return;
    }
    int feature = tree.feature(node);
    double threshold = set.bins().threshold(feature, tree.bin(node));
    assertThat(sample.slots()[feature]).isNotNegative();
    assertThat(gain(c, rows, feature, threshold)).isGreaterThan(0).isGreaterThan(best - 1e-12);
    check(
        c,
        set,
        tree,
        treeIndex,
        tree.left(node),
        2 * path,
        depth + 1,
        side(c, rows, feature, threshold, true));
    check(
        c,
        set,
        tree,
        treeIndex,
        tree.right(node),
        2 * path + 1,
        depth + 1,
        side(c, rows, feature, threshold, false));
  }

  /** Every threshold of a feature, or the one that is drawn between its values in the node. */
  private static double[] cuts(
      Case c, BinnedSet set, int tree, long path, int feature, List<Integer> rows) {
    double[] all = set.bins().thresholds(feature);
    if (c.splitter == GrowthRules.Splitter.BEST) {
      return all;
    }
    int lowest = Integer.MAX_VALUE;
    int highest = -1;
    for (int row : rows) {
      int bin = set.bins().bin(feature, c.set.features()[row][feature]);
      lowest = Math.min(lowest, bin);
      highest = Math.max(highest, bin);
    }
    if (highest <= lowest) {
      return new double[0];
    }
    long node = CounterHash.of(c.seed ^ BestSplit.STREAM, tree, path);
    int step = CounterHash.below(CounterHash.of(node, feature), highest - lowest);
    return new double[] {all[lowest + step]};
  }

  private static List<Integer> side(
      Case c, List<Integer> rows, int feature, double threshold, boolean left) {
    return rows.stream()
        .filter(row -> c.set.features()[row][feature] <= threshold == left)
        .toList();
  }

  private static long[] masses(Case c, List<Integer> rows) {
    long[] masses = new long[c.set.classes()];
    for (int row : rows) {
      masses[c.set.labels()[row]] += c.set.scale().fixed(c.set.weights()[row]);
    }
    return masses;
  }

  private static double gain(Case c, List<Integer> rows, int feature, double threshold) {
    List<Integer> left = side(c, rows, feature, threshold, true);
    List<Integer> right = side(c, rows, feature, threshold, false);
    if (left.size() < c.minInstances || right.size() < c.minInstances) {
      return 0;
    }
    long[] l = masses(c, left);
    long[] r = masses(c, right);
    BigDecimal leftTotal = BigDecimal.valueOf(Arrays.stream(l).sum());
    BigDecimal rightTotal = BigDecimal.valueOf(Arrays.stream(r).sum());
    BigDecimal total = leftTotal.add(rightTotal);
    return impurity(c, masses(c, rows))
        .subtract(impurity(c, l).multiply(leftTotal).divide(total, DIGITS))
        .subtract(impurity(c, r).multiply(rightTotal).divide(total, DIGITS))
        .doubleValue();
  }

  private static BigDecimal impurity(Case c, long[] masses) {
    BigDecimal total = BigDecimal.valueOf(Arrays.stream(masses).sum());
    BigDecimal impurity = c.gain == GainRule.GINI ? BigDecimal.ONE : BigDecimal.ZERO;
    for (long mass : masses) {
      if (mass == 0) {
        continue;
      }
      BigDecimal share = BigDecimal.valueOf(mass).divide(total, DIGITS);
      BigDecimal term =
          c.gain == GainRule.GINI
              ? share
              : BigDecimal.valueOf(Math.log(share.doubleValue()) / Math.log(2));
      impurity = impurity.subtract(share.multiply(term));
    }
    return impurity;
  }

  @Property(tries = 100)
  void cutTreeIsTheTreeGrownToThatDepth(@ForAll("cases") Case c) {
    BinnedSet set = c.set.binned(c.maxBins, 40);
    BagCounts bags = BagCounts.withReplacement(c.seed, 0.8);
    PackedTree deep = new TreeGrower(set, rules(c, bags, 8)).grow(5);
    for (int depth = 0; depth < 8; depth++) {
      PackedTree shallow = new TreeGrower(set, rules(c, bags, depth)).grow(5);
      assertThat(deep.cut(depth)).usingRecursiveComparison().isEqualTo(shallow);
    }
  }

  private static GrowthRules rules(Case c, BagCounts bags, int depth) {
    return new GrowthRules(
        c.seed, bags, c.perNode, c.featureDraws, c.gain, c.splitter, depth, c.minInstances, 0, 0);
  }
}
