package org.medroute.forest;

import java.util.Arrays;

/**
 * The bag of one tree over one set of rows, and where each drawn row is while the tree grows. Kept
 * by a thread and filled again for each tree. 13 bytes a row.
 */
final class BagState {
  private static final int OUT = -1;

  private final BinnedSet set;
  private final int[] order;
  private final int[] spare;
  private final int[] nodeOf;
  private final byte[] counts;
  private int drawnRows;

  BagState(BinnedSet set) {
    int rows = set.rows().rows();
    this.set = set;
    this.order = new int[rows];
    this.spare = new int[rows];
    this.nodeOf = new int[rows];
    this.counts = new byte[rows];
  }

  /**
   * Draws the bag of a tree; every drawn row is in node 0.
   *
   * @param masses gets the class masses
   * @return the number of draws
   */
  long draw(BagCounts bags, int tree, long[] masses) {
    BinnedRows rows = set.rows();
    long treeKey = bags.treeKey(tree);
    long draws = 0;
    drawnRows = 0;
    for (int row = 0; row < rows.rows(); row++) {
      int count = bags.count(treeKey, rows.keys[row]);
      counts[row] = (byte) count;
      if (count == 0) {
        nodeOf[row] = OUT;
      } else {
        nodeOf[row] = 0;
        order[drawnRows++] = row;
        draws += count;
        masses[rows.labels[row]] += (long) count * rows.weights[row];
      }
    }
    return draws;
  }

  /**
   * Draws the bag of a tree whose top is grown: each drawn row is in the node given for it, rows of
   * no node stay out.
   *
   * @param nodes node of each row, -1 for none
   * @param starts gets the first place of each node in {@link #order}, and the end of the last
   */
  void draw(BagCounts bags, int tree, int[] nodes, int[] starts) {
    BinnedRows rows = set.rows();
    long treeKey = bags.treeKey(tree);
    Arrays.fill(starts, 0);
    drawnRows = 0;
    for (int row = 0; row < rows.rows(); row++) {
      int count = nodes[row] < 0 ? 0 : bags.count(treeKey, rows.keys[row]);
      counts[row] = (byte) count;
      nodeOf[row] = count == 0 ? OUT : nodes[row];
      if (count != 0) {
        starts[nodes[row] + 1]++;
        drawnRows++;
      }
    }
    for (int node = 1; node < starts.length; node++) {
      starts[node] += starts[node - 1];
    }
    int[] next = starts.clone();
    for (int row = 0; row < rows.rows(); row++) {
      if (nodeOf[row] != OUT) {
        order[next[nodeOf[row]]++] = row;
      }
    }
  }

  /** Number of different rows in the bag. */
  int drawnRows() {
    return drawnRows;
  }

  /** Drawn rows, grouped by node, ascending in each. */
  int[] order() {
    return order;
  }

  /** The node that a row is in, -1 outside the bag. */
  int[] nodeOf() {
    return nodeOf;
  }

  /** How often each row was drawn. */
  byte[] counts() {
    return counts;
  }

  /**
   * Sends the rows of a node to its children.
   *
   * @param from first place of the node in {@link #order}
   * @param to end of its places
   * @return the first place of the right child
   */
  int partition(int from, int to, int node, int feature, int bin, int left, int right) {
    mark(from, to, node, feature, bin, left, right);
    int zeroSide = set.bins().zeroBin(feature) <= bin ? left : right;
    int middle = from;
    int parked = 0;
    for (int i = from; i < to; i++) {
      int row = order[i];
      int side = nodeOf[row];
      if (side == node) {
        side = zeroSide;
        nodeOf[row] = side;
      }
      if (side == left) {
        order[middle++] = row;
      } else {
        spare[parked++] = row;
      }
    }
    System.arraycopy(spare, 0, order, middle, parked);
    return middle;
  }

  /** Moves the rows of a node that have a non-zero of the feature, whichever way is shorter. */
  private void mark(int from, int to, int node, int feature, int bin, int left, int right) {
    BinnedColumns columns = set.columns();
    if (columns.length(feature) <= 8L * (to - from)) {
      for (int at = columns.starts[feature]; at < columns.starts[feature + 1]; at++) {
        int row = columns.rows[at];
        if (nodeOf[row] == node) {
          nodeOf[row] = columns.bin(at) <= bin ? left : right;
        }
      }
    } else {
      BinnedRows rows = set.rows();
      int zeroBin = set.bins().zeroBin(feature);
      for (int i = from; i < to; i++) {
        int row = order[i];
        nodeOf[row] = rows.bin(row, feature, zeroBin) <= bin ? left : right;
      }
    }
  }
}
