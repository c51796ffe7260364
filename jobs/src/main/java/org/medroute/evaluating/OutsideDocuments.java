package org.medroute.evaluating;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ClassSet;
import org.medroute.config.OutsideSet;
import org.medroute.config.RefusedException;
import org.medroute.metrics.Estimate;
import org.medroute.metrics.MetricKey;
import org.medroute.metrics.MetricRow;
import org.medroute.metrics.Predictions;
import org.medroute.metrics.Rejection;
import org.medroute.metrics.RouteShares;
import org.medroute.pipeline.DocumentCondition;
import org.medroute.pipeline.ScoringFrame;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.table.Splits;

/**
 * How a model takes documents of topics that are out of scope and that it never saw.
 *
 * <p>A document that shares a group of duplicates with one of the model's split is left out: it may
 * have been trained on.
 *
 * @param name of the set
 * @param area under the ROC curve of the target classes' documents of a part against these, by the
 *     calibrated probability of being in scope
 * @param routes where these are sent
 * @param leftOut documents of the set that are left out
 */
public record OutsideDocuments(String name, Estimate area, RouteShares routes, long leftOut) {
  private static final String KNOWN = "_known";

  /** Name of the area in the metrics table; its slice is outside=NAME. */
  public static final String AREA = "rejection_auc_outside";

  /**
   * Scores the documents of each set. One pass over the documents for each set; about 200 bytes a
   * document on the driver.
   *
   * @param documents the documents table
   * @param split rows of the model's split, of all its parts
   * @param part raw predictions of a part, whose documents of target classes are in scope
   * @throws org.medroute.config.ConfigurationException if a set is no condition over documents
   * @throws RefusedException if a set has no document
   */
  public static List<OutsideDocuments> of(
      SpecialtyModel model,
      Dataset<Row> documents,
      Dataset<Row> split,
      Predictions part,
      List<OutsideSet> sets) {
    Predictions inside =
        part.filter(
                document ->
                    part.truth(document) != ClassSet.NONE
                        && !model.classes().isOutOfScope(part.truth(document)))
            .calibrated(model.calibration());
    Dataset<Row> known = split.select(col(Splits.GROUP_ID).as(KNOWN)).distinct();
    List<OutsideDocuments> measured = new ArrayList<>();
    for (OutsideSet set : sets) {
      Dataset<Row> wanted =
          documents.where(
              DocumentCondition.of(documents, "evaluate.outside " + set.name(), set.where()));
      Dataset<Row> rows =
          ScoringFrame.of(
                  wanted.join(known, col(Documents.GROUP_ID).equalTo(col(KNOWN)), "left_anti"))
              .withColumn(Frames.LABEL, lit((double) ClassSet.NONE));
      Predictions outside =
          Evaluation.predictions(model, rows, List.of()).calibrated(model.calibration());
      if (outside.size() == 0) {
        throw new RefusedException(
            "evaluate.outside: no document of "
                + Documents.TABLE.name()
                + " is of the set "
                + set.name()
                + " ("
                + set.where()
                + ") without a duplicate in the model's split; ingest them first, or take the set"
                + " out");
      }
      measured.add(
          new OutsideDocuments(
              set.name(),
              Estimate.exact(
                  Rejection.between(inside, outside), (long) inside.size() + outside.size()),
              RouteShares.of(outside, model.routing()),
              wanted.count() - outside.size()));
    }
    return measured;
  }

  /** For the metrics table. */
  public MetricRow row(String task, String split) {
    return MetricRow.of(task, split, new MetricKey(AREA, "outside=" + name), area);
  }
}
