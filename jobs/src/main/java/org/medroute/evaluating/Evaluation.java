package org.medroute.evaluating;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.medroute.config.EvaluateSettings;
import org.medroute.config.RefusedException;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.metrics.EvaluationResult;
import org.medroute.metrics.MetricRow;
import org.medroute.metrics.Predictions;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.pipeline.ModelScorer;
import org.medroute.pipeline.PredictionRows;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.registry.ModelRegistry;
import org.medroute.registry.SplitDigest;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.table.Metrics;
import org.medroute.table.Splits;

/**
 * Scores the documents of one part of a split, compares with their labels and writes the metrics
 * table.
 *
 * <p>Cost: one pass over the part; about 200 bytes a document on the driver.
 */
public final class Evaluation {
  private final Warehouse warehouse;
  private final CommitInfo commit;

  public Evaluation(Warehouse warehouse, CommitInfo commit) {
    this.warehouse = warehouse;
    this.commit = commit;
  }

  /**
   * The labelled documents of one part of a split.
   *
   * @param splitTask key of the split in the splits table
   * @param part train, validation or test
   * @param provenance of the model: names the split that it was trained on
   * @throws RefusedException if the training part has changed since the model was trained, for then
   *     documents that it learnt from may be in the other parts
   */
  public Dataset<Row> part(
      LabelledDocuments documents,
      ModelRegistry.Entry model,
      String splitTask,
      String part,
      JsonNode provenance) {
    Dataset<Row> split = warehouse.read(Splits.TABLE).where(col(Splits.TASK).equalTo(splitTask));
    if (provenance.path("split").asText().equals(splitTask)) {
      String digest = SplitDigest.of(split);
      if (!digest.equals(provenance.path("split_digest").asText())) {
        throw new RefusedException(
            "Split "
                + splitTask
                + " was written anew since model "
                + model.version()
                + " was trained: its other parts may hold documents that the model learnt from."
                + " Evaluate the model that the present split belongs to, or train again");
      }
    } else {
      throw new RefusedException(
          "Model "
              + model.version()
              + " was trained on split "
              + provenance.path("split").asText()
              + ", not on "
              + splitTask
              + "; use --split to name its own");
    }
    Dataset<Row> ids =
        split.where(col(Splits.PART).equalTo(part)).select(col(Splits.DOCUMENT_ID).as("_member"));
    return documents
        .rows()
        .join(ids, col(Documents.DOCUMENT_ID).equalTo(col("_member")), "left_semi");
  }

  /** Measures a model on the rows of one part. */
  public EvaluationResult run(
      SpecialtyModel model,
      Dataset<Row> rows,
      String splitTask,
      String part,
      EvaluateSettings settings) {
    return EvaluationResult.of(
        raw(model, rows, splitTask, part), model.calibration(), model.routing(), settings);
  }

  /**
   * Uncalibrated predictions of the rows of one part.
   *
   * @throws RefusedException if the part is empty
   */
  public Predictions raw(SpecialtyModel model, Dataset<Row> rows, String splitTask, String part) {
    Predictions raw = predictions(model, rows);
    if (raw.size() == 0) {
      throw new RefusedException(
          "Split "
              + splitTask
              + " has no document in its "
              + part
              + " part; train writes splits, and train.split.kind none holds nothing out");
    }
    return raw;
  }

  /** Uncalibrated predictions of labelled rows, with the dimensions to cut by. */
  public static Predictions predictions(SpecialtyModel model, Dataset<Row> rows) {
    return predictions(model, rows, LabelledDocuments.SLICES);
  }

  static Predictions predictions(SpecialtyModel model, Dataset<Row> rows, List<String> slices) {
    Dataset<Row> scored =
        ModelScorer.probabilities(model, rows)
            .withColumn(Frames.PROBABILITIES, PredictionRows.asArray(col(Frames.PROBABILITY)));
    return PredictionRows.collectSliced(model.classes(), scored, slices);
  }

  /** Appends rows to the metrics table. */
  public void keep(List<MetricRow> metrics, String modelVersion, String step) {
    List<Row> rows = new ArrayList<>();
    for (MetricRow metric : metrics) {
      rows.add(
          RowFactory.create(
              commit.runId(),
              metric.task(),
              metric.split(),
              metric.name(),
              metric.slice(),
              modelVersion,
              metric.value(),
              metric.lower().isPresent() ? metric.lower().getAsDouble() : null,
              metric.upper().isPresent() ? metric.upper().getAsDouble() : null,
              metric.n()));
    }
    warehouse
        .append(
            Metrics.TABLE,
            warehouse.spark().createDataFrame(rows, Metrics.SCHEMA),
            UnitOfWork.ofRun(commit, step))
        .expectRows(rows.size());
  }
}
