package org.medroute.forest;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A tree as primitive arrays, in pre-order: the left child of node i is i + 1. Counts are kept for
 * leaves only; those of an inner node are the sum of its leaves', exactly, and gains and impurities
 * follow from them. 10 bytes a node, and about 20 a leaf.
 */
public final class PackedTree implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final int[] features;
  private final char[] bins;
  private final int[] links;
  private final long[] draws;
  private final int[] massStarts;
  private final char[] massClasses;
  private final long[] masses;
  private final long[] root;

  private PackedTree(Builder builder) {
    this.classes = builder.classes;
    this.features = Arrays.copyOf(builder.features, builder.nodes);
    this.bins = Arrays.copyOf(builder.bins, builder.nodes);
    this.links = Arrays.copyOf(builder.links, builder.nodes);
    this.draws = Arrays.copyOf(builder.draws, builder.leaves);
    this.massStarts = Arrays.copyOf(builder.massStarts, builder.leaves + 1);
    this.massClasses = Arrays.copyOf(builder.massClasses, massStarts[builder.leaves]);
    this.masses = Arrays.copyOf(builder.masses, massStarts[builder.leaves]);
    this.root = new long[classes];
    for (int at = 0; at < masses.length; at++) {
      root[massClasses[at]] += masses[at];
    }
  }

  int classes() {
    return classes;
  }

  /** Number of nodes, leaves included. */
  int nodes() {
    return features.length;
  }

  boolean isLeaf(int node) {
    return features[node] < 0;
  }

  /** The feature that an inner node splits on. */
  int feature(int node) {
    return features[node];
  }

  /** The last bin of an inner node's feature that goes left. */
  int bin(int node) {
    return bins[node];
  }

  int left(int node) {
    return node + 1;
  }

  int right(int node) {
    return links[node];
  }

  /** Draws from the bag in a leaf. */
  long draws(int leaf) {
    return draws[links[leaf]];
  }

  /** Adds the class masses of a leaf to {@code sums}. */
  void addMasses(int leaf, long[] sums) {
    int ordinal = links[leaf];
    for (int at = massStarts[ordinal]; at < massStarts[ordinal + 1]; at++) {
      sums[massClasses[at]] += masses[at];
    }
  }

  /**
   * What a leaf votes by: its class masses, or the root's where none of its rows has a class.
   *
   * @param into receives them
   * @return their sum, as a double
   */
  double votes(int leaf, long[] into) {
    Arrays.fill(into, 0);
    addMasses(leaf, into);
    double total = GainRule.total(into);
    if (total == 0) {
      System.arraycopy(root, 0, into, 0, root.length);
      total = GainRule.total(into);
    }
    return total;
  }

  /** The same tree without the masses of the classes from {@code kept} on. */
  PackedTree ofFirst(int kept) {
    if (kept == classes) {
      return this;
    }
    Builder builder = new Builder(kept);
    copyTo(builder, 0, Integer.MAX_VALUE);
    return builder.build();
  }

  /** The leaf of a row of binned features. */
  int leaf(BinnedRows rows, int row, FeatureBins thresholds) {
    int node = 0;
    while (features[node] >= 0) {
      int feature = features[node];
      int bin = rows.bin(row, feature, thresholds.zeroBin(feature));
      node = bin <= bins[node] ? node + 1 : links[node];
    }
    return node;
  }

  /** The leaf of a row whose bins lie in an array over all features. */
  int leaf(char[] rowBins) {
    int node = 0;
    while (features[node] >= 0) {
      node = rowBins[features[node]] <= bins[node] ? node + 1 : links[node];
    }
    return node;
  }

  /**
   * The tree as if it had been grown to {@code depth}: a cut node is a leaf with its own counts.
   */
  PackedTree cut(int depth) {
    Builder builder = new Builder(classes);
    copyTo(builder, 0, depth);
    return builder.build();
  }

  private void copyTo(Builder builder, int node, int depth) {
    if (isLeaf(node) || depth == 0) {
      long[] sums = new long[classes];
      builder.leaf(sums, sum(node, sums));
      return;
    }
    int copy = builder.split(feature(node), bin(node));
    copyTo(builder, left(node), depth - 1);
    builder.endLeft(copy);
    copyTo(builder, right(node), depth - 1);
  }

  /** Adds the class masses below a node to {@code sums} and returns the draws below it. */
  long sum(int node, long[] sums) {
    if (isLeaf(node)) {
      addMasses(node, sums);
      return draws(node);
    }
    return sum(left(node), sums) + sum(right(node), sums);
  }

  /** Collects nodes in pre-order. */
  static final class Builder {
    private final int classes;
    private int nodes;
    private int leaves;
    private int[] features = new int[64];
    private char[] bins = new char[64];
    private int[] links = new int[64];
    private long[] draws = new long[32];
    private int[] massStarts = new int[33];
    private char[] massClasses = new char[64];
    private long[] masses = new long[64];

    Builder(int classes) {
      this.classes = classes;
    }

    /** Empties the builder for another tree. */
    void reset() {
      nodes = 0;
      leaves = 0;
    }

    /** Adds an inner node, whose left subtree follows; returns its number for {@link #endLeft}. */
    int split(int feature, int bin) {
      int node = next();
      features[node] = feature;
      bins[node] = (char) bin;
      return node;
    }

    /** Says that the left subtree of a node is complete and its right one follows. */
    void endLeft(int node) {
      links[node] = nodes;
    }

    void leaf(long[] leafMasses, long leafDraws) {
      int node = next();
      features[node] = -1;
      links[node] = leaves;
      if (leaves == draws.length) {
        draws = Arrays.copyOf(draws, 2 * leaves);
        massStarts = Arrays.copyOf(massStarts, 2 * leaves + 1);
      }
      int at = massStarts[leaves];
      if (at + classes > masses.length) {
        int room = Math.max(at + classes, 2 * at);
        massClasses = Arrays.copyOf(massClasses, room);
        masses = Arrays.copyOf(masses, room);
      }
      for (int c = 0; c < classes; c++) {
        if (leafMasses[c] != 0) {
          massClasses[at] = (char) c;
          masses[at++] = leafMasses[c];
        }
      }
      draws[leaves++] = leafDraws;
      massStarts[leaves] = at;
    }

    /** Adds a whole tree as the next subtree. */
    void graft(PackedTree tree) {
      tree.copyTo(this, 0, Integer.MAX_VALUE);
    }

    private int next() {
      if (nodes == features.length) {
        features = Arrays.copyOf(features, 2 * nodes);
        bins = Arrays.copyOf(bins, 2 * nodes);
        links = Arrays.copyOf(links, 2 * nodes);
      }
      return nodes++;
    }

    PackedTree build() {
      return new PackedTree(this);
    }
  }
}
