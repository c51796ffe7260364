package org.medroute.forest;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The histograms of a node's sampled features over some rows, without the bins of zero: what
 * travels in a shuffle. Two of them merge exactly, in any order.
 *
 * <p>Memory: 16 bytes for each bin of a feature with a row, and 16 for each class in it.
 *
 * @param codes ascending: feature, bin, and 0 for the draws or 1 + class for the mass of a class
 * @param amounts for each code, positive
 */
record NodeSums(long[] codes, long[] amounts) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bytes of an entry. */
  static final int ENTRY_BYTES = 2 * Long.BYTES;

  private static final int CLASS_BITS = 17;
  private static final int BIN_BITS = 16;

  private static long code(int feature, int bin, int part) {
    return ((long) feature << BIN_BITS | bin) << CLASS_BITS | part;
  }

  private static int feature(long code) {
    return (int) (code >>> (BIN_BITS + CLASS_BITS));
  }

  NodeSums merge(NodeSums other) {
    long[] mergedCodes = new long[codes.length + other.codes.length];
    long[] mergedAmounts = new long[mergedCodes.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < codes.length || j < other.codes.length) {
      long mine = i < codes.length ? codes[i] : Long.MAX_VALUE;
      long theirs = j < other.codes.length ? other.codes[j] : Long.MAX_VALUE;
      mergedCodes[size] = Math.min(mine, theirs);
      if (mine <= theirs) {
        mergedAmounts[size] += amounts[i++];
      }
      if (theirs <= mine) {
        mergedAmounts[size] += other.amounts[j++];
      }
      size++;
    }
    return new NodeSums(Arrays.copyOf(mergedCodes, size), Arrays.copyOf(mergedAmounts, size));
  }

  /**
   * Offers every split of the node to {@code best}, which has been started with its totals.
   *
   * @param histogram empty; is left empty
   */
  void offer(BestSplit best, FeatureBins bins, NodeHistogram histogram) {
    int at = 0;
    while (at < codes.length) {
      int feature = feature(codes[at]);
      while (at < codes.length && feature(codes[at]) == feature) {
        int bin = (int) (codes[at] >>> CLASS_BITS) & ((1 << BIN_BITS) - 1);
        int part = (int) codes[at] & ((1 << CLASS_BITS) - 1);
        if (part == 0) {
          histogram.add(bin, 0, 0, amounts[at]);
        } else {
          histogram.add(bin, part - 1, amounts[at], 0);
        }
        at++;
      }
      histogram.offer(feature, bins.zeroBin(feature), best);
      histogram.clear();
    }
  }

  /** Collects the histograms that a {@link NodeScan} reports, which come in any order. */
  static final class Collector implements NodeScan.Sink {
    private final FeatureBins bins;
    private final int classes;
    private long[] codes = new long[256];
    private long[] amounts = new long[256];
    private long[] runs = new long[32];
    private int[] starts = new int[33];
    private int size;
    private int features;

    Collector(FeatureBins bins, int classes) {
      this.bins = bins;
      this.classes = classes;
    }

    @Override
    public void accept(int feature, NodeHistogram histogram) {
      int zeroBin = bins.zeroBin(feature);
      for (int bin = histogram.nextTouched(0); bin >= 0; bin = histogram.nextTouched(bin + 1)) {
        if (bin != zeroBin) {
          add(code(feature, bin, 0), histogram.draws(bin));
          for (int c = 0; c < classes; c++) {
            if (histogram.mass(bin, c) != 0) {
              add(code(feature, bin, c + 1), histogram.mass(bin, c));
            }
          }
        }
      }
      if (size == starts[features]) {
        return;
      }
      if (features == runs.length) {
        runs = Arrays.copyOf(runs, 2 * features);
        starts = Arrays.copyOf(starts, 2 * features + 1);
      }
      runs[features] = (long) feature << Integer.SIZE | features;
      starts[++features] = size;
    }

    private void add(long code, long amount) {
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, 2 * size);
        amounts = Arrays.copyOf(amounts, 2 * size);
      }
      codes[size] = code;
      amounts[size++] = amount;
    }

    boolean isEmpty() {
      return size == 0;
    }

    /** What was collected, by ascending feature; empties the collector. */
    NodeSums take() {
      long[] sortedCodes = new long[size];
      long[] sortedAmounts = new long[size];
      Arrays.sort(runs, 0, features);
      int to = 0;
      for (int i = 0; i < features; i++) {
        int run = (int) runs[i];
        int length = starts[run + 1] - starts[run];
        System.arraycopy(codes, starts[run], sortedCodes, to, length);
        System.arraycopy(amounts, starts[run], sortedAmounts, to, length);
        to += length;
      }
      size = 0;
      features = 0;
      return new NodeSums(sortedCodes, sortedAmounts);
    }
  }
}
