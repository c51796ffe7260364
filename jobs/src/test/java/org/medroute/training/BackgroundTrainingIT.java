package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ClassSet;
import org.medroute.job.LabelJob;
import org.medroute.job.TrainJob;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.registry.ModelRegistry;
import org.medroute.table.Documents;
import org.medroute.table.Labels;
import org.medroute.table.Splits;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/** Documents of none of the classes, from their labels to a forest that knows the classes alone. */
class BackgroundTrainingIT {
  @TempDir Path directory;

  private SampleWarehouse sample;

  @BeforeEach
  void labelAsAClosedSet() {
    sample = SampleWarehouse.labelled(directory);
    sample.run(new LabelJob(), closed());
  }

  private static String[] closed(String... further) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "labels.set=closed",
                "labels.out-of-scope=\"\"",
                "labels.classes=[Cardiology, Emergency, Pulmonology, Gastroenterology,"
                    + " Dermatology]",
                "labels.background=true",
                "model.kind=forest"));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  @Test
  void theForestHearsThemAndKnowsTheClassesAlone() {
    Ran deaf = sample.run(new TrainJob(), closed("forest.background-weight=0"));
    assertThat(part(Splits.TRAIN_BACKGROUND).count()).isZero();
    Ran heard = sample.run(new TrainJob(), closed());
    String version = heard.outcome().modelVersion().orElseThrow();

    Dataset<Row> background = part(Splits.TRAIN_BACKGROUND);
    assertThat(background.count()).isPositive();
    assertThat(heard.out()).contains("of none: " + background.count() + " (weights: ");
    assertThat(version).isNotEqualTo(deaf.outcome().modelVersion().orElseThrow());
    ModelRegistry registry = sample.registry();
    SpecialtyModel model = registry.load(registry.find(version).orElseThrow());
    assertThat(model.classes().outOfScopeIndex()).isEqualTo(ClassSet.NONE);
    RandomForestClassificationModel forest =
        List.of(model.stages().stages()).stream()
            .filter(RandomForestClassificationModel.class::isInstance)
            .map(RandomForestClassificationModel.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(forest.numClasses()).isEqualTo(5);
    // none of them, nor a duplicate of one, tests
    Dataset<Row> test = part(Splits.TEST);
    assertThat(test.count()).isPositive();
    assertThat(background.join(test, Splits.GROUP_ID).count()).isZero();
    assertThat(
            background
                .join(
                    sample.rows(Labels.TABLE).where(col(Labels.LABEL_SET).equalTo("closed")),
                    Documents.DOCUMENT_ID)
                .where(col(Labels.LABEL).isNotNull())
                .count())
        .isZero();
    // what a fit would take counts them
    assertThat(planned("forest.background-weight=0"))
        .isEqualTo(planned("forest.background-weight=1") - background.count());
  }

  /** Rows of the training set, as the plan prints them. */
  private long planned(String setting) {
    String out = sample.run(new TrainJob(), closed(setting, "train.plan-only=true")).out();
    Matcher rows = Pattern.compile("training set: ([0-9,]+) rows").matcher(out);
    assertThat(rows.find()).as(out).isTrue();
    return Long.parseLong(rows.group(1).replace(",", ""));
  }

  private Dataset<Row> part(String part) {
    return sample.rows(Splits.TABLE).where(col(Splits.PART).equalTo(part));
  }
}
