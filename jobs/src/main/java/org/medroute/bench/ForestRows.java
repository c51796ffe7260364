package org.medroute.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.pipeline.TextFeatures;
import org.medroute.table.Documents;

/**
 * Training rows of any number: the labelled documents in a fixed order, those of the scored task's
 * training part first, with features fitted once on all of them that the largest number needs;
 * beyond what there is, copies under ids of their own. Cached until closed.
 */
final class ForestRows implements AutoCloseable {
  private static final String COPY = "_copy";
  private static final int PARTITIONS = 8;

  private final Dataset<Row> real;
  private final long there;

  /**
   * @param most rows that will be asked for at most
   */
  ForestRows(BenchCorpus corpus, int most) {
    Dataset<Row> placed =
        corpus
            .ranked()
            .where(col(BenchCorpus.PLACE).leq(most))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> labelled = corpus.balanced(placed);
      int classes = corpus.labelled().classes().size();
      real =
          TextFeatures.fit(labelled, classes, corpus.plan().features())
              .transform(labelled)
              .join(placed.select(Documents.DOCUMENT_ID, BenchCorpus.PLACE), Documents.DOCUMENT_ID)
              .persist(StorageLevel.MEMORY_AND_DISK());
      there = real.count();
    } finally {
      placed.unpersist();
    }
  }

  /** Documents that are not copies. */
  long there() {
    return there;
  }

  /** The first so many rows; not cached. */
  Dataset<Row> first(int wanted) {
    long copies = (wanted + there - 1) / there;
    return real.withColumn(COPY, explode(sequence(lit(1L), lit(copies))))
        .where(col(BenchCorpus.PLACE).plus(col(COPY).minus(1).multiply(there)).leq(wanted))
        .withColumn(Documents.DOCUMENT_ID, concat_ws("-", col(Documents.DOCUMENT_ID), col(COPY)))
        .drop(COPY, BenchCorpus.PLACE)
        .repartition(PARTITIONS, col(Documents.DOCUMENT_ID))
        .sortWithinPartitions(Documents.DOCUMENT_ID);
  }

  @Override
  public void close() {
    real.unpersist();
  }
}
