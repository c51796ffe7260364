package org.medroute.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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
import org.medroute.metrics.Predictions;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.SampleWarehouse;

/**
 * Nothing of a held-out document reaches the model that is tested on its fold: neither its terms
 * (selection, document frequencies) nor its label (selection, class weights).
 */
class FoldIsolationIT {
  private static final int FOLDS = 3;
  private static final String PROBE = "d00";
  private static final StructType SCHEMA =
      new StructType()
          .add(Documents.DOCUMENT_ID, DataTypes.StringType, false)
          .add(Frames.TEXT, DataTypes.StringType, false)
          .add(Frames.LABEL, DataTypes.DoubleType, false)
          .add(Frames.WEIGHT, DataTypes.DoubleType, false)
          .add(Frames.FOLD, DataTypes.IntegerType, false);

  @TempDir Path directory;

  @Test
  void heldOutDocumentsDoNotShapeTheModelOfTheirFold() {
    Predictions plain = outOfFold("plain", rows(false));
    Predictions changed = outOfFold("changed", rows(true));

    assertThat(of(changed, PROBE)).containsExactly(of(plain, PROBE));
    // the changed documents train the other folds: there they must show
    assertThat(of(changed, "d01")).isNotEqualTo(of(plain, "d01"));
  }

  /**
   * Sixty documents of two classes in three folds. Where changed, every document of fold 0 but the
   * probe has the other label and is full of a term that stands nowhere else.
   */
  private static List<Row> rows(boolean changed) {
    String[][] words = {
      {"heart", "valve", "atrial", "artery", "stent", "rhythm", "systolic"},
      {"skin", "rash", "eczema", "nail", "lesion", "itch", "epidermal"}
    };
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int fold = i % FOLDS;
      int label = i / FOLDS % 2;
      String text =
          "patients with "
              + words[label][i % 7]
              + " and "
              + words[label][i * 3 % 7]
              + " of the "
              + words[(label + i % 2) % 2][i * 5 % 7];
      String id = String.format("d%02d", i);
      if (changed && fold == 0 && !id.equals(PROBE)) {
        label = 1 - label;
        text = label == 0 ? "zzqx zzqx zzqx " + text : text;
      }
      rows.add(
          RowFactory.create(
              id, id.equals(PROBE) ? text + " zzqx" : text, (double) label, 1.0, fold));
    }
    return rows;
  }

  private Predictions outOfFold(String name, List<Row> rows) {
    Recipe recipe = new Recipe(new FeatureSettings(4096, 1, 2, List.of(), 12, 2), 2);
    Settings settings = SampleWarehouse.settings();
    return new CrossValidation<>(
            new FinishedCells(
                new Warehouse(LocalSpark.session(), directory.resolve(name).toString()),
                new CommitInfo(name, "train", Optional.empty(), "config", "commit"),
                name),
            Progress.SILENT,
            ClassSet.closed(List.of("Cardiology", "Dermatology")),
            recipe,
            new ForestLearner(
                ForestSettings.from(settings), TrainSettings.from(settings).cv().grid()))
        .run(
            LocalSpark.session().createDataFrame(rows, SCHEMA),
            java.util.Optional.empty(),
            FOLDS,
            List.of(GridCell.of(5, 6)))
        .outOfFold();
  }

  private static double[] of(Predictions predictions, String id) {
    for (int i = 0; i < predictions.size(); i++) {
      if (predictions.id(i).equals(id)) {
        return Arrays.copyOf(predictions.probabilities(i), 2);
      }
    }
    throw new AssertionError("no prediction of " + id);
  }
}
