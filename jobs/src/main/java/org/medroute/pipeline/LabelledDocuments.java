package org.medroute.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ClassSet;
import org.medroute.config.RefusedException;
import org.medroute.delta.Pinned;
import org.medroute.delta.Warehouse;
import org.medroute.table.Columns;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.table.Labels;

/**
 * The labelled documents of one label set at pinned versions.
 *
 * <p>Columns of {@code rows}: document_id, text, text_state, label (class index as double), weight
 * (of the label's basis), the slices basis, year, language, abstract, and what splits place by:
 * text_hash, group_id, journal_key, year_number, given_split, automated. Conflicts, the background,
 * documents without a text and documents in a language that the model does not read are left out
 * and counted.
 *
 * @param companions conflicts and background with a text that the model reads: the same columns,
 *     label null and labels the indexes of their classes
 * @param counts what was left out, and why
 */
public record LabelledDocuments(
    Pinned documents,
    Pinned labels,
    ClassSet classes,
    Dataset<Row> rows,
    Dataset<Row> companions,
    Map<String, Long> counts) {
  public static final String SLICE_BASIS = "label_basis";
  public static final String SLICE_YEAR = "year";
  public static final String SLICE_LANGUAGE = "language";
  public static final String SLICE_ABSTRACT = "abstract";

  /** Dimensions by which results are shown. */
  public static final List<String> SLICES =
      List.of(SLICE_YEAR, SLICE_LANGUAGE, SLICE_BASIS, SLICE_ABSTRACT);

  /** Why documents of several true classes are left out of {@code rows}. */
  public static final String CONFLICT = "conflict of labels";

  /** Why documents known to be of no class are left out of {@code rows}. */
  public static final String BACKGROUND = "of none of the classes";

  private static final String USE = "_use";
  private static final String READABLE = "_readable";
  private static final String NAMED = "_named";

  /**
   * Joins documents and labels; counting takes one pass over both tables, using the rows another.
   *
   * @param languages texts detected as another language are left out
   * @throws RefusedException if nothing is labelled, or a label is not in the class set
   */
  public static LabelledDocuments pin(
      Warehouse warehouse, String labelSet, ClassSet classes, Set<String> languages) {
    Pinned documents = warehouse.pin(Documents.TABLE);
    Pinned labels = warehouse.pin(Labels.TABLE);
    Dataset<Row> joined = join(documents, labels, labelSet, classes, languages);
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Row row : joined.groupBy(USE).count().orderBy(USE).collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
    }
    if (counts.containsKey("unknown class")) {
      throw new RefusedException(
          "Label set "
              + labelSet
              + " of "
              + labels.reference()
              + ": "
              + counts.get("unknown class")
              + " labels are none of "
              + classes.names()
              + "; run label with the same class set");
    }
    if (counts.getOrDefault("used", 0L) == 0) {
      throw new RefusedException(
          "Label set "
              + labelSet
              + " of "
              + labels.reference()
              + " gives no document to train on ("
              + counts
              + "); run label first, and check labels.set");
    }
    String[] internal = {USE, READABLE, NAMED, "_labelled", "_class"};
    return new LabelledDocuments(
        documents,
        labels,
        classes,
        joined.where(col(USE).equalTo("used")).drop(internal).drop(Frames.LABELS),
        joined
            .where(
                col(USE)
                    .isin(CONFLICT, BACKGROUND)
                    .and(col(READABLE))
                    .and(col(Frames.WEIGHT).gt(0)))
            .drop(internal),
        counts);
  }

  private static Dataset<Row> join(
      Pinned documents, Pinned labels, String labelSet, ClassSet classes, Set<String> languages) {
    Dataset<Row> left =
        documents
            .rows()
            .select(
                col(Documents.DOCUMENT_ID),
                ScoringFrame.text().as(Frames.TEXT),
                ScoringFrame.textState().as(Frames.TEXT_STATE),
                col(Documents.TEXT_HASH),
                col(Documents.GROUP_ID),
                coalesce(
                        col(Documents.JOURNAL).getField(Columns.NLM_ID),
                        col(Documents.JOURNAL).getField(Columns.ABBREVIATION),
                        col(Documents.JOURNAL).getField(Columns.TITLE))
                    .as(Frames.JOURNAL_KEY),
                col(Documents.PUBLICATION_YEAR).as(Frames.YEAR_NUMBER),
                col(Documents.GIVEN_SPLIT),
                coalesce(col(Documents.PUBLICATION_YEAR).cast("string"), lit("unknown"))
                    .as(SLICE_YEAR),
                coalesce(col(Documents.LANGUAGE), lit("unknown")).as(SLICE_LANGUAGE),
                when(size(col(Documents.ABSTRACT_SECTIONS)).gt(0), "present")
                    .otherwise("absent")
                    .as(SLICE_ABSTRACT));
    Dataset<Row> right =
        labels
            .rows()
            .where(col(Labels.LABEL_SET).equalTo(labelSet))
            .select(
                col(Labels.DOCUMENT_ID).as("_labelled"),
                col(Labels.LABEL).as("_class"),
                indexOf(col(Labels.LABEL), classes).cast("double").as(Frames.LABEL),
                filter(
                        transform(col(Labels.LABELS), name -> indexOf(name, classes)),
                        Column::isNotNull)
                    .as(Frames.LABELS),
                size(col(Labels.LABELS)).as(NAMED),
                col(Labels.WEIGHT).as(Frames.WEIGHT),
                col(Labels.BASIS).as(SLICE_BASIS),
                col(Labels.AUTOMATED));
    Column language = col(Frames.TEXT_STATE).getField(Frames.TEXT_LANGUAGE);
    Column readable = language.isin(languages.toArray()).or(language.equalTo("und"));
    Column use =
        when(col(NAMED).gt(size(col(Frames.LABELS))), "unknown class")
            .when(col(NAMED).equalTo(0), BACKGROUND)
            .when(col("_class").isNull(), CONFLICT)
            .when(col(Frames.LABEL).isNull(), "unknown class")
            .when(col(Frames.TEXT).equalTo(""), "no text")
            .when(readable.unary_$bang(), "language not read")
            .otherwise("used");
    return left.join(right, col(Documents.DOCUMENT_ID).equalTo(col("_labelled")))
        .withColumn(USE, use)
        .withColumn(READABLE, col(Frames.TEXT).notEqual("").and(readable));
  }

  private static Column indexOf(Column name, ClassSet classes) {
    Column index = lit(null).cast("int");
    for (int i = classes.size() - 1; i >= 0; i--) {
      index = when(name.equalTo(classes.name(i)), lit(i)).otherwise(index);
    }
    return index;
  }

  /** Rows of the documents of a map, with the map's value as a column. */
  public Dataset<Row> placed(Map<String, ?> byDocument, String column, String sqlType) {
    return placed(rows, byDocument, column, sqlType);
  }

  /** The same of {@link #companions}. */
  public Dataset<Row> placedCompanions(Map<String, ?> byDocument, String column, String sqlType) {
    return placed(companions, byDocument, column, sqlType);
  }

  private static Dataset<Row> placed(
      Dataset<Row> rows, Map<String, ?> byDocument, String column, String sqlType) {
    List<Row> placements = new java.util.ArrayList<>();
    byDocument.forEach(
        (id, value) -> placements.add(org.apache.spark.sql.RowFactory.create(id, value)));
    org.apache.spark.sql.types.StructType schema =
        org.apache.spark.sql.types.StructType.fromDDL("_placed string, " + column + " " + sqlType);
    Dataset<Row> right = rows.sparkSession().createDataFrame(placements, schema);
    return rows.join(right, col(Documents.DOCUMENT_ID).equalTo(col("_placed"))).drop("_placed");
  }
}
