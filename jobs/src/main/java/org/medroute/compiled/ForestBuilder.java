package org.medroute.compiled;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes the nodes of a forest, tree after tree in pre-order, and makes the flat form of it.
 *
 * <p>Memory: 24 bytes a node while building.
 */
public final class ForestBuilder {
  private static final int LEAF = -1;

  private final int classes;
  private final int features;
  private int[] roots = new int[16];
  private int trees;
  private int nodes;
  private int leaves;
  private int[] nodeFeatures = new int[1024];
  private double[] nodeThresholds = new double[1024];

  /** Right child of an inner node; of a leaf, its distribution. */
  private int[] links = new int[1024];

  private double[] leafWeights = new double[512];
  private final Map<Distribution, Integer> distributions = new HashMap<>();
  private int[] shareStarts = new int[64];
  private int[] shareClasses = new int[64];
  private double[] shares = new double[64];

  /** Class shares of a leaf, compared by their bits. */
  private record Distribution(double[] shares) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Distribution distribution
          && Arrays.equals(shares, distribution.shares);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(shares);
    }
  }

  public ForestBuilder(int classes, int features) {
    this.classes = classes;
    this.features = features;
  }

  /** Begins the next tree. */
  public void tree() {
    if (trees == roots.length) {
      roots = Arrays.copyOf(roots, 2 * trees);
    }
    roots[trees++] = nodes;
  }

  /**
   * Adds an inner node, whose left subtree follows.
   *
   * @return its number, for {@link #endLeft}
   */
  public int split(int feature, double threshold) {
    if (feature < 0 || feature >= features) {
      throw new IllegalArgumentException(
          "A node tests feature " + feature + " of " + features + " features");
    }
    int node = next();
    nodeFeatures[node] = feature;
    // one zero: a threshold of -0.0 decides as 0.0 does
    nodeThresholds[node] = threshold + 0.0;
    return node;
  }

  /** Says that the left subtree of a node is complete and its right one follows. */
  public void endLeft(int node) {
    links[node] = nodes;
  }

  /**
   * Adds a leaf.
   *
   * @param weights training weight of each class in it
   */
  public void leaf(double[] weights) {
    if (weights.length != classes) {
      throw new IllegalArgumentException(
          "A leaf has " + weights.length + " class weights for " + classes + " classes");
    }
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double[] leafShares = new double[classes];
    if (total != 0) { // a leaf without weight has no vote
      for (int c = 0; c < classes; c++) {
        leafShares[c] = weights[c] / total;
      }
    }
    int node = next();
    nodeFeatures[node] = LEAF;
    links[node] = distribution(leafShares);
    if (leaves == leafWeights.length) {
      leafWeights = Arrays.copyOf(leafWeights, 2 * leaves);
    }
    leafWeights[leaves++] = total;
  }

  private int distribution(double[] leafShares) {
    Distribution distribution = new Distribution(leafShares);
    Integer known = distributions.get(distribution);
    if (known != null) {
      return known;
    }
    int number = distributions.size();
    distributions.put(distribution, number);
    int at = shareStarts[number];
    if (at + classes > shares.length) {
      shareClasses = Arrays.copyOf(shareClasses, 2 * at + classes);
      shares = Arrays.copyOf(shares, 2 * at + classes);
    }
    for (int c = 0; c < classes; c++) {
      if (leafShares[c] != 0) {
        shareClasses[at] = c;
        shares[at++] = leafShares[c];
      }
    }
    if (number + 2 > shareStarts.length) {
      shareStarts = Arrays.copyOf(shareStarts, 2 * shareStarts.length);
    }
    shareStarts[number + 1] = at;
    return number;
  }

  private int next() {
    if (nodes == nodeFeatures.length) {
      nodeFeatures = Arrays.copyOf(nodeFeatures, 2 * nodes);
      nodeThresholds = Arrays.copyOf(nodeThresholds, 2 * nodes);
      links = Arrays.copyOf(links, 2 * nodes);
    }
    return nodes++;
  }

  /** The forest of all trees. */
  public CompiledForest build() {
    if (trees == 0) {
      throw new IllegalStateException("A forest has one tree or more");
    }
    int[] conditionStarts = new int[features + 1];
    double[] thresholds = conditions(conditionStarts);
    int[] tests = new int[nodes];
    int[] rights = new int[nodes];
    int leaf = 0;
    for (int node = 0; node < nodes; node++) {
      int feature = nodeFeatures[node];
      if (feature == LEAF) {
        tests[node] = ~links[node];
        rights[node] = leaf++;
      } else {
        tests[node] =
            Arrays.binarySearch(
                thresholds,
                conditionStarts[feature],
                conditionStarts[feature + 1],
                nodeThresholds[node]);
        rights[node] = links[node];
      }
    }
    int stored = shareStarts[distributions.size()];
    return new CompiledForest(
        classes,
        conditionStarts,
        thresholds,
        Arrays.copyOf(roots, trees),
        tests,
        rights,
        Arrays.copyOf(shareStarts, distributions.size() + 1),
        Arrays.copyOf(shareClasses, stored),
        Arrays.copyOf(shares, stored),
        Arrays.copyOf(leafWeights, leaves));
  }

  /** The different thresholds of every feature, ascending; fills the first of each feature in. */
  private double[] conditions(int[] starts) {
    int[] counts = new int[features + 1];
    for (int node = 0; node < nodes; node++) {
      if (nodeFeatures[node] != LEAF) {
        counts[nodeFeatures[node] + 1]++;
      }
    }
    for (int feature = 0; feature < features; feature++) {
      counts[feature + 1] += counts[feature];
    }
    double[] all = new double[counts[features]];
    int[] filled = counts.clone();
    for (int node = 0; node < nodes; node++) {
      if (nodeFeatures[node] != LEAF) {
        all[filled[nodeFeatures[node]]++] = nodeThresholds[node];
      }
    }
    int size = 0;
    for (int feature = 0; feature < features; feature++) {
      starts[feature] = size;
      Arrays.sort(all, counts[feature], counts[feature + 1]);
      for (int at = counts[feature]; at < counts[feature + 1]; at++) {
        if (size == starts[feature] || all[at] != all[size - 1]) {
          all[size++] = all[at];
        }
      }
    }
    starts[features] = size;
    return Arrays.copyOf(all, size);
  }
}
