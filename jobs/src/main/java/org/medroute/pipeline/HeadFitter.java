package org.medroute.pipeline;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A learner over the features of texts. */
public interface HeadFitter {
  /**
   * Fits on all rows. The same rows give the same stages, in whatever partitions they come.
   *
   * @param rows document_id, features, label, weight
   * @param classes number of classes, of which the rows may lack some
   */
  FittedHead fit(Dataset<Row> rows, int classes);
}
