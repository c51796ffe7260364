package org.medroute.forest;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Training rows as the indexes and bins of their non-zeros.
 *
 * <p>Memory: 3 bytes a non-zero (2-byte feature index, 1-byte bin), one more where there are more
 * than 65,536 features and one more where a feature has more than 256 bins; 18 bytes a row. The
 * second bytes lie in arrays of their own, empty where nobody needs them.
 *
 * <p>Features of a row ascend. Zeros are absent. Not to be changed once built.
 */
public final class BinnedRows implements Serializable {
  private static final long serialVersionUID = 1L;

  final long[] keys;
  final char[] labels;
  final int[] weights;
  final int[] starts;
  final char[] featuresLow;
  final byte[] featuresHigh;
  final byte[] binsLow;
  final byte[] binsHigh;

  private BinnedRows(Builder builder) {
    this.keys = Arrays.copyOf(builder.keys, builder.rows);
    this.labels = Arrays.copyOf(builder.labels, builder.rows);
    this.weights = Arrays.copyOf(builder.weights, builder.rows);
    this.starts = Arrays.copyOf(builder.starts, builder.rows + 1);
    int nonZeros = builder.nonZeros;
    this.featuresLow = exact(builder.featuresLow, nonZeros);
    this.featuresHigh = builder.manyFeatures ? exact(builder.featuresHigh, nonZeros) : new byte[0];
    this.binsLow = exact(builder.binsLow, nonZeros);
    this.binsHigh = builder.manyBins ? exact(builder.binsHigh, nonZeros) : new byte[0];
  }

  private static char[] exact(char[] array, int length) {
    return array.length == length ? array : Arrays.copyOf(array, length);
  }

  private static byte[] exact(byte[] array, int length) {
    return array.length == length ? array : Arrays.copyOf(array, length);
  }

  /** Number of rows. */
  public int rows() {
    return keys.length;
  }

  /** Number of non-zeros of all rows. */
  public int nonZeros() {
    return starts[keys.length];
  }

  /** Bytes of the arrays. */
  public long bytes() {
    return (Long.BYTES + Character.BYTES + 2L * Integer.BYTES) * rows()
        + (Character.BYTES + Byte.BYTES) * (long) nonZeros()
        + featuresHigh.length
        + binsHigh.length;
  }

  /** The feature of the non-zero at a position of the arrays. */
  int feature(int at) {
    return featuresHigh.length == 0
        ? featuresLow[at]
        : featuresLow[at] | (featuresHigh[at] & 0xFF) << 16;
  }

  /** The bin of the non-zero at a position of the arrays. */
  int bin(int at) {
    return binsHigh.length == 0
        ? binsLow[at] & 0xFF
        : (binsLow[at] & 0xFF) | (binsHigh[at] & 0xFF) << 8;
  }

  /** The bin of a feature in a row, {@code zeroBin} where the row has none. */
  int bin(int row, int feature, int zeroBin) {
    int low = starts[row];
    int high = starts[row + 1] - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int there = feature(middle);
      if (there == feature) {
        return bin(middle);
      }
      if (there < feature) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return zeroBin;
  }

  /** Writes the bins of a row's non-zeros into an array over all features. */
  void spread(int row, char[] rowBins) {
    for (int at = starts[row]; at < starts[row + 1]; at++) {
      rowBins[feature(at)] = (char) bin(at);
    }
  }

  /** Takes back what {@link #spread} wrote: the row's features are at zero again. */
  void clear(int row, char[] rowBins, FeatureBins bins) {
    for (int at = starts[row]; at < starts[row + 1]; at++) {
      int feature = feature(at);
      rowBins[feature] = (char) bins.zeroBin(feature);
    }
  }

  /** Sum of the weights, in units of {@link WeightScale}. */
  long mass() {
    long mass = 0;
    for (int weight : weights) {
      mass += weight;
    }
    return mass;
  }

  /** Collects rows; grows as needed. */
  static final class Builder {
    private final boolean manyFeatures;
    private final boolean manyBins;
    private int rows;
    private int nonZeros;
    private long[] keys;
    private char[] labels;
    private int[] weights;
    private int[] starts;
    private char[] featuresLow;
    private byte[] featuresHigh;
    private byte[] binsLow;
    private byte[] binsHigh;

    /**
     * An empty set.
     *
     * @param features number of features, at most 2^24
     * @param mostBins largest number of bins of a feature, at most 2^16
     * @param expectedRows room for that many rows at first
     * @param expectedNonZeros room for that many non-zeros at first
     */
    Builder(int features, int mostBins, int expectedRows, int expectedNonZeros) {
      if (features > 1 << 24) {
        throw new IllegalArgumentException("At most 2^24 features, found " + features);
      }
      if (mostBins > 1 << 16) {
        throw new IllegalArgumentException("maxBins may be at most 65536, found " + mostBins);
      }
      this.manyFeatures = features > 1 << 16;
      this.manyBins = mostBins > 1 << 8;
      this.keys = new long[expectedRows];
      this.labels = new char[expectedRows];
      this.weights = new int[expectedRows];
      this.starts = new int[expectedRows + 1];
      this.featuresLow = new char[expectedNonZeros];
      this.featuresHigh = new byte[manyFeatures ? expectedNonZeros : 0];
      this.binsLow = new byte[expectedNonZeros];
      this.binsHigh = new byte[manyBins ? expectedNonZeros : 0];
    }

    /** Adds a non-zero to the row that the next {@link #endRow} closes; features ascend. */
    void add(int feature, int bin) {
      int at = nonZeros;
      if (at == featuresLow.length) {
        growNonZeros(1);
      }
      featuresLow[at] = (char) feature;
      binsLow[at] = (byte) bin;
      if (manyFeatures) {
        featuresHigh[at] = (byte) (feature >>> 16);
      }
      if (manyBins) {
        binsHigh[at] = (byte) (bin >>> 8);
      }
      nonZeros++;
    }

    void endRow(long key, int label, int weight) {
      if (rows == keys.length) {
        int room = Math.max(16, grown(rows));
        keys = Arrays.copyOf(keys, room);
        labels = Arrays.copyOf(labels, room);
        weights = Arrays.copyOf(weights, room);
        starts = Arrays.copyOf(starts, room + 1);
      }
      keys[rows] = key;
      labels[rows] = (char) label;
      weights[rows] = weight;
      rows++;
      starts[rows] = nonZeros;
    }

    /** Copies a row of another set that has the same bins, under the given key. */
    void copy(BinnedRows from, int row, long key) {
      int start = from.starts[row];
      int length = from.starts[row + 1] - start;
      int at = nonZeros;
      if (at + length > featuresLow.length) {
        growNonZeros(length);
      }
      System.arraycopy(from.featuresLow, start, featuresLow, at, length);
      System.arraycopy(from.binsLow, start, binsLow, at, length);
      if (manyFeatures) {
        System.arraycopy(from.featuresHigh, start, featuresHigh, at, length);
      }
      if (manyBins) {
        System.arraycopy(from.binsHigh, start, binsHigh, at, length);
      }
      nonZeros += length;
      endRow(key, from.labels[row], from.weights[row]);
    }

    private void growNonZeros(int by) {
      int room = Math.max(64, grown(Math.addExact(nonZeros, by)));
      featuresLow = Arrays.copyOf(featuresLow, room);
      binsLow = Arrays.copyOf(binsLow, room);
      if (manyFeatures) {
        featuresHigh = Arrays.copyOf(featuresHigh, room);
      }
      if (manyBins) {
        binsHigh = Arrays.copyOf(binsHigh, room);
      }
    }

    private static int grown(int size) {
      return (int) Math.min(Integer.MAX_VALUE - 8L, size + (size >> 1) + 1L);
    }

    int rows() {
      return rows;
    }

    BinnedRows build() {
      return new BinnedRows(this);
    }
  }
}
