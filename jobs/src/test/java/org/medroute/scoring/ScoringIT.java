package org.medroute.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.job.ScoreJob;
import org.medroute.job.TrainJob;
import org.medroute.table.Documents;
import org.medroute.table.Scores;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/** The scores table follows the documents and the champion, and nothing else moves it. */
@Tag("long")
class ScoringIT {
  @TempDir Path directory;

  @Test
  void onlyWhatChangedIsScoredAgain() {
    SampleWarehouse sample = SampleWarehouse.trained(directory);
    long documents = sample.rows(Documents.TABLE).count();

    Ran first = sample.run(new ScoreJob());

    assertThat(first.count("scored")).isEqualTo(documents);
    assertThat(sample.rows(Scores.TABLE).count()).isEqualTo(documents);
    assertThat(sample.strings(Scores.TABLE, Scores.MODEL_VERSION))
        .containsExactly(sample.champion().version());
    assertThat(sample.strings(Scores.TABLE, Scores.ROUTE))
        .containsExactly("auto", "out_of_scope", "review", "unscorable");
    assertThat(
            first.count("route auto")
                + first.count("route review")
                + first.count("route out_of_scope")
                + first.count("route unscorable"))
        .isEqualTo(documents);
    String digest = sample.digest(Scores.TABLE);
    long version = sample.warehouse().version(Scores.TABLE);

    Ran second = sample.run(new ScoreJob());

    assertThat(second.count("scored")).isZero();
    assertThat(second.count("unchanged")).isEqualTo(documents);
    assertThat(sample.digest(Scores.TABLE)).isEqualTo(digest);
    assertThat(sample.warehouse().version(Scores.TABLE)).isEqualTo(version);

    Map<String, Row> before = scores(sample);
    List<String> ids = before.keySet().stream().toList();
    change(sample, ids.get(3), ids.get(3), " and something new");
    change(sample, ids.get(4), "test:new", "");
    sample
        .warehouse()
        .deleteWhere(
            Documents.TABLE, col(Documents.DOCUMENT_ID).equalTo(ids.get(5)), sample.unit("delete"));

    Ran third = sample.run(new ScoreJob());

    assertThat(third.count("scored")).isEqualTo(2);
    assertThat(third.count("removed")).isEqualTo(1);
    assertThat(third.outcome().equations())
        .hasSize(2)
        .allMatch(line -> line.endsWith("  holds"))
        .contains(
            String.format(
                "scores after %,d = before %,d + new 1 - removed 1  holds", documents, documents));
    Map<String, Row> after = scores(sample);
    assertThat(after).doesNotContainKey(ids.get(5)).hasSize((int) documents);
    assertThat(after.get("test:new")).isNotNull();
    assertThat(after.get(ids.get(3)).<String>getAs(Scores.TEXT_HASH))
        .isNotEqualTo(before.get(ids.get(3)).getAs(Scores.TEXT_HASH));
    after.remove("test:new");
    after.remove(ids.get(3));
    before.remove(ids.get(3));
    before.remove(ids.get(5));
    assertThat(after).isEqualTo(before); // run and time included: these rows were not written

    Ran retrained =
        sample.run(
            new TrainJob(),
            "forest.seed=7",
            "model.kind=forest",
            "train.cross-validation.folds=0",
            "train.promote=true");
    Ran fourth = sample.run(new ScoreJob());

    assertThat(fourth.count("scored")).isEqualTo(documents);
    assertThat(sample.strings(Scores.TABLE, Scores.MODEL_VERSION))
        .containsExactly(retrained.outcome().modelVersion().orElseThrow());
    assertThat(sample.rows(Scores.TABLE).count()).isEqualTo(documents);
  }

  /**
   * Writes a document under an id, with an addition to its title and the hash that belongs to it.
   */
  private static void change(SampleWarehouse sample, String from, String to, String addition) {
    sample
        .warehouse()
        .upsert(
            Documents.TABLE,
            sample
                .rows(Documents.TABLE)
                .where(col(Documents.DOCUMENT_ID).equalTo(from))
                .withColumn(Documents.DOCUMENT_ID, lit(to))
                .withColumn(Documents.TITLE, concat(col(Documents.TITLE), lit(addition)))
                .withColumn(Documents.TEXT_HASH, concat(col(Documents.TEXT_HASH), lit(addition))),
            sample.unit("change " + to));
  }

  private static Map<String, Row> scores(SampleWarehouse sample) {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : sample.rows(Scores.TABLE).collectAsList()) {
      rows.put(row.getAs(Scores.DOCUMENT_ID), row);
    }
    return rows;
  }
}
