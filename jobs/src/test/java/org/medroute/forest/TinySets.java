package org.medroute.forest;

import java.util.ArrayList;
import java.util.List;

/** Small training sets by hand or by chance, as dense arrays, and their binned form. */
final class TinySets {
  private TinySets() {}

  /** A training set as anybody would write it down. */
  record Dense(double[][] features, int[] labels, double[] weights, int classes) {
    int rows() {
      return labels.length;
    }

    WeightScale scale() {
      double largest = 0;
      for (double weight : weights) {
        largest = Math.max(largest, weight);
      }
      return WeightScale.of(largest, rows());
    }

    SparseBlock block(int from, int to) {
      SparseBlock.Builder builder = new SparseBlock.Builder(features[0].length);
      for (int row = from; row < to; row++) {
        for (int f = 0; f < features[row].length; f++) {
          if (features[row][f] != 0) {
            builder.add(f, features[row][f]);
          }
        }
        // Ascending identities, so that the canonical order is the order written down.
        builder.endRow(row - 1000L, 7L * row, labels[row], weights[row]);
      }
      return builder.build();
    }

    /** Binned from blocks of at most {@code blockRows} rows. */
    BinnedSet binned(int maxBins, int blockRows) {
      List<SparseBlock> blocks = new ArrayList<>();
      for (int from = 0; from < rows(); from += blockRows) {
        blocks.add(block(from, Math.min(rows(), from + blockRows)));
      }
      TrainingSummary summary =
          blocks.stream().map(SparseBlock::summary).reduce(TrainingSummary::merge).orElseThrow();
      FeatureBins bins = Binning.of(blocks, scale(), maxBins, summary);
      List<IdentifiedRows> parts = blocks.stream().map(b -> b.bin(bins, scale())).toList();
      BinnedRows rows =
          IdentifiedRows.canonical(
              parts, features[0].length, bins.mostBins(), IdentifiedRows.Repeats.REFUSED);
      return new BinnedSet(bins, rows, classes);
    }
  }

  /** Rows of weight 1. */
  static Dense unweighted(double[][] features, int[] labels, int classes) {
    double[] weights = new double[labels.length];
    java.util.Arrays.fill(weights, 1);
    return new Dense(features, labels, weights, classes);
  }

  /** Every row once in every tree, all features at every node. */
  static GrowthRules plain(BinnedSet set, GainRule gain, int maxDepth) {
    return new GrowthRules(
        1,
        BagCounts.withoutReplacement(1, 1),
        set.bins().features(),
        1,
        gain,
        GrowthRules.Splitter.BEST,
        maxDepth,
        1,
        0,
        0);
  }
}
