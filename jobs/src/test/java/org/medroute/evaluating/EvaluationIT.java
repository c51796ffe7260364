package org.medroute.evaluating;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ConfigurationException;
import org.medroute.config.RefusedException;
import org.medroute.job.EvaluateJob;
import org.medroute.job.ScoreJob;
import org.medroute.job.TrainJob;
import org.medroute.metrics.MetricKey;
import org.medroute.table.Documents;
import org.medroute.table.Labels;
import org.medroute.table.Metrics;
import org.medroute.table.Scores;
import org.medroute.table.Splits;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/** Measures of a published model: their rows, their page, and the splits that they refuse. */
@Tag("long")
class EvaluationIT {
  @TempDir Path directory;

  private SampleWarehouse sample;

  @BeforeEach
  void copyWarehouse() {
    sample = SampleWarehouse.trained(directory);
  }

  @Test
  void writesMeasuresAndOnePageThatNeedsNothingElse() throws IOException {
    Ran ran = sample.run(new EvaluateJob());
    sample.run(new ScoreJob());

    long test = part(Splits.TEST).count();
    assertThat(ran.count("evaluated")).isEqualTo(test);
    Map<String, Row> overall = new HashMap<>();
    for (Row row :
        sample
            .rows(Metrics.TABLE)
            .where(col(Metrics.SLICE).equalTo(MetricKey.ALL))
            .collectAsList()) {
      assertThat(row.<String>getAs(Metrics.TASK)).isEqualTo("specialty");
      assertThat(row.<String>getAs(Metrics.SPLIT)).isEqualTo("random/test");
      assertThat(row.<String>getAs(Metrics.MODEL_VERSION)).isEqualTo(sample.champion().version());
      overall.put(row.getAs(Metrics.NAME), row);
    }
    assertThat(overall)
        .containsKeys(
            "accuracy", "macro_f1", "weighted_f1", "macro_auc", "ece", "raw_accuracy", "raw_ece");
    Row accuracy = overall.get("accuracy");
    double value = accuracy.getAs(Metrics.VALUE);
    assertThat(accuracy.<Long>getAs(Metrics.N)).isEqualTo(test);
    assertThat(accuracy.<Double>getAs(Metrics.LOWER)).isLessThanOrEqualTo(value);
    assertThat(accuracy.<Double>getAs(Metrics.UPPER)).isGreaterThanOrEqualTo(value);
    assertThat(value).isCloseTo(accuracyOfScores(), within(1e-12));
    assertThat(value).as("better than one class for all").isGreaterThan(0.4);

    assertThat(page())
        .contains("<svg")
        .contains(sample.champion().version())
        .contains("Gastroenterology")
        .doesNotContain("<script src")
        .doesNotContainPattern("(?:src|href)=\"(?!#|data:)")
        .doesNotContainPattern("url\\((?!#|data:)")
        .doesNotContain("@import");
  }

  /** The same number from the scores table, by SQL. */
  private double accuracyOfScores() {
    Dataset<Row> scores =
        sample.rows(Scores.TABLE).select(col(Scores.DOCUMENT_ID).as("_scored"), col("specialty"));
    Dataset<Row> labels =
        sample.rows(Labels.TABLE).select(col(Labels.DOCUMENT_ID).as("_labelled"), col("label"));
    return part(Splits.TEST)
        .join(scores, col(Splits.DOCUMENT_ID).equalTo(col("_scored")))
        .join(labels, col(Splits.DOCUMENT_ID).equalTo(col("_labelled")))
        .selectExpr("avg(CASE WHEN specialty = label THEN 1.0D ELSE 0.0D END)")
        .first()
        .getDouble(0);
  }

  private Dataset<Row> part(String part) {
    return sample.rows(Splits.TABLE).where(col(Splits.PART).equalTo(part));
  }

  private String page() throws IOException {
    try (Stream<Path> pages = Files.list(directory.resolve("reports"))) {
      List<Path> all = pages.filter(file -> file.toString().endsWith(".html")).toList();
      assertThat(all).hasSize(1);
      return Files.readString(all.get(0));
    }
  }

  @Test
  void documentsThatAreOutsideAreHeldAgainstThePartWithoutThoseOfTheSplit() {
    long strangers =
        sample
            .rows(Documents.TABLE)
            .join(
                sample.rows(Splits.TABLE).select(col(Splits.GROUP_ID).as("_known")),
                col(Documents.GROUP_ID).equalTo(col("_known")),
                "left_anti")
            .count();
    long all = sample.rows(Documents.TABLE).count();
    assertThat(strangers).isBetween(1L, all - 1);

    Ran ran =
        sample.run(new EvaluateJob(), "evaluate.outside=[{ name = everything, where = \"true\" }]");

    assertThat(ran.out())
        .containsPattern("everything +" + strangers + " +" + (all - strangers) + " +[01]\\.");
    Row area =
        sample
            .rows(Metrics.TABLE)
            .where(col(Metrics.NAME).equalTo(OutsideDocuments.AREA))
            .select(Metrics.SLICE, Metrics.VALUE, Metrics.N)
            .first();
    assertThat(area.getString(0)).isEqualTo("outside=everything");
    assertThat(area.getDouble(1)).isBetween(0.0, 1.0);
    assertThat(area.getLong(2)).isGreaterThan(strangers);
  }

  @Test
  void setsOutsideThatAreNoneAreRefused() {
    assertThatThrownBy(
            () ->
                sample.run(
                    new EvaluateJob(), "evaluate.outside=[{ name = odd, where = \"topic = 1\" }]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("evaluate.outside odd")
        .hasMessageContaining("topic = 1");
    assertThatThrownBy(
            () ->
                sample.run(
                    new EvaluateJob(), "evaluate.outside=[{ name = no_one, where = \"false\" }]"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no_one");
  }

  @Test
  void refusesASplitThatWasWrittenAnew() {
    String version = sample.champion().version();
    sample.run(new TrainJob(), "train.split.seed=18", "train.cross-validation.folds=0");

    assertThatThrownBy(() -> sample.run(new EvaluateJob(), "evaluate.model=" + version))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "Split specialty/random was written anew since model " + version + " was trained")
        .hasMessageContaining("train again");
    assertThat(sample.warehouse().exists(Metrics.TABLE)).isFalse();
  }

  @Test
  void newTestDocumentsDoNotInvalidateAModel() {
    String one =
        part(Splits.TEST)
            .orderBy(Splits.DOCUMENT_ID)
            .select(Splits.DOCUMENT_ID)
            .first()
            .getString(0);
    long test = part(Splits.TEST).count();
    sample
        .warehouse()
        .deleteWhere(
            Splits.TABLE, col(Splits.DOCUMENT_ID).equalTo(one), sample.unit("smaller test part"));

    assertThat(sample.run(new EvaluateJob()).count("evaluated")).isEqualTo(test - 1);
  }

  @Test
  void refusesTheSplitOfAnotherKindAndAnEmptyPart() {
    assertThatThrownBy(() -> sample.run(new EvaluateJob(), "train.split.kind=time"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("was trained on split specialty/random, not on specialty/time");
    assertThatThrownBy(() -> sample.run(new EvaluateJob(), "evaluate.part=validation"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has no document in its validation part");
  }
}
