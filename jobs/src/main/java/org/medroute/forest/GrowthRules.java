package org.medroute.forest;

import java.io.Serializable;

/**
 * What every tree of a forest obeys.
 *
 * @param seed of bags and feature samples
 * @param bags how rows enter a tree
 * @param featuresPerNode features that a node may split on, at least 1
 * @param featureDraws samples of so many features that a node draws, one after the other, until one
 *     of them splits it, at least 1
 * @param gain impurity and gain
 * @param splitter how a feature's cut is found
 * @param maxDepth 0 is a lone leaf, at most {@value #DEEPEST}
 * @param minInstancesPerNode least number of draws from the bag in a child, at least 1
 * @param minMassPerNode least mass (units of {@link WeightScale}) in a child
 * @param minInfoGain least gain of a split
 */
record GrowthRules(
    long seed,
    BagCounts bags,
    int featuresPerNode,
    int featureDraws,
    GainRule gain,
    Splitter splitter,
    int maxDepth,
    int minInstancesPerNode,
    double minMassPerNode,
    double minInfoGain)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * MLlib grows to 30, for its node numbers are integers; nothing here is numbered so. Saving and
   * loading a tree take a frame of the stack a level.
   */
  static final int DEEPEST = 1000;

  /** How the cut of a sampled feature is found. */
  enum Splitter {
    /** The best of all cuts. */
    BEST,
    /**
     * One cut drawn between the lowest and the highest bin that the node's rows have (P. Geurts, D.
     * Ernst, L. Wehenkel, Extremely randomized trees, 2006): a function of (seed, tree, path,
     * feature).
     */
    RANDOM
  }

  GrowthRules {
    if (maxDepth < 0 || maxDepth > DEEPEST) {
      throw new IllegalArgumentException(
          "maxDepth must lie in [0, " + DEEPEST + "], found " + maxDepth);
    }
    if (minInstancesPerNode < 1) {
      throw new IllegalArgumentException(
          "minInstancesPerNode must be at least 1, found " + minInstancesPerNode);
    }
  }

  /** Whether a node stays a leaf whatever its features: too deep, too few draws, or one class. */
  boolean closes(int depth, long[] masses, long draws) {
    if (depth >= maxDepth || draws < 2L * minInstancesPerNode) {
      return true;
    }
    int present = 0;
    for (long mass : masses) {
      if (mass != 0) {
        present++;
      }
    }
    return present < 2;
  }
}
