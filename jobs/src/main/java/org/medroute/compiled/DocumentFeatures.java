package org.medroute.compiled;

/**
 * The features of one document that are not zero: index and value, in the order in which its text
 * names them first, each once. Filled anew for each document by the one thread that owns it.
 */
final class DocumentFeatures {
  /** One place more than there are features: one that is written before it is known to count. */
  final int[] indices;

  final double[] values;
  int size;

  /**
   * @param features number of features that there are
   */
  DocumentFeatures(int features) {
    this.indices = new int[features + 1];
    this.values = new double[features];
  }
}
