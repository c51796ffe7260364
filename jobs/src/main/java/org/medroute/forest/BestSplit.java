package org.medroute.forest;

import java.util.Arrays;

/**
 * Finds the best split of one node among the candidates that {@link NodeHistogram#offer} gives it.
 * Larger score first, then lower feature, then lower bin, so the order of features does not matter.
 */
final class BestSplit {
  static final long STREAM = 0x6472617763757473L;

  private final GrowthRules rules;
  private final int classes;
  private final long[] node;
  private final long[] running;
  private final long[] left;
  private final long[] right;
  private long chance;
  private long nodeMass;
  private long nodeDraws;
  private long runningMass;
  private long runningDraws;
  private int feature;
  private int bin;
  private double score;
  private long leftDraws;

  BestSplit(GrowthRules rules, int classes) {
    this.rules = rules;
    this.classes = classes;
    this.node = new long[classes];
    this.running = new long[classes];
    this.left = new long[classes];
    this.right = new long[classes];
  }

  /** Starts the node at {@code path} of {@code tree}, of the given class masses and draws. */
  void startNode(int tree, long path, long[] masses, long draws) {
    chance = CounterHash.of(rules.seed() ^ STREAM, tree, path);
    System.arraycopy(masses, 0, node, 0, classes);
    nodeMass = GainRule.total(masses);
    nodeDraws = draws;
    feature = -1;
    score = Double.NEGATIVE_INFINITY;
  }

  void startFeature() {
    Arrays.fill(running, 0);
    runningMass = 0;
    runningDraws = 0;
  }

  /** Whether one cut of a feature is drawn, and no other weighed. */
  boolean drawsCuts() {
    return rules.splitter() == GrowthRules.Splitter.RANDOM;
  }

  /** The drawn cut of a feature between two different bins: after one of [lowest, highest). */
  int drawCut(int candidate, int lowest, int highest) {
    return lowest + CounterHash.below(CounterHash.of(chance, candidate), highest - lowest);
  }

  /** Moves a bin from the right to the left of the running split. */
  void advance(long[] masses, int from, long draws) {
    for (int c = 0; c < classes; c++) {
      long mass = masses[from + c];
      running[c] += mass;
      runningMass += mass;
    }
    runningDraws += draws;
  }

  /**
   * Weighs the running split, which ends after a bin.
   *
   * @return whether enough is left on the right for a further one
   */
  boolean weigh(int candidate, int candidateBin) {
    long rightDraws = nodeDraws - runningDraws;
    if (rightDraws < rules.minInstancesPerNode()) {
      return false;
    }
    long rightMass = nodeMass - runningMass;
    if (runningDraws >= rules.minInstancesPerNode()
        && runningMass > 0
        && rightMass > 0
        && runningMass >= rules.minMassPerNode()
        && rightMass >= rules.minMassPerNode()) {
      double candidateScore = rules.gain().score(running, node, runningMass, rightMass);
      if (candidateScore > score || (candidateScore == score && candidate < feature)) {
        score = candidateScore;
        feature = candidate;
        bin = candidateBin;
        leftDraws = runningDraws;
        System.arraycopy(running, 0, left, 0, classes);
      }
    }
    return true;
  }

  /** Whether the best candidate is worth a split: its gain is real and large enough. */
  boolean found() {
    if (feature < 0) {
      return false;
    }
    for (int c = 0; c < classes; c++) {
      right[c] = node[c] - left[c];
    }
    double gain = rules.gain().gain(node, left, right);
    return gain > GainRule.NO_GAIN && gain >= rules.minInfoGain();
  }

  long nodeMass(int label) {
    return node[label];
  }

  long nodeDraws() {
    return nodeDraws;
  }

  int feature() {
    return feature;
  }

  int bin() {
    return bin;
  }

  long leftDraws() {
    return leftDraws;
  }

  long rightDraws() {
    return nodeDraws - leftDraws;
  }

  /** Class masses of the left child; valid until the next node starts. */
  long[] left() {
    return left;
  }

  /** Class masses of the right child; valid after {@link #found}, until the next node starts. */
  long[] right() {
    return right;
  }
}
