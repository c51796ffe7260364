package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.LinearSettings;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.pipeline.LinearFitter;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * Documents of several true classes and of none beside the training part, as a linear model reads
 * them.
 *
 * @param rows document_id, text, label (null), labels, weight, fold; empty where there are none;
 *     cached until {@link #release}
 * @param identities document id to what the fit depends on
 * @param weights for a terminal
 */
record Companions(
    CompanionPlan plan,
    Optional<Dataset<Row>> rows,
    Map<String, String> identities,
    String weights) {
  static final Companions NONE = new Companions(CompanionPlan.NONE, Optional.empty(), Map.of(), "");

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
   * @param settings factors of the weight of their label's basis
   */
  static Companions of(
      LabelledDocuments data, List<Member> members, CompanionPlan plan, LinearSettings settings) {
    if (plan.folds().isEmpty()) {
      return new Companions(plan, Optional.empty(), Map.of(), weights(settings));
    }
    Dataset<Row> rows =
        data.placedCompanions(plan.folds(), Frames.FOLD, "int")
            .withColumn(
                Frames.WEIGHT,
                col(Frames.WEIGHT)
                    .multiply(
                        when(size(col(Frames.LABELS)).equalTo(0), settings.backgroundWeight())
                            .otherwise(settings.conflictWeight())))
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
    for (Member member : members) {
      double factor = factor(member, settings);
      Integer fold = plan.folds().get(member.documentId());
      if (fold != null) {
        identities.put(
            member.documentId(),
            String.join(
                " ",
                member.textHash(),
                classes.get(member.documentId()),
                Double.toHexString(member.weight() * factor),
                fold.toString()));
      }
    }
    return new Companions(plan, Optional.of(rows), identities, weights(settings));
  }

  /** Of a document without a label, before the weight of its basis. */
  static double factor(Member member, LinearSettings settings) {
    return member.label() == Member.NONE ? settings.backgroundWeight() : settings.conflictWeight();
  }

  private static String weights(LinearSettings settings) {
    return "weights " + settings.conflictWeight() + " and " + settings.backgroundWeight();
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
                "documents of several classes: %,d, of none: %,d train the linear model (%s); %,d left"
                    + " out (held out, tied to what is, or more of none than help)",
                plan.folds().size() - plan.background().size(),
                plan.background().size(),
                weights,
                plan.leftOut()));
  }
}
