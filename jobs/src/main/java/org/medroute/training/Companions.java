package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.pipeline.LinearFitter;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * Documents of several true classes and of none beside the training part, as learners read them.
 *
 * @param rows document_id, text, label (null), labels, weight (of the label's basis), fold; empty
 *     where there are none; cached until {@link #release}
 * @param ofLinear document id to what the fit of a linear model depends on
 * @param ofForest the same for a forest
 */
record Companions(
    CompanionPlan plan,
    CompanionWeights weights,
    Optional<Dataset<Row>> rows,
    Map<String, String> ofLinear,
    Map<String, String> ofForest) {
  static final Companions NONE =
      new Companions(
          CompanionPlan.NONE, CompanionWeights.NONE, Optional.empty(), Map.of(), Map.of());

  private static final Column OF_NONE = size(col(Frames.LABELS)).equalTo(0);

  private static final Column[] COLUMNS = {
    col(Documents.DOCUMENT_ID),
    col(Frames.TEXT),
    col(Frames.LABEL),
    col(Frames.LABELS),
    col(Frames.WEIGHT),
    col(Frames.FOLD)
  };

  /**
   * @param members every such document
   */
  static Companions of(
      LabelledDocuments data, List<Member> members, CompanionPlan plan, CompanionWeights weights) {
    if (plan.folds().isEmpty()) {
      return new Companions(plan, weights, Optional.empty(), Map.of(), Map.of());
    }
    Dataset<Row> rows =
        data.placedCompanions(plan.folds(), Frames.FOLD, "int")
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
    return new Companions(
        plan,
        weights,
        Optional.of(rows),
        identities(members, plan, classes, weights::linear),
        identities(members, plan, classes, weights::forest));
  }

  private static Map<String, String> identities(
      List<Member> members,
      CompanionPlan plan,
      Map<String, String> classes,
      ToDoubleFunction<Member> factor) {
    Map<String, String> identities = new TreeMap<>();
    for (Member member : members) {
      Integer fold = plan.folds().get(member.documentId());
      double counts = factor.applyAsDouble(member);
      if (fold != null && counts > 0) {
        identities.put(
            member.documentId(),
            String.join(
                " ",
                member.textHash(),
                classes.get(member.documentId()),
                Double.toHexString(member.weight() * counts),
                fold.toString()));
      }
    }
    return identities;
  }

  /** Rows of one class and these, as {@link LinearFolds} and {@link LinearFitter} read them. */
  Dataset<Row> beside(Dataset<Row> ofOneClass) {
    Dataset<Row> single = LinearFitter.ofOneClass(ofOneClass).select(COLUMNS);
    Column factor = when(OF_NONE, weights.background()).otherwise(weights.conflict());
    return rows.map(
            all ->
                single.unionByName(
                    all.where(factor.gt(0))
                        .withColumn(Frames.WEIGHT, col(Frames.WEIGHT).multiply(factor))))
        .orElse(single);
  }

  /**
   * Rows of none of the classes as a forest reads them: document_id, text, label (the number of
   * classes), weight, fold.
   */
  Optional<Dataset<Row>> background(int classes) {
    if (weights.forestBackground() == 0) {
      return Optional.empty();
    }
    return rows.map(
        all ->
            all.where(OF_NONE)
                .select(
                    col(Documents.DOCUMENT_ID),
                    col(Frames.TEXT),
                    lit((double) classes).as(Frames.LABEL),
                    ClassWeights.rounded(col(Frames.WEIGHT).multiply(weights.forestBackground()))
                        .as(Frames.WEIGHT),
                    col(Frames.FOLD)));
  }

  void release() {
    rows.ifPresent(Dataset::unpersist);
  }

  /** For a terminal; empty where there are none. */
  Optional<String> line() {
    return plan.folds().isEmpty() && plan.leftOut() == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "beside them train documents of several classes: %,d, of none: %,d (weights: %s);"
                    + " %,d left out (held out, tied to what is, or more of none than help)",
                plan.folds().size() - plan.background().size(),
                plan.background().size(),
                weights.text(),
                plan.leftOut()));
  }
}
