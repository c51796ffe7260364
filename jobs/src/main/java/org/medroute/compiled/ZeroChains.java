package org.medroute.compiled;

import java.util.Arrays;

/**
 * The ways that a document without features takes through the trees. Most answers of a document are
 * those of zero, so that a tree is left on that way where its first other answer stands, and often
 * not at all: where to begin is looked up by the few conditions that are answered otherwise, and
 * what lies before is never walked. Immutable and thread safe.
 */
final class ZeroChains {
  /** The nodes of the ways, tree by tree, their leaves included. */
  private final int[] nodes;

  /** Tree of each of them. */
  private final int[] trees;

  /** Place in {@link #nodes} of the leaf where a way ends. */
  private final int[] leaves;

  /** Places in {@link #nodes} that ask for a condition: from one start to the next. */
  private final int[] starts;

  /** The places, condition after condition. */
  private final int[] places;

  /**
   * @param roots first node of each tree
   * @param tests condition of a node, below 0 for a leaf; its left child is the next node
   * @param rights right child of a node
   * @param zeroAnswers of each condition: 0 goes left
   */
  ZeroChains(int[] roots, int[] tests, int[] rights, byte[] zeroAnswers) {
    this.leaves = new int[roots.length];
    this.starts = new int[zeroAnswers.length + 1];
    int[] found = new int[1 << 10];
    int[] of = new int[1 << 10];
    int size = 0;
    for (int tree = 0; tree < roots.length; tree++) {
      int node = roots[tree];
      boolean inner = true;
      while (inner) {
        if (size == found.length) {
          found = Arrays.copyOf(found, 2 * size);
          of = Arrays.copyOf(of, 2 * size);
        }
        found[size] = node;
        of[size++] = tree;
        inner = tests[node] >= 0;
        if (inner) {
          starts[tests[node] + 1]++;
          node = zeroAnswers[tests[node]] == 0 ? node + 1 : rights[node];
        }
      }
      leaves[tree] = size - 1;
    }
    this.nodes = Arrays.copyOf(found, size);
    this.trees = Arrays.copyOf(of, size);
    for (int condition = 0; condition < zeroAnswers.length; condition++) {
      starts[condition + 1] += starts[condition];
    }
    this.places = new int[size - roots.length];
    int[] next = starts.clone();
    for (int place = 0; place < size; place++) {
      if (tests[nodes[place]] >= 0) {
        places[next[tests[nodes[place]]]++] = place;
      }
    }
  }

  /** Ways that no document has left yet. */
  int[] unleft() {
    return leaves.clone();
  }

  /**
   * Takes note of a condition that is answered otherwise than zero would.
   *
   * @param first of each tree: where its way is left, from {@link #unleft} on
   */
  void leave(int condition, int[] first) {
    for (int at = starts[condition], end = starts[condition + 1]; at < end; at++) {
      int place = places[at];
      int tree = trees[place];
      first[tree] = Math.min(first[tree], place);
    }
  }

  /**
   * The node where the way through each tree is left, or the leaf where it ends; takes it back.
   *
   * @param left receives the trees whose way is left before its end, ascending; room for all trees
   * @return how many these are
   */
  int leaveTo(int[] current, int[] first, int[] left) {
    int found = 0;
    for (int tree = 0; tree < leaves.length; tree++) {
      int place = first[tree];
      int leaf = leaves[tree];
      current[tree] = nodes[place];
      first[tree] = leaf;
      left[found] = tree; // in any case: of one that is not the next one takes the place
      found += (place - leaf) >>> (Integer.SIZE - 1);
    }
    return found;
  }
}
