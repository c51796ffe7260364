package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ClassSet;
import org.medroute.config.FeatureSettings;
import org.medroute.config.ForestSettings;
import org.medroute.config.Progress;
import org.medroute.config.Settings;
import org.medroute.config.TrainSettings;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.Warehouse;
import org.medroute.table.CvCells;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.SampleWarehouse;

/** A cell that was cut from a larger fit is the cell that its own fit gives. */
@Tag("gate")
class GridFromOneFitIT {
  private static final int FOLDS = 2;
  private static final String[] WORDS = {
    "heart",
    "valve",
    "atrial",
    "artery",
    "stent",
    "skin",
    "rash",
    "eczema",
    "nail",
    "itch",
    "lung",
    "asthma",
    "cough",
    "sputum",
    "chest",
    "patients",
    "treated",
    "weeks",
    "trial",
    "dose"
  };
  private static final StructType SCHEMA =
      new StructType()
          .add(Documents.DOCUMENT_ID, DataTypes.StringType, false)
          .add(Frames.TEXT, DataTypes.StringType, false)
          .add(Frames.LABEL, DataTypes.DoubleType, false)
          .add(Frames.WEIGHT, DataTypes.DoubleType, false)
          .add(Frames.FOLD, DataTypes.IntegerType, false);

  @TempDir Path directory;

  /** Three classes with five words of their own each, among words of the others. */
  private static List<Row> rows() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int label = random.nextInt(3);
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < 6; w++) {
        boolean own = random.nextInt(3) == 0;
        text.append(WORDS[own ? 5 * label + random.nextInt(5) : random.nextInt(20)]).append(' ');
      }
      rows.add(
          RowFactory.create(
              String.format("d%03d", i), text.toString(), (double) label, 1.0, i % FOLDS));
    }
    return rows;
  }

  private CrossValidation.Result<GridCell> run(String name, String plan, List<GridCell> grid) {
    Recipe recipe = new Recipe(new FeatureSettings(4096, 1, 2, List.of(), 14, 1), 2);
    Settings settings = SampleWarehouse.settings("forest.plan=" + plan, "forest.subtree-rows=10");
    return new CrossValidation<>(
            new FinishedCells(
                warehouse(),
                new CommitInfo(name, "train", Optional.empty(), "config", "commit"),
                name),
            Progress.SILENT,
            ClassSet.closed(List.of("Cardiology", "Dermatology", "Pulmonology")),
            recipe,
            new ForestLearner(
                ForestSettings.from(settings), TrainSettings.from(settings).cv().grid()))
        .run(
            LocalSpark.session().createDataFrame(rows(), SCHEMA),
            java.util.Optional.empty(),
            FOLDS,
            grid);
  }

  private Warehouse warehouse() {
    return new Warehouse(LocalSpark.session(), directory.resolve("w").toString());
  }

  private static GridCell cell(int trees, int depth, int selected, int instances) {
    return new GridCell(
        trees, depth, OptionalInt.of(selected), OptionalInt.of(instances), Optional.empty());
  }

  @Test
  void everyCellIsThatOfItsOwnFit() {
    List<GridCell> grid =
        List.of(
            cell(3, 2, 8, 1),
            cell(9, 6, 8, 1),
            cell(3, 2, 14, 1),
            cell(9, 6, 14, 1),
            cell(3, 2, 14, 4),
            cell(9, 6, 14, 4));
    // a larger grid on the same rows computes only its new cells
    CrossValidation.Result<GridCell> first = run("together", "local", grid.subList(0, 1));
    CrossValidation.Result<GridCell> together = run("together", "local", grid);
    assertThat(first.reused()).isZero();
    assertThat(together.reused()).isEqualTo(FOLDS);
    assertThat(together.cells()).hasSize(6);
    assertThat(together.cells().get(0)).isEqualTo(first.cells().get(0));
    assertThat(together.outOfFold().size()).isEqualTo(120);

    GridCell cut = grid.get(4);
    CrossValidation.Result<GridCell> alone = run("alone", "local", List.of(cut));
    assertThat(probabilities("alone", cut)).isEqualTo(probabilities("together", cut)).hasSize(120);
    assertThat(alone.best()).isEqualTo(cut);
    assertThat(alone.cells().get(0).macroF1()).isEqualTo(together.cells().get(4).macroF1());

    run("levels", "distributed", grid.subList(4, 6));
    for (GridCell cell : grid.subList(4, 6)) {
      assertThat(probabilities("levels", cell)).isEqualTo(probabilities("together", cell));
    }
    // the cells do differ: the comparisons above can fail
    assertThat(grid.stream().map(cell -> probabilities("together", cell)).distinct()).hasSize(6);
  }

  /** All out-of-fold probabilities of a cell, from the files that its rows name. */
  private List<Row> probabilities(String name, GridCell cell) {
    String[] paths =
        warehouse()
            .read(CvCells.TABLE)
            .where(col(CvCells.CONFIG_HASH).equalTo(name))
            .where(col(CvCells.CELL).equalTo(cell.name()))
            .select(CvCells.PREDICTIONS_PATH)
            .collectAsList()
            .stream()
            .map(row -> warehouse().path() + "/" + row.getString(0))
            .toArray(String[]::new);
    return LocalSpark.session()
        .read()
        .schema(FoldForests.PREDICTIONS)
        .parquet(paths)
        .orderBy(Documents.DOCUMENT_ID)
        .collectAsList();
  }
}
