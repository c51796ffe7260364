package org.medroute.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;
import static org.medroute.ingest.Precedence.word;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.medroute.delta.Change;
import org.medroute.table.Documents;
import org.medroute.table.Revisions;

/**
 * Keeps group_id right as documents come, change and go.
 *
 * <p>Documents are joined by an equal document_id or an equal group key (the hash of the normalised
 * abstract). document_id is unique in the table and a document has at most one group key, so the
 * connected components are exactly the classes of equal keys, and a document without a key is a
 * group of its own; the group's id is the smallest document_id of the class. That is a function of
 * the rows of the table alone, so any history that ends in the same rows ends in the same ids.
 *
 * <p>A commit can change only classes that gain or lose a member. The keys of all rows that are
 * inserted, updated or removed (before and after) name those classes; their other members are found
 * by one semi join over the narrow columns of the table, the minimum is taken anew, and members
 * whose id changes are patched in the same commit.
 */
final class DuplicateGroups {
  private DuplicateGroups() {}

  /**
   * The change set of a batch, narrow: document_id, group_id, {@link Change#COLUMN}, and for
   * documents of the batch file_index and record_ordinal.
   *
   * @param decided from {@link Precedence#decide}
   * @param documents the pinned table; empty if it has no rows yet
   */
  static Dataset<Row> changes(Dataset<Row> decided, Optional<Dataset<Row>> documents) {
    Dataset<Row> effective = decided.where(col(Revisions.EFFECT).isNotNull());
    Dataset<Row> written =
        effective
            .where(
                col(Revisions.EFFECT)
                    .isin(word(Register.Effect.INSERT), word(Register.Effect.UPDATE)))
            .select(
                col(Revisions.DOCUMENT_ID),
                col(Revisions.GROUP_KEY),
                lit(null).cast(DataTypes.StringType).as(Revisions.GROUP_ID),
                col(Revisions.FILE_INDEX),
                col(Revisions.RECORD_ORDINAL));
    Column smallest =
        min(col(Revisions.DOCUMENT_ID))
            .over(
                Window.partitionBy(coalesce(col(Revisions.GROUP_KEY), col(Revisions.DOCUMENT_ID))));
    Dataset<Row> grouped =
        documents
            .map(table -> written.unionByName(staying(effective, table)))
            .orElse(written)
            .withColumn(Revisions.SMALLEST, smallest)
            .where(
                col(Revisions.FILE_INDEX)
                    .isNotNull()
                    .or(col(Revisions.GROUP_ID).notEqual(col(Revisions.SMALLEST))))
            .select(
                col(Revisions.DOCUMENT_ID),
                col(Revisions.SMALLEST).as(Revisions.GROUP_ID),
                when(col(Revisions.FILE_INDEX).isNotNull(), Change.UPSERT.name())
                    .otherwise(Change.PATCH.name())
                    .as(Change.COLUMN),
                col(Revisions.FILE_INDEX),
                col(Revisions.RECORD_ORDINAL));
    Dataset<Row> removed =
        effective
            .where(col(Revisions.EFFECT).equalTo(word(Register.Effect.REMOVE)))
            .select(
                col(Revisions.DOCUMENT_ID),
                lit(null).cast(DataTypes.StringType).as(Revisions.GROUP_ID),
                lit(Change.REMOVE.name()).as(Change.COLUMN),
                lit(null).cast(DataTypes.IntegerType).as(Revisions.FILE_INDEX),
                lit(null).cast(DataTypes.LongType).as(Revisions.RECORD_ORDINAL));
    return grouped.union(removed);
  }

  /** The members of changed groups that the batch leaves alone. */
  private static Dataset<Row> staying(Dataset<Row> effective, Dataset<Row> documents) {
    Dataset<Row> touched =
        effective
            .where(
                col(Revisions.EFFECT)
                    .isin(word(Register.Effect.REMOVE), word(Register.Effect.YIELD)))
            .select(Revisions.DOCUMENT_ID);
    Dataset<Row> keys =
        effective.where(col(Revisions.GROUP_KEY).isNotNull()).select(Revisions.GROUP_KEY);
    return documents
        .select(
            col(Documents.DOCUMENT_ID).as(Revisions.DOCUMENT_ID),
            col(Documents.GROUP_KEY).as(Revisions.GROUP_KEY),
            col(Documents.GROUP_ID).as(Revisions.GROUP_ID),
            lit(null).cast(DataTypes.IntegerType).as(Revisions.FILE_INDEX),
            lit(null).cast(DataTypes.LongType).as(Revisions.RECORD_ORDINAL))
        .join(keys.distinct(), Revisions.GROUP_KEY, "left_semi")
        .join(touched, Revisions.DOCUMENT_ID, "left_anti");
  }
}
