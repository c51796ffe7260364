package org.medroute.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.medroute.config.ForestSettings;
import org.medroute.config.IngestSettings;
import org.medroute.delta.Warehouse;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.training.TrainingPlan;

/**
 * The text that a benchmark runs on.
 *
 * @param name what it is, for the page
 * @param warehouse with its documents and labels
 * @param labelled the labelled documents of the task whose model scores
 * @param further labelled documents of the same classes from another source, for larger forests
 * @param plan how models are trained on them
 * @param mllib the plan's forest, to be fitted by MLlib
 * @param ingest how files are ingested
 * @param xml directory of the PubMed files whose citations are copied to the size that is parsed
 */
public record BenchCorpus(
    String name,
    Warehouse warehouse,
    LabelledDocuments labelled,
    Optional<LabelledDocuments> further,
    TrainingPlan plan,
    ForestSettings mllib,
    IngestSettings ingest,
    Path xml) {
  /** Place of a document among all labelled ones, from 1. */
  static final String PLACE = "_place";

  private static final String COPY = "_copy";
  private static final String RANK = "_rank";
  private static final String TRAIN = "train";

  /** Labelled documents that train: those that the source gives for it, or all. */
  Dataset<Row> training() {
    return part(col(Documents.GIVEN_SPLIT).equalTo(TRAIN));
  }

  /** The others; all documents where the source says nothing of a split. */
  Dataset<Row> test() {
    return part(col(Documents.GIVEN_SPLIT).notEqual(TRAIN));
  }

  private Dataset<Row> part(Column given) {
    return labelled.rows().where(col(Documents.GIVEN_SPLIT).isNull().or(given));
  }

  /**
   * All labelled documents with their place: first those that train, then the rest of the task,
   * then those of the other source; within each by a hash of the id.
   */
  Dataset<Row> ranked() {
    Column trains =
        col(Documents.GIVEN_SPLIT).isNull().or(col(Documents.GIVEN_SPLIT).equalTo(TRAIN));
    Dataset<Row> all = labelled.rows().withColumn(RANK, when(trains, 0).otherwise(1));
    if (further.isPresent()) {
      all = all.unionByName(further.get().rows().withColumn(RANK, lit(2)));
    }
    Column id = col(Documents.DOCUMENT_ID);
    return all.withColumn(
            PLACE, row_number().over(Window.orderBy(col(RANK), xxhash64(id), id)).cast("long"))
        .drop(RANK);
  }

  /** Weights n / (k n_c) in place of those of the labels, as training weighs them. */
  Dataset<Row> balanced(Dataset<Row> rows) {
    double all = 0;
    Column weight = lit(1.0);
    var sums = rows.groupBy(Frames.LABEL).agg(sum(lit(1.0))).orderBy(Frames.LABEL).collectAsList();
    for (Row row : sums) {
      all += row.getDouble(1);
    }
    for (Row row : sums) {
      weight =
          when(
                  col(Frames.LABEL).equalTo(row.getDouble(0)),
                  lit(all / (sums.size() * row.getDouble(1))))
              .otherwise(weight);
    }
    return rows.withColumn(Frames.WEIGHT, weight);
  }

  /** So many documents, if there are as many; else the least number of copies of all that are. */
  static Dataset<Row> atLeast(Dataset<Row> rows, long wanted) {
    long there = Math.max(1, rows.count());
    if (there >= wanted) {
      return rows.orderBy(xxhash64(col(Documents.DOCUMENT_ID)), col(Documents.DOCUMENT_ID))
          .limit(Math.toIntExact(wanted));
    }
    return rows.withColumn(
            COPY, explode(sequence(lit(1), lit((int) ((wanted + there - 1) / there)))))
        .withColumn(Documents.DOCUMENT_ID, concat_ws("-", col(Documents.DOCUMENT_ID), col(COPY)))
        .drop(COPY);
  }
}
