package org.medroute.training;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.FeatureSettings;
import org.medroute.table.Documents;

/**
 * How rows come to a learner.
 *
 * @param partitions fixed partitions of the rows that it is fitted on
 */
record Recipe(FeatureSettings features, int partitions) {
  /**
   * Rows in an order and a partitioning that depend on their ids alone: by hash of the id into a
   * fixed number of partitions, sorted within. MLlib's forest samples by partition, so this decides
   * its trees.
   */
  Dataset<Row> canonical(Dataset<Row> rows) {
    return rows.repartition(partitions, col(Documents.DOCUMENT_ID))
        .sortWithinPartitions(Documents.DOCUMENT_ID);
  }
}
