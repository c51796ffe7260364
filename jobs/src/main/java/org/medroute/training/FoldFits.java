package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.medroute.pipeline.FittedHead;
import org.medroute.pipeline.PredictionRows;
import org.medroute.table.CvCells;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * The fits of one fold on one set of features.
 *
 * @param <C> a point of the learner's grid
 */
interface FoldFits<C extends Cell> extends AutoCloseable {
  /** What is kept of a cell: one row a held-out document. */
  StructType PREDICTIONS =
      new StructType()
          .add(Documents.DOCUMENT_ID, DataTypes.StringType)
          .add(Frames.LABEL, DataTypes.DoubleType)
          .add(Frames.PROBABILITIES, DataTypes.createArrayType(DataTypes.DoubleType));

  /** Groups of cells that one fit answers, in the order of the grid. */
  List<List<C>> families(List<C> cells);

  /**
   * Fits what a family needs and hands over the predictions of the held-out rows.
   *
   * @param reader gets document_id, label, probabilities and the index of the cell in the family;
   *     must read them before it returns
   */
  void predict(List<C> family, Consumer<Dataset<Row>> reader);

  @Override
  void close();

  /** What one fit says of the held-out rows, as the only cell of its family. */
  static Dataset<Row> predictions(FittedHead head, Dataset<Row> held) {
    return new PipelineModel("fold", head.stages())
        .transform(held)
        .select(
            col(Documents.DOCUMENT_ID),
            col(Frames.LABEL),
            PredictionRows.asArray(col(Frames.PROBABILITY)).as(Frames.PROBABILITIES),
            lit(0).as(CvCells.CELL));
  }
}
