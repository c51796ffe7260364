package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.table.CvCells;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a cross-validation has finished, in cv_cells and in files of out-of-fold predictions beside
 * it, so that a rerun after a kill computes only what is missing.
 *
 * @param configHash of everything that the cells depend on: only those of the same one are seen
 */
record FinishedCells(Warehouse warehouse, CommitInfo commit, String configHash) {
  /**
   * A cell of one fold.
   *
   * @param name of the cell among those of its fold
   * @param seconds of its fit
   * @param path of its predictions, see {@link #read}
   */
  record Finished(
      int fold,
      String name,
      Map<String, String> parameters,
      Map<String, Double> metrics,
      double seconds,
      String path) {}

  /** Where a fold keeps its predictions: another try writes the same files. */
  String path(int fold, String name) {
    return "_cross_validation/" + configHash + "/" + fold + "/" + name;
  }

  /** The same for a writer. */
  String absolute(String path) {
    return warehouse.path() + "/" + path;
  }

  /** Cells of earlier runs, and of this one. */
  List<Finished> all() {
    return warehouse
        .readOrEmpty(CvCells.TABLE)
        .where(col(CvCells.CONFIG_HASH).equalTo(lit(configHash)))
        .select(
            CvCells.FOLD,
            CvCells.CELL,
            CvCells.PARAMETERS,
            CvCells.METRICS,
            CvCells.SECONDS,
            CvCells.PREDICTIONS_PATH)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Finished(
                    row.getInt(0),
                    row.getString(1),
                    row.getJavaMap(2),
                    row.getJavaMap(3),
                    row.getDouble(4),
                    row.getString(5)))
        .toList();
  }

  /**
   * Keeps the cells that one fit gave: a row each, one commit.
   *
   * @param fit names the fit among those of its fold
   */
  void keep(int fold, String fit, List<Finished> cells) {
    List<Row> rows =
        cells.stream()
            .map(
                cell ->
                    RowFactory.create(
                        configHash,
                        cell.fold(),
                        cell.name(),
                        CollectionConverters.asScala(cell.parameters()),
                        CollectionConverters.asScala(cell.metrics()),
                        cell.path(),
                        cell.seconds(),
                        commit.runId()))
            .toList();
    warehouse.append(
        CvCells.TABLE,
        warehouse.spark().createDataFrame(rows, CvCells.SCHEMA),
        UnitOfWork.of("cv:" + configHash + ":" + fold + ":" + fit, commit));
  }

  /** Predictions of a cell. */
  Dataset<Row> read(String path) {
    return warehouse.spark().read().schema(FoldFits.PREDICTIONS).parquet(absolute(path));
  }
}
