package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medroute.config.Progress;
import org.medroute.delta.Warehouse;
import org.medroute.job.TrainJob;
import org.medroute.table.CvCells;
import org.medroute.table.Documents;
import org.medroute.table.Labels;
import org.medroute.table.Splits;
import org.medroute.table.Table;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/**
 * The same documents give the same model, however they lie and however often the run was killed.
 */
@Tag("long")
class TrainingIT {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String GRID = "train.cross-validation.grid.max-depth=[3,6]";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"sparse", "mllib"})
  void sameModelFromAnyLayoutAndOnASecondRun(String implementation) {
    String first = digest(implementation, 2, "first");

    assertThat(first).matches("[0-9a-f]{64}");
    assertThat(digest(implementation, 2, "second")).as("second run").isEqualTo(first);
    assertThat(digest(implementation, 1, "one")).as("1 partition").isEqualTo(first);
    assertThat(digest(implementation, 8, "eight")).as("8 partitions").isEqualTo(first);
  }

  /** Trains on a copy whose tables are written in so many files, shuffling into as many parts. */
  private String digest(String implementation, int partitions, String name) {
    SampleWarehouse sample = SampleWarehouse.labelled(directory.resolve(name));
    SparkSession spark = LocalSpark.session();
    String before = spark.conf().get(SHUFFLE_PARTITIONS);
    spark.conf().set(SHUFFLE_PARTITIONS, String.valueOf(partitions));
    try {
      rewrite(sample, Documents.TABLE, Documents.DOCUMENT_ID, partitions);
      rewrite(sample, Labels.TABLE, Labels.RULE, partitions);
      return sample.modelDigest(
          sample.run(new TrainJob(), "forest.implementation=" + implementation));
    } finally {
      spark.conf().set(SHUFFLE_PARTITIONS, before);
    }
  }

  private static void rewrite(
      SampleWarehouse sample, Table table, String orderedBy, int partitions) {
    Warehouse warehouse = sample.warehouse();
    warehouse.overwrite(
        table,
        warehouse.read(table).orderBy(col(orderedBy).desc()).repartition(partitions),
        sample.unit("layout " + table.name()));
    assertThat(warehouse.read(table).inputFiles()).hasSize(partitions);
  }

  /** MLlib's cells are fitted one by one; the sparse forest's two of a fold come from one fit. */
  @ParameterizedTest
  @CsvSource({"sparse, 2", "mllib, 3"})
  void killedCrossValidationGoesOnWhereItStopped(String implementation, int kept) {
    String forest = "forest.implementation=" + implementation;
    SampleWarehouse whole = SampleWarehouse.labelled(directory.resolve("whole"));
    Ran uninterrupted = whole.run(new TrainJob(), GRID, forest);
    SampleWarehouse killed = SampleWarehouse.labelled(directory.resolve("killed"));

    assertThatThrownBy(() -> killed.run(new TrainJob(), killAfterCells(kept), GRID, forest))
        .hasMessage("killed");
    assertThat(killed.rows(CvCells.TABLE).count()).isEqualTo(kept);
    assertThat(killed.registry().entries()).isEmpty();

    Ran resumed = killed.run(new TrainJob(), GRID, forest);

    assertThat(uninterrupted.out()).doesNotContain("reused");
    assertThat(resumed.out()).contains(kept + " finished cells of an earlier run were reused");
    assertThat(killed.rows(CvCells.TABLE).count()).isEqualTo(4);
    assertThat(killed.modelDigest(resumed)).isEqualTo(whole.modelDigest(uninterrupted));

    Ran other = killed.run(new TrainJob(), GRID, forest, "features.selected=200");

    assertThat(other.out()).doesNotContain("reused");
    assertThat(killed.rows(CvCells.TABLE).count()).isEqualTo(8);
    assertThat(killed.strings(CvCells.TABLE, CvCells.CONFIG_HASH)).hasSize(2);
    assertThat(killed.modelDigest(other)).isNotEqualTo(killed.modelDigest(resumed));
  }

  private static Progress killAfterCells(int cells) {
    return new Progress() {
      @Override
      public void step(String stage, long done, long total) {
        if (stage.equals("cross-validate") && done == cells) {
          throw new IllegalStateException("killed");
        }
      }

      @Override
      public void note(String line) {}
    };
  }

  @Test
  void textsOfTheTestPartDoNotReachTheModel() {
    String folds = "train.cross-validation.folds=0";
    SampleWarehouse sample = SampleWarehouse.labelled(directory.resolve("w"));
    Ran before = sample.run(new TrainJob(), folds);
    List<String> test = partOf(sample, Splits.TEST);
    List<String> train = partOf(sample, Splits.TRAIN);
    assertThat(test).hasSizeGreaterThan(20);

    mark(sample, test);
    Ran marked = sample.run(new TrainJob(), folds);
    assertThat(sample.modelDigest(marked)).isEqualTo(sample.modelDigest(before));

    // the same words in the training part do change it: the test above can fail
    mark(sample, train.subList(0, train.size() / 2));
    assertThat(sample.modelDigest(sample.run(new TrainJob(), folds)))
        .isNotEqualTo(sample.modelDigest(before));
  }

  private static List<String> partOf(SampleWarehouse sample, String part) {
    return sample
        .rows(Splits.TABLE)
        .where(col(Splits.PART).equalTo(part))
        .orderBy(Splits.DOCUMENT_ID)
        .select(Splits.DOCUMENT_ID)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** Puts a word that no other document has into the titles. */
  private static void mark(SampleWarehouse sample, List<String> ids) {
    sample
        .warehouse()
        .upsert(
            Documents.TABLE,
            sample
                .rows(Documents.TABLE)
                .where(col(Documents.DOCUMENT_ID).isin(ids.toArray()))
                .withColumn(Documents.TITLE, concat(col(Documents.TITLE), lit(" zzqx zzqy")))
                .withColumn(Documents.TEXT_HASH, sha2(col(Documents.TITLE).cast("binary"), 256)),
            sample.unit("mark " + ids.size()));
  }
}
