package org.medroute.training;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.metrics.Predictions;
import org.medroute.pipeline.FittedHead;

/**
 * A learner with the cell that the model is fitted with.
 *
 * @param found the cross-validation that chose it; empty without folds
 */
record ChosenCell<C extends Cell>(
    FeatureLearner<C> learner, C cell, Optional<CrossValidation.Result<C>> found) {
  /** The first cell of the grid. */
  static <C extends Cell> ChosenCell<C> first(FeatureLearner<C> learner) {
    return new ChosenCell<>(learner, learner.cells().get(0), Optional.empty());
  }

  /** The best cell of a cross-validation. */
  static <C extends Cell> ChosenCell<C> best(
      FeatureLearner<C> learner, CrossValidation.Result<C> found) {
    return new ChosenCell<>(learner, found.best(), Optional.of(found));
  }

  Optional<Predictions> outOfFold() {
    return found.map(CrossValidation.Result::outOfFold);
  }

  /** Fits on all rows; see {@link FeatureLearner#fit}. */
  FittedHead fit(Dataset<Row> rows, int classes) {
    return learner.fit(rows, classes, cell);
  }
}
