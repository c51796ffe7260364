package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medroute.job.ScoreJob;
import org.medroute.job.TrainJob;
import org.medroute.pipeline.ModelStore;
import org.medroute.table.CvCells;
import org.medroute.table.Documents;
import org.medroute.table.Scores;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/** Boosted trees and a perceptron from labelled documents to scores, as a forest goes. */
@Tag("gate")
class LearnerKindsIT {
  private static final List<String> SMALL =
      List.of(
          "features.selected=80",
          "boosted-trees.iterations=2",
          "boosted-trees.max-depth=2",
          "boosted-trees.step-size=0.5",
          "perceptron.hidden=8",
          "perceptron.iterations=12",
          "train.promote=true");

  @TempDir Path directory;

  private static String[] settings(String... further) {
    return Stream.concat(SMALL.stream(), Stream.of(further)).toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "boosted-trees, boosted trees: 2 trees for each of 6 classes, boosted trees | 2 a class, depth 2",
    "perceptron, 'perceptron: 80 features, 8 hidden units, 6 classes', perceptron | 8 hidden units"
  })
  void trainsPublishesAndScoresAsItsStagesDo(String kind, String report, String card)
      throws IOException {
    SampleWarehouse sample = SampleWarehouse.labelled(directory.resolve("w"));
    String[] settings = settings("model.kind=" + kind);

    Ran trained = sample.run(new TrainJob(), settings);
    assertThat(trained.out())
        .contains(report, "cell learner=" + kind + ": macro-F1", kind + ", out of fold: macro-F1")
        .contains("calibration sigmoid")
        .doesNotContain("forest", "linear");
    assertThat(sample.strings(CvCells.TABLE, CvCells.CELL)).containsExactly("learner=" + kind);
    Path model = sample.directory().resolve(sample.champion().path());
    assertThat(Files.readString(model.resolve(ModelStore.CARD)))
        .contains("| kind | " + kind + " |", "| " + card)
        .doesNotContain("| forest |", "linear part");

    sample.run(new ScoreJob(), settings("scoring.implementation=stages"));
    String stages = sample.digest(Scores.TABLE);
    sample
        .warehouse()
        .deleteWhere(Scores.TABLE, col(Scores.DOCUMENT_ID).isNotNull(), sample.unit("empty"));
    Ran compiled = sample.run(new ScoreJob());
    assertThat(compiled.count("scored")).isEqualTo(sample.rows(Documents.TABLE).count());
    assertThat(sample.digest(Scores.TABLE)).isEqualTo(stages);
    assertThat(accuracy(trained)).as("better than one class for all").isGreaterThan(0.4);
  }

  /** Out of fold, as training prints it. */
  private static double accuracy(Ran trained) {
    Matcher line =
        Pattern.compile("out of fold: macro-F1 [0-9.]+, accuracy ([0-9.]+)").matcher(trained.out());
    assertThat(line.find()).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
