package org.medroute.training;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ClassSet;
import org.medroute.config.FeatureSettings;
import org.medroute.config.ForestSettings;
import org.medroute.config.TrainSettings;
import org.medroute.pipeline.FittedHead;
import org.medroute.pipeline.ForestFitter;

/** Random forests of several sizes and limits. */
record ForestLearner(ForestSettings settings, TrainSettings.Grid grid)
    implements FeatureLearner<GridCell> {
  @Override
  public List<GridCell> cells() {
    return GridCell.of(grid, settings);
  }

  @Override
  public FoldFits<GridCell> fold(Dataset<Row> training, Dataset<Row> held, ClassSet classes) {
    return FoldForests.of(training, held, classes, settings);
  }

  @Override
  public FittedHead fit(Dataset<Row> rows, int classes, GridCell cell) {
    return ForestFitter.train(rows, classes, cell.applyTo(settings));
  }

  @Override
  public double backgroundWeight() {
    return settings.hearsBackground() ? settings.backgroundWeight() : 0;
  }

  /** The cell that needs most. */
  GridCell largest(FeatureSettings features) {
    return cells().stream()
        .max(
            Comparator.comparing((GridCell cell) -> cell.applyTo(features).selected())
                .thenComparing(GridCell::numTrees)
                .thenComparing(GridCell::maxDepth))
        .orElseThrow();
  }
}
