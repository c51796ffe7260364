package org.medroute.forest;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import scala.Tuple2;

/**
 * The unfinished nodes of a pass that have rows in one part, tree by tree, each turned into
 * something that can be merged or moved under the node's number.
 *
 * <p>Where a row is follows from its bins and the tops of the trees, so no state is kept from level
 * to level and a lost executor costs nothing but its tasks. Cost: one walk for each row and tree.
 * Memory: 13 bytes a row and {@value #TREES_AT_ONCE} times 4 bytes a row; results of one tree.
 */
final class PartNodes<T> implements Iterator<Tuple2<Integer, T>> {
  /** Makes something of the rows of one node; empty if there is nothing in them. */
  interface Visitor<T> {
    /**
     * @param node index in the nodes of the top
     * @param from first place of its rows in the bag's order
     * @param to end of its places
     */
    Optional<T> visit(TreeTop top, int node, int from, int to);
  }

  private static final int TREES_AT_ONCE = 16;

  private final BinnedSet set;
  private final BagCounts bags;
  private final TreeTop[] tops;
  private final BagState bag;
  private final Visitor<T> visitor;
  private final int[][] places;
  private final char[] rowBins;
  private final ArrayDeque<Tuple2<Integer, T>> ready = new ArrayDeque<>();
  private int next;

  PartNodes(BinnedSet set, BagCounts bags, TreeTop[] tops, Function<BagState, Visitor<T>> visitor) {
    this.set = set;
    this.bags = bags;
    this.tops = tops;
    this.bag = new BagState(set);
    this.visitor = visitor.apply(bag);
    this.places = new int[Math.min(TREES_AT_ONCE, tops.length)][set.rows().rows()];
    this.rowBins = set.bins().zeroes();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && next < tops.length) {
      if (next % TREES_AT_ONCE == 0) {
        place();
      }
      visitTree(tops[next], places[next % TREES_AT_ONCE]);
      next++;
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<Integer, T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void visitTree(TreeTop top, int[] nodes) {
    int[] starts = new int[top.nodes().length + 1];
    bag.draw(bags, top.tree(), nodes, starts);
    for (int node = 0; node < top.nodes().length; node++) {
      if (starts[node + 1] > starts[node]) {
        int number = top.first() + node;
        visitor
            .visit(top, node, starts[node], starts[node + 1])
            .ifPresent(result -> ready.add(new Tuple2<>(number, result)));
      }
    }
  }

  /** Finds the node of every row in the next trees; a row's bins are spread out once for all. */
  private void place() {
    int trees = Math.min(TREES_AT_ONCE, tops.length - next);
    long[] treeKeys = new long[trees];
    Arrays.setAll(treeKeys, t -> bags.treeKey(tops[next + t].tree()));
    BinnedRows rows = set.rows();
    for (int row = 0; row < rows.rows(); row++) {
      rows.spread(row, rowBins);
      for (int t = 0; t < trees; t++) {
        boolean drawn = bags.count(treeKeys[t], rows.keys[row]) != 0;
        places[t][row] = drawn ? tops[next + t].place(rowBins) : -1;
      }
      rows.clear(row, rowBins, set.bins());
    }
  }
}
