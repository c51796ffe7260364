package org.medroute.forest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of the distributed plan while it grows, on the driver. Its nodes are the top of the tree;
 * what is small enough to be finished elsewhere comes back as a whole subtree.
 */
final class GrowingTree {
  private final int tree;
  private final GrowthRules rules;
  private final long subtreeRows;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Integer, PackedTree> subtrees = new HashMap<>();

  /** Where a node stands. */
  enum State {
    /** Waits for its split. */
    OPEN,
    /** Small enough to be moved to one executor with its rows, and finished there. */
    MOVABLE,
    SPLIT,
    LEAF
  }

  private static final class Node {
    private OpenNode seed;
    private State state;
    private int feature = -1;
    private int bin;
    private int left = -1;

    Node(OpenNode seed, State state) {
      this.seed = seed;
      this.state = state;
    }
  }

  /**
   * A tree of a root alone.
   *
   * @param masses of the root by class
   * @param draws of the root
   * @param subtreeRows a node of at most so many draws, hence rows, is movable
   */
  GrowingTree(int tree, GrowthRules rules, long subtreeRows, long[] masses, long draws) {
    WeightScale.requireExact(GainRule.total(masses));
    this.tree = tree;
    this.rules = rules;
    this.subtreeRows = subtreeRows;
    add(new OpenNode(NodePath.ROOT, 0, masses, draws));
  }

  private void add(OpenNode seed) {
    State state = seed.draws() <= subtreeRows ? State.MOVABLE : State.OPEN;
    if (rules.closes(seed.depth(), seed.masses(), seed.draws())) {
      state = State.LEAF;
    }
    nodes.add(new Node(seed, state));
  }

  /** The nodes in a state, by number. */
  List<Integer> in(State state) {
    List<Integer> found = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      if (nodes.get(node).state == state) {
        found.add(node);
      }
    }
    return found;
  }

  OpenNode seed(int node) {
    return nodes.get(node).seed;
  }

  /** The top as executors need it to find the rows of some nodes, which have no split. */
  TreeTop top(int first, List<Integer> wanted) {
    int size = nodes.size();
    int[] features = new int[size];
    char[] bins = new char[size];
    int[] lefts = new int[size];
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      Node node = nodes.get(i);
      features[i] = node.feature;
      bins[i] = (char) node.bin;
      lefts[i] = node.left;
      places[i] = -1;
    }
    OpenNode[] seeds = new OpenNode[wanted.size()];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = seed(wanted.get(i));
      places[wanted.get(i)] = i;
    }
    return new TreeTop(tree, first, features, bins, lefts, places, seeds);
  }

  /** Splits an open node. */
  void split(int number, FoundSplit split) {
    Node node = nodes.get(number);
    OpenNode seed = node.seed;
    long[] right = seed.masses().clone();
    for (int c = 0; c < right.length; c++) {
      right[c] -= split.left()[c];
    }
    node.state = State.SPLIT;
    node.feature = split.feature();
    node.bin = split.bin();
    node.left = nodes.size();
    int depth = seed.depth() + 1;
    add(new OpenNode(NodePath.left(seed.path()), depth, split.left(), split.leftDraws()));
    add(new OpenNode(NodePath.right(seed.path()), depth, right, seed.draws() - split.leftDraws()));
  }

  /** A node that was open and got no split ends, unless it may draw other features. */
  void closeUnlessSplit(int number) {
    Node node = nodes.get(number);
    if (node.state == State.OPEN) {
      node.seed = node.seed.again();
      if (node.seed.samples() >= rules.featureDraws()) {
        node.state = State.LEAF;
      }
    }
  }

  /** Takes the finished subtree of a movable node. */
  void finish(int number, PackedTree subtree) {
    subtrees.put(number, subtree);
  }

  /** The whole tree; every node must be finished. */
  PackedTree pack() {
    PackedTree.Builder builder = new PackedTree.Builder(nodes.get(0).seed.masses().length);
    pack(builder, 0);
    return builder.build();
  }

  private void pack(PackedTree.Builder builder, int number) {
    Node node = nodes.get(number);
    switch (node.state) {
      case LEAF -> builder.leaf(node.seed.masses(), node.seed.draws());
      case MOVABLE -> builder.graft(subtrees.get(number));
      case SPLIT -> {
        int split = builder.split(node.feature, node.bin);
        pack(builder, node.left);
        builder.endLeft(split);
        pack(builder, node.left + 1);
      }
      case OPEN -> throw new IllegalStateException("Node " + number + " has no split yet");
    }
  }
}
