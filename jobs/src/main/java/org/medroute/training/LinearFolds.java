package org.medroute.training;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.ClassSet;
import org.medroute.config.LinearSettings;
import org.medroute.config.Progress;
import org.medroute.linear.LinearScorer;
import org.medroute.linear.LinearText;
import org.medroute.pipeline.LinearFitter;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.text.TokenOptions;

/**
 * Out-of-fold margins of a linear model: fitted on all folds but one, it scores that one. A
 * finished fold is kept in cv_cells under the learner's name, so that a rerun after a kill skips
 * it.
 *
 * <p>Cost: a fit a fold. Driver: 8 bytes a class and document.
 */
final class LinearFolds {
  private final FinishedCells cells;
  private final Progress progress;
  private final ClassSet classes;
  private final TokenOptions options;
  private final LinearSettings settings;

  LinearFolds(
      FinishedCells cells,
      Progress progress,
      ClassSet classes,
      TokenOptions options,
      LinearSettings settings) {
    this.cells = cells;
    this.progress = progress;
    this.classes = classes;
    this.options = options;
    this.settings = settings;
  }

  /**
   * @param rows training part: document_id, text, label, labels, weight, fold. A row without a
   *     label has several classes or none: it trains and is never held out; its fold is the one
   *     that must not see it, or {@link CompanionPlan#EVERY_FOLD}
   */
  Margins run(Dataset<Row> rows, int folds) {
    Map<Integer, String> finished = new HashMap<>();
    for (FinishedCells.Finished cell : cells.all()) {
      if (cell.name().equals(cell())) {
        finished.put(cell.fold(), cell.path());
      }
    }
    for (int fold = 0; fold < folds; fold++) {
      progress.step("linear folds", fold, folds);
      if (!finished.containsKey(fold)) {
        finished.put(fold, runFold(rows, fold));
      }
    }
    progress.step("linear folds", folds, folds);
    List<Margins> parts = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      parts.add(Margins.read(cells.read(finished.get(fold)), fold));
    }
    return Margins.join(parts);
  }

  private String runFold(Dataset<Row> rows, int fold) {
    long start = System.nanoTime();
    LinearText model =
        LinearFitter.fit(
                rows.where(col(Frames.FOLD).notEqual(fold)), classes.size(), options, settings)
            .model();
    SparkSession spark = cells.warehouse().spark();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<LinearText> shared = context.broadcast(model);
    String path = cells.path(fold, "linear");
    try {
      spark
          .createDataFrame(
              rows.where(col(Frames.FOLD).equalTo(fold).and(col(Frames.LABEL).isNotNull()))
                  .select(Documents.DOCUMENT_ID, Frames.LABEL, Frames.TEXT)
                  .toJavaRDD()
                  .mapPartitions(texts -> score(texts, shared.value())),
              FoldFits.PREDICTIONS)
          .coalesce(1)
          .write()
          .mode("overwrite")
          .parquet(cells.absolute(path));
    } finally {
      shared.destroy();
    }
    keep(fold, path, (System.nanoTime() - start) / 1e9);
    return path;
  }

  private static Iterator<Row> score(Iterator<Row> texts, LinearText model) {
    LinearScorer scorer = model.scorer();
    List<Row> scored = new ArrayList<>();
    while (texts.hasNext()) {
      Row row = texts.next();
      double[] margins = new double[model.classes()];
      scorer.margins(row.getString(2), margins);
      Double[] boxed = new Double[margins.length];
      for (int label = 0; label < boxed.length; label++) {
        boxed[label] = margins[label];
      }
      scored.add(RowFactory.create(row.getString(0), row.getDouble(1), boxed));
    }
    return scored.iterator();
  }

  private void keep(int fold, String path, double seconds) {
    Margins margins = Margins.read(cells.read(path), fold);
    cells.keep(
        fold,
        "linear",
        List.of(
            new FinishedCells.Finished(
                fold,
                cell(),
                Map.of("learner", cell()),
                Map.of("accuracy", margins.accuracy()),
                seconds,
                path)));
  }

  private String cell() {
    return org.medroute.config.Settings.kebab(settings.learner());
  }
}
