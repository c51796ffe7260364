package org.medroute.compiled;

import java.util.Arrays;

/**
 * Takes the nodes of boosted trees, class after class and tree after tree in pre-order, and makes
 * the flat form of them.
 */
public final class BoostBuilder {
  private final int features;
  private int[] classStarts = new int[8];
  private int classes;
  private int[] roots = new int[64];
  private int trees;
  private int nodes;
  private int[] tests = new int[1024];
  private double[] thresholds = new double[1024];
  private int[] rights = new int[1024];
  private double[] values = new double[1024];

  public BoostBuilder(int features) {
    this.features = features;
  }

  /** Begins the trees of the next class. */
  public void nextClass() {
    if (classes + 1 == classStarts.length) {
      classStarts = Arrays.copyOf(classStarts, 2 * classStarts.length);
    }
    classStarts[classes++] = trees;
  }

  /** Begins the next tree of the class. */
  public void tree() {
    if (trees == roots.length) {
      roots = Arrays.copyOf(roots, 2 * trees);
    }
    roots[trees++] = nodes;
  }

  /**
   * Adds an inner node, whose left subtree follows.
   *
   * @param value what the node would add to the margin
   * @return its number, for {@link #endLeft}
   */
  public int split(int feature, double threshold, double value) {
    if (feature < 0 || feature >= features) {
      throw new IllegalArgumentException(
          "A node tests feature " + feature + " of " + features + " features");
    }
    return add(feature, threshold, value);
  }

  /** Says that the left subtree of a node is complete and its right one follows. */
  public void endLeft(int node) {
    rights[node] = nodes;
  }

  /**
   * Adds a leaf.
   *
   * @param value what it adds to the margin
   */
  public void leaf(double value) {
    add(CompiledBoost.LEAF, 0, value);
  }

  private int add(int test, double threshold, double value) {
    if (nodes == tests.length) {
      tests = Arrays.copyOf(tests, 2 * nodes);
      thresholds = Arrays.copyOf(thresholds, 2 * nodes);
      rights = Arrays.copyOf(rights, 2 * nodes);
      values = Arrays.copyOf(values, 2 * nodes);
    }
    tests[nodes] = test;
    thresholds[nodes] = threshold;
    values[nodes] = value;
    return nodes++;
  }

  /** The trees of all classes. */
  public CompiledBoost build() {
    if (classes == 0) {
      throw new IllegalStateException("Boosted trees have one class or more");
    }
    int[] starts = Arrays.copyOf(classStarts, classes + 1);
    starts[classes] = trees;
    return new CompiledBoost(
        features,
        starts,
        Arrays.copyOf(roots, trees),
        Arrays.copyOf(tests, nodes),
        Arrays.copyOf(thresholds, nodes),
        Arrays.copyOf(rights, nodes),
        Arrays.copyOf(values, nodes));
  }
}
