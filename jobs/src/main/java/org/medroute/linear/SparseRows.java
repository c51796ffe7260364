package org.medroute.linear;

import java.util.Arrays;

/** Collects sparse rows block by block, each block scaled to a length. */
final class SparseRows {
  private int[] first = new int[1 << 10];
  private int[] columns = new int[1 << 14];
  private double[] exact = new double[1 << 10];
  private float[] values = new float[1 << 14];
  private int rows;
  private int end;
  private int pending;

  void add(int column, double value) {
    if (end + pending == columns.length) {
      columns = Arrays.copyOf(columns, columns.length * 2);
      values = Arrays.copyOf(values, columns.length);
    }
    if (pending == exact.length) {
      exact = Arrays.copyOf(exact, pending * 2);
    }
    columns[end + pending] = column;
    exact[pending++] = value;
  }

  /** Ends a block: what was added since the last one becomes a vector of this length. */
  void scale(double length) {
    double square = 0;
    for (int i = 0; i < pending; i++) {
      square += exact[i] * exact[i];
    }
    double factor = square > 0 ? length / Math.sqrt(square) : 0;
    for (int i = 0; i < pending; i++) {
      values[end + i] = (float) (exact[i] * factor);
    }
    end += pending;
    pending = 0;
  }

  void endRow() {
    rows++;
    if (rows == first.length) {
      first = Arrays.copyOf(first, rows * 2);
    }
    first[rows] = end;
  }

  /** First entry of each row, and the end. */
  int[] first() {
    return Arrays.copyOf(first, rows + 1);
  }

  int[] columns() {
    return Arrays.copyOf(columns, end);
  }

  float[] values() {
    return Arrays.copyOf(values, end);
  }
}
