package org.medroute.training;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.job.TrainJob;
import org.medroute.table.Columns;
import org.medroute.table.Documents;
import org.medroute.table.Labels;
import org.medroute.table.Metrics;
import org.medroute.table.Splits;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/** Splits by chance, by time and by journal from one run: what each must keep apart. */
class SplitsIT {
  private static final int TEST_FROM = 2018;

  @TempDir static Path directory;

  private static SampleWarehouse sample;
  private static Ran ran;

  @BeforeAll
  static void train() {
    sample = SampleWarehouse.labelled(directory);
    ran =
        sample.run(
            new TrainJob(),
            "train.side-by-side=[time,journal]",
            "train.split.test-from-year=" + TEST_FROM,
            "model.kind=forest",
            "forest.num-trees=10",
            "train.golden-documents=4",
            "train.cross-validation.folds=0",
            "evaluate.bootstrap-resamples=0");
  }

  @Test
  void tableShowsEverySplitBesideTheOthers() {
    List<String> lines = ran.out().lines().toList();
    int head =
        lines.indexOf(
            lines.stream().filter(line -> line.contains("macro-F1")).findFirst().orElseThrow());
    String table = String.join("\n", lines.subList(head, lines.size()));

    assertThat(lines.get(head)).contains("split", "train", "test", "accuracy");
    for (String kind : List.of("random", "time", "journal")) {
      long train = split(kind).where(col(Splits.PART).equalTo(Splits.TRAIN)).count();
      long test = split(kind).where(col(Splits.PART).equalTo(Splits.TEST)).count();
      assertThat(train).isPositive();
      assertThat(test).isPositive();
      assertThat(table)
          .containsPattern(kind + "\\W+" + train + "\\W+" + test + "\\W+[01]\\.\\d{4}");
    }
    assertThat(sample.strings(Metrics.TABLE, Metrics.SPLIT))
        .containsExactly("journal", "random", "time");
    assertThat(sample.registry().entries()).as("only the main split publishes").hasSize(1);
  }

  @Test
  void automatedLabelsNeverTest() {
    Dataset<Row> automated =
        sample
            .rows(Labels.TABLE)
            .where(col(Labels.AUTOMATED))
            .select(col(Labels.DOCUMENT_ID).as("_automated"));
    Dataset<Row> placed =
        sample
            .rows(Splits.TABLE)
            .join(automated, col(Splits.DOCUMENT_ID).equalTo(col("_automated")));

    assertThat(placed.where(col(Splits.PART).equalTo(Splits.TRAIN)).count()).isPositive();
    assertThat(placed.where(col(Splits.PART).equalTo(Splits.TEST)).count()).isZero();
    assertThat(ran.count("left out: automated indexing in test")).isPositive();
  }

  @Test
  void groupsNeverStraddle() {
    Dataset<Row> groups =
        sample
            .rows(Splits.TABLE)
            .groupBy(Splits.TASK, Splits.GROUP_ID)
            .agg(
                count_distinct(col(Splits.PART)).as("parts"),
                count_distinct(col(Splits.FOLD)).as("folds"),
                count_distinct(col(Splits.DOCUMENT_ID)).as("members"));

    assertThat(groups.where("members > 1").count()).as("groups of duplicates").isPositive();
    assertThat(groups.where("parts > 1 or folds > 1").collectAsList()).isEmpty();
  }

  @Test
  void timeSplitTrainsOnThePastAlone() {
    Dataset<Row> dated = withDocuments("time");

    assertThat(
            dated
                .where(col(Splits.PART).equalTo(Splits.TRAIN))
                .where(col(Documents.PUBLICATION_YEAR).geq(TEST_FROM))
                .count())
        .isZero();
    // a group tests as a whole if its newest member does: single documents must be of the test
    // years
    Dataset<Row> single =
        dated
            .groupBy(Splits.GROUP_ID)
            .agg(approx_count_distinct(Splits.DOCUMENT_ID).as("members"))
            .where("members = 1")
            .withColumnRenamed(Splits.GROUP_ID, "_single");
    Dataset<Row> tested =
        dated
            .join(single, col(Splits.GROUP_ID).equalTo(col("_single")))
            .where(col(Splits.PART).equalTo(Splits.TEST));
    assertThat(tested.count()).isPositive();
    assertThat(tested.where(col(Documents.PUBLICATION_YEAR).lt(TEST_FROM)).count()).isZero();
  }

  @Test
  void journalSplitSharesNoJournal() {
    Dataset<Row> placed = withDocuments("journal");

    Set<String> train = journals(placed, Splits.TRAIN);
    Set<String> test = journals(placed, Splits.TEST);
    assertThat(train).isNotEmpty();
    assertThat(test).isNotEmpty().doesNotContainAnyElementsOf(train);
  }

  private static Set<String> journals(Dataset<Row> placed, String part) {
    return placed
        .where(col(Splits.PART).equalTo(part))
        .select(col(Documents.JOURNAL).getField(Columns.NLM_ID).as(Columns.NLM_ID))
        .where(col(Columns.NLM_ID).isNotNull())
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  private static Dataset<Row> split(String kind) {
    return sample
        .rows(Splits.TABLE)
        .where(col(Splits.TASK).equalTo(Splits.taskOf("specialty", kind)));
  }

  private static Dataset<Row> withDocuments(String kind) {
    Dataset<Row> documents =
        sample
            .rows(Documents.TABLE)
            .select(
                col(Documents.DOCUMENT_ID).as("_document"),
                col(Documents.PUBLICATION_YEAR),
                col(Documents.JOURNAL));
    return split(kind).join(documents, col(Splits.DOCUMENT_ID).equalTo(col("_document")));
  }
}
