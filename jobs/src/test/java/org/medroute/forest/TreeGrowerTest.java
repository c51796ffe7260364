package org.medroute.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TreeGrowerTest {
  /** Feature 0 parts the classes but for one row, feature 1 finishes the job. */
  private static final TinySets.Dense SIX =
      TinySets.unweighted(
          new double[][] {{0, 0}, {0, 0}, {0, 3}, {2, 0}, {2, 0}, {4, 0}},
          new int[] {0, 0, 1, 1, 1, 1},
          2);

  @Test
  void splitsWhereTheGainByHandIsLargest() {
    BinnedSet set = SIX.binned(32, 6);
    PackedTree tree = new TreeGrower(set, TinySets.plain(set, GainRule.GINI, 5)).grow(0);

    // Node: 1 - (2/6)^2 - (4/6)^2 = 4/9. Feature 0 <= 1: left {2, 1} of gini 4/9, right pure:
    // gain 4/9 - 3/6 * 4/9 = 2/9. Feature 0 <= 3: left {2, 3} of gini 12/25: gain 4/9 - 5/6 * 12/25
    // = 0.044. Feature 1 <= 1.5: the same left {2, 3}. So feature 0 at bin 0, then feature 1.
    assertThat(tree.nodes()).isEqualTo(5);
    assertThat(tree.feature(0)).isZero();
    assertThat(set.bins().threshold(0, tree.bin(0))).isEqualTo(1.0);
    assertThat(tree.feature(1)).isEqualTo(1);
    assertThat(set.bins().threshold(1, tree.bin(1))).isEqualTo(1.5);
    assertThat(tree.isLeaf(2)).isTrue();
    assertThat(tree.isLeaf(3)).isTrue();
    assertThat(tree.right(0)).isEqualTo(4);
    assertThat(tree.draws(4)).isEqualTo(3);
    assertThat(GainRule.GINI.gain(new long[] {2, 4}, new long[] {2, 1}, new long[] {0, 3}))
        .isCloseTo(2 / 9.0, within(1e-15));
  }

  @Test
  void entropyGainByHand() {
    // Node entropy of {4, 4} is 1 bit; children {3, 1} and {1, 3} have 0.8112781244591328 each.
    assertThat(GainRule.ENTROPY.gain(new long[] {4, 4}, new long[] {3, 1}, new long[] {1, 3}))
        .isCloseTo(1 - 0.8112781244591328, within(1e-15));
  }

  @Test
  void prefersTheLowerFeatureOfEqualOnes() {
    BinnedSet set =
        TinySets.unweighted(
                new double[][] {{0, 1, 1}, {0, 1, 1}, {0, 0, 0}, {0, 0, 0}},
                new int[] {0, 0, 1, 1},
                2)
            .binned(32, 4);
    PackedTree tree = new TreeGrower(set, TinySets.plain(set, GainRule.GINI, 5)).grow(0);

    assertThat(tree.feature(0)).isEqualTo(1);
  }

  @Test
  void prefersTheLowerBinOfEqualOnes() {
    // -1 | 0 | 1 against classes 0 1 0: both cuts leave {1, 1} and {1}.
    BinnedSet set =
        TinySets.unweighted(new double[][] {{-1}, {0}, {1}}, new int[] {0, 1, 0}, 2).binned(32, 3);
    PackedTree tree = new TreeGrower(set, TinySets.plain(set, GainRule.GINI, 1)).grow(0);

    assertThat(set.bins().threshold(0, tree.bin(0))).isEqualTo(-0.5);
  }

  @Test
  void leavesAtMostDepthMinInstancesAndMinGain() {
    BinnedSet set = SIX.binned(32, 6);
    GrowthRules plain = TinySets.plain(set, GainRule.GINI, 5);

    assertThat(new TreeGrower(set, TinySets.plain(set, GainRule.GINI, 0)).grow(0).nodes())
        .isEqualTo(1);
    assertThat(new TreeGrower(set, TinySets.plain(set, GainRule.GINI, 1)).grow(0).nodes())
        .isEqualTo(3);
    assertThat(new TreeGrower(set, limited(plain, 2, 0, 0)).grow(0).nodes()).isEqualTo(3);
    assertThat(new TreeGrower(set, limited(plain, 4, 0, 0)).grow(0).nodes()).isEqualTo(1);
    assertThat(new TreeGrower(set, limited(plain, 1, 0, 0.3)).grow(0).nodes()).isEqualTo(1);
    // A child needs 40 % of the mass: only feature 0 <= 1 (3 and 3 rows) passes, then nothing.
    double mass = 6 * (1L << SIX.scale().bits());
    assertThat(new TreeGrower(set, limited(plain, 1, 0.4 * mass, 0)).grow(0).nodes()).isEqualTo(3);
  }

  private static GrowthRules limited(GrowthRules r, int instances, double mass, double gain) {
    return new GrowthRules(
        r.seed(),
        r.bags(),
        r.featuresPerNode(),
        r.featureDraws(),
        r.gain(),
        r.splitter(),
        r.maxDepth(),
        instances,
        mass,
        gain);
  }

  @Test
  void rowLookUpReachesTheLeafThatCountedTheRow() {
    BinnedSet set = SIX.binned(32, 6);
    PackedTree tree = new TreeGrower(set, TinySets.plain(set, GainRule.GINI, 5)).grow(0);

    assertThat(tree.leaf(set.rows(), 2, set.bins())).isEqualTo(3);
    assertThat(tree.leaf(set.rows(), 0, set.bins())).isEqualTo(2);
    assertThat(tree.leaf(set.rows(), 5, set.bins())).isEqualTo(4);
  }
}
