package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.pipeline.LinearFitter;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * Documents of several true classes beside the training part, as a linear model reads them.
 *
 * @param rows document_id, text, label (null), labels, weight, fold; empty where there are none;
 *     cached until {@link #release}
 * @param identities document id to what the fit depends on
 */
record Conflicts(
    ConflictPlan plan, Optional<Dataset<Row>> rows, Map<String, String> identities, double weight) {
  static final Conflicts NONE =
      new Conflicts(new ConflictPlan(Map.of(), Map.of(), 0), Optional.empty(), Map.of(), 0);

  private static final Column[] COLUMNS = {
    col(Documents.DOCUMENT_ID),
    col(Frames.TEXT),
    col(Frames.LABEL),
    col(Frames.LABELS),
    col(Frames.WEIGHT),
    col(Frames.FOLD)
  };

  /**
   * @param several every such document
   * @param weight factor of the weight of their label's basis
   */
  static Conflicts of(
      LabelledDocuments data, List<Member> several, ConflictPlan plan, double weight) {
    if (plan.folds().isEmpty()) {
      return new Conflicts(plan, Optional.empty(), Map.of(), weight);
    }
    Dataset<Row> rows =
        data.placedConflicts(plan.folds(), Frames.FOLD, "int")
            .withColumn(Frames.WEIGHT, col(Frames.WEIGHT).multiply(lit(weight)))
            .select(COLUMNS)
            .persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, String> classes = new TreeMap<>();
    for (Row row :
        rows.select(
                col(Documents.DOCUMENT_ID),
                concat_ws(" ", col(Frames.LABELS).cast("array<string>")))
            .collectAsList()) {
      classes.put(row.getString(0), row.getString(1));
    }
    Map<String, String> identities = new TreeMap<>();
    for (Member member : several) {
      Integer fold = plan.folds().get(member.documentId());
      if (fold != null) {
        identities.put(
            member.documentId(),
            String.join(
                " ",
                member.textHash(),
                classes.get(member.documentId()),
                Double.toHexString(member.weight() * weight),
                fold.toString()));
      }
    }
    return new Conflicts(plan, Optional.of(rows), identities, weight);
  }

  /** Rows of one class and these, as {@link LinearFolds} and {@link LinearFitter} read them. */
  Dataset<Row> beside(Dataset<Row> ofOneClass) {
    Dataset<Row> single = LinearFitter.ofOneClass(ofOneClass).select(COLUMNS);
    return rows.map(single::unionByName).orElse(single);
  }

  void release() {
    rows.ifPresent(Dataset::unpersist);
  }

  void addTo(ContentHash hash) {
    identities.forEach((id, identity) -> hash.add(id).add(identity));
  }

  /** For a terminal; empty where there are none. */
  Optional<String> line() {
    return plan.folds().isEmpty() && plan.leftOut() == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "documents of several classes: %,d train the linear model at weight %s, %,d left out"
                    + " (held out, or tied to what is)",
                plan.folds().size(),
                weight,
                plan.leftOut()));
  }
}
