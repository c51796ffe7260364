package org.medroute.training;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ClassSet;
import org.medroute.pipeline.FittedHead;
import org.medroute.pipeline.HeadFitter;

/**
 * A learner whose settings are the same in all cells: one fit a cell and fold.
 *
 * @param cells they differ in the features that they read
 */
record PlainLearner(List<FeatureCell> cells, HeadFitter fitter)
    implements FeatureLearner<FeatureCell> {
  @Override
  public FoldFits<FeatureCell> fold(Dataset<Row> training, Dataset<Row> held, ClassSet classes) {
    return new Fold(fitter, training, held, classes.size());
  }

  @Override
  public FittedHead fit(Dataset<Row> rows, int classes, FeatureCell cell) {
    return fitter.fit(rows, classes);
  }

  private record Fold(HeadFitter fitter, Dataset<Row> training, Dataset<Row> held, int classes)
      implements FoldFits<FeatureCell> {
    @Override
    public List<List<FeatureCell>> families(List<FeatureCell> cells) {
      return cells.stream().map(List::of).toList();
    }

    @Override
    public void predict(List<FeatureCell> family, Consumer<Dataset<Row>> reader) {
      reader.accept(FoldFits.predictions(fitter.fit(training, classes), held));
    }

    @Override
    public void close() {
      // holds nothing of its own
    }
  }
}
