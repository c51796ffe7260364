package org.medroute.forest;

import java.io.Serializable;

/**
 * The grown top of a tree, for executors to find the rows of some unfinished nodes below it.
 *
 * @param tree number of the tree
 * @param first number of the first of its unfinished nodes among those of all trees of a pass
 * @param features split feature of each node of the top, -1 below which nothing is grown
 * @param bins last bin that goes left
 * @param lefts left child; the right one follows it
 * @param places for nodes without a split: index in {@code nodes}, -1 if the node is not looked for
 * @param nodes the unfinished nodes that are looked for
 */
record TreeTop(
    int tree, int first, int[] features, char[] bins, int[] lefts, int[] places, OpenNode[] nodes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The index in {@link #nodes} of the node that a row is in, -1 for none of them. */
  int place(char[] rowBins) {
    int node = 0;
    while (features[node] >= 0) {
      node = rowBins[features[node]] <= bins[node] ? lefts[node] : lefts[node] + 1;
    }
    return places[node];
  }

  /** The top that holds a node number of the pass. */
  static TreeTop holding(TreeTop[] tops, int number) {
    int low = 0;
    int high = tops.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (tops[middle].first <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return tops[low];
  }
}
