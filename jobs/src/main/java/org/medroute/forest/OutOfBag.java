package org.medroute.forest;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The out-of-bag estimate: every row is classified by the trees whose bag it is not in, as the
 * forest would (mean of the leaves' class shares, the first class wins a tie).
 *
 * @param confusion rows counted by true class (first index) and predicted class; unweighted
 * @param unvoted rows that were in every bag and so have no vote
 */
public record OutOfBag(long[][] confusion, long unvoted) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Classifies some rows, those of a class of the trees. Cost: one walk for each row and tree that
   * left it out.
   */
  static OutOfBag of(
      BinnedRows rows, int from, int to, FeatureBins bins, PackedTree[] trees, BagCounts bags) {
    int classes = trees[0].classes();
    long[][] confusion = new long[classes][classes];
    long unvoted = 0;
    long[] treeKeys = new long[trees.length];
    Arrays.setAll(treeKeys, bags::treeKey);
    char[] rowBins = bins.zeroes();
    double[] votes = new double[classes];
    long[] masses = new long[classes];
    for (int row = from; row < to; row++) {
      if (rows.labels[row] >= classes) {
        continue;
      }
      rows.spread(row, rowBins);
      Arrays.fill(votes, 0);
      boolean voted = false;
      for (int t = 0; t < trees.length; t++) {
        if (bags.count(treeKeys[t], rows.keys[row]) == 0) {
          voted = true;
          vote(trees[t], trees[t].leaf(rowBins), masses, votes);
        }
      }
      if (voted) {
        confusion[rows.labels[row]][largest(votes)]++;
      } else {
        unvoted++;
      }
      rows.clear(row, rowBins, bins);
    }
    return new OutOfBag(confusion, unvoted);
  }

  private static void vote(PackedTree tree, int leaf, long[] masses, double[] votes) {
    double total = tree.votes(leaf, masses);
    if (total != 0) {
      for (int c = 0; c < votes.length; c++) {
        votes[c] += masses[c] / total;
      }
    }
  }

  private static int largest(double[] votes) {
    int best = 0;
    for (int c = 1; c < votes.length; c++) {
      if (votes[c] > votes[best]) {
        best = c;
      }
    }
    return best;
  }

  OutOfBag merge(OutOfBag other) {
    long[][] sum = new long[confusion.length][];
    for (int c = 0; c < sum.length; c++) {
      sum[c] = confusion[c].clone();
      for (int p = 0; p < sum[c].length; p++) {
        sum[c][p] += other.confusion[c][p];
      }
    }
    return new OutOfBag(sum, unvoted + other.unvoted);
  }

  /** Rows with a vote. */
  public long voted() {
    return Arrays.stream(confusion).flatMapToLong(Arrays::stream).sum();
  }

  /** Share of the voted rows whose class was missed; NaN if no row had a vote. */
  public double error() {
    long right = 0;
    for (int c = 0; c < confusion.length; c++) {
      right += confusion[c][c];
    }
    return 1 - right / (double) voted();
  }
}
