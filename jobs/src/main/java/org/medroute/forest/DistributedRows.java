package org.medroute.forest;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The binned training set in parts on the executors: each part is one {@link BinnedRows}, kept in
 * memory or on disk; a row's part follows from its identity. Close it when the trees are grown.
 *
 * @param parts persisted
 * @param bins thresholds, on every executor
 * @param classes number of classes
 * @param mass sum of the weights of all rows, in units of {@link WeightScale}
 */
record DistributedRows(
    JavaSparkContext context,
    JavaRDD<BinnedRows> parts,
    Broadcast<FeatureBins> bins,
    int classes,
    long mass)
    implements AutoCloseable {

  @Override
  public void close() {
    parts.unpersist(false);
    bins.destroy();
  }
}
