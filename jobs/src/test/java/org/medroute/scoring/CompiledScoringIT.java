package org.medroute.scoring;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ConfigurationException;
import org.medroute.config.RefusedException;
import org.medroute.job.IngestJob;
import org.medroute.job.ScoreJob;
import org.medroute.pipeline.CompiledModel;
import org.medroute.pipeline.ModelCompiler;
import org.medroute.pipeline.ModelStore;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.table.Documents;
import org.medroute.table.Scores;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.RealData;
import org.medroute.testing.SampleWarehouse;
import org.medroute.testing.SampleWarehouse.Ran;

/** The compiled form of a model scores as its stages do, and is what they compile to. */
@Tag("long")
class CompiledScoringIT {
  @TempDir Path directory;

  private SampleWarehouse sample;

  @BeforeEach
  void copyWarehouse() {
    sample = SampleWarehouse.trained(directory.resolve("w"));
  }

  @Test
  void scoresOfAllSampleDocumentsAreThoseOfTheStages() {
    assertSameScores();
  }

  @Test
  void scoresOfRealDocumentsAreThoseOfTheStages() {
    String file = RealData.path("ohsumed.jsonl.gz").toString();
    sample.run(
        new IngestJob(),
        "ingest.inputs=[" + SampleWarehouse.quoted(file) + "]",
        "ingest.mapping=ohsumed",
        "ingest.md5=ignore");
    assertThat(sample.rows(Documents.TABLE).count()).isGreaterThan(10_000);
    assertSameScores();
  }

  @Test
  void reviewRulesSendTheSameDocumentsToReview() throws IOException {
    Path flags = Files.writeString(directory.resolve("flags.txt"), "# words\npatients\n");
    String[] rules = {
      "routing.force-review=[EMERGENCY]",
      "routing.red-flags=" + SampleWarehouse.quoted(flags.toString()),
      "routing.min-known-share=0.5",
      "routing.max-disagreement=0.1"
    };

    assertSameScores(rules);

    List<Row> reasons =
        sample
            .rows(Scores.TABLE)
            .where(col(Scores.REASON).contains("red flag \"patients\"; "))
            .select(Scores.ROUTE)
            .collectAsList();
    assertThat(reasons).isNotEmpty().allMatch(row -> row.getString(0).equals("review"));
    assertThat(
            sample
                .rows(Scores.TABLE)
                .where(
                    col(Scores.SPECIALTY)
                        .equalTo("Emergency")
                        .and(col(Scores.ROUTE).equalTo("auto")))
                .count())
        .isZero();
    assertThat(
            sample
                .rows(Scores.TABLE)
                .where(col(Scores.REASON).contains("review of every Emergency is asked for"))
                .count())
        .isPositive();
  }

  private void assertSameScores(String... settings) {
    sample.run(new ScoreJob(), with(settings, "scoring.implementation=stages"));
    String stages = sample.digest(Scores.TABLE);
    sample
        .warehouse()
        .deleteWhere(Scores.TABLE, col(Scores.DOCUMENT_ID).isNotNull(), sample.unit("empty"));

    Ran compiled = sample.run(new ScoreJob(), settings);

    assertThat(compiled.count("scored")).isEqualTo(sample.rows(Documents.TABLE).count());
    assertThat(sample.digest(Scores.TABLE)).isEqualTo(stages);
  }

  private static String[] with(String[] settings, String further) {
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = further;
    return all;
  }

  @Test
  void evidenceNamesTermsOfTheDocument() {
    sample.run(new ScoreJob(), "scoring.evidence-terms=3");

    List<Row> rows =
        sample
            .rows(Scores.TABLE)
            .join(sample.rows(Documents.TABLE), Scores.DOCUMENT_ID)
            .select(Scores.ROUTE, Scores.EVIDENCE, Documents.TITLE, Documents.ABSTRACT_SECTIONS)
            .collectAsList();
    int terms = 0;
    for (Row row : rows) {
      if (row.getString(0).equals("unscorable")) {
        assertThat(row.isNullAt(1)).isTrue();
        continue;
      }
      List<Row> evidence = row.getList(1);
      assertThat(evidence).hasSizeLessThanOrEqualTo(3);
      String text = (row.get(2) + " " + row.get(3)).toLowerCase(java.util.Locale.ROOT);
      double last = Double.MAX_VALUE;
      for (Row term : evidence) {
        String name = term.getString(0).replaceFirst(" \\(or .*", "");
        assertThat(text).contains(name.split(" ")[0]);
        assertThat(Math.abs(term.getDouble(1))).isPositive().isLessThanOrEqualTo(last);
        last = Math.abs(term.getDouble(1));
        terms++;
      }
    }
    assertThat(terms).isGreaterThan(rows.size());
  }

  @Test
  void evidenceOfStagesIsAnErrorOfTheSettings() {
    assertThatThrownBy(
            () ->
                sample.run(
                    new ScoreJob(), "scoring.implementation=stages", "scoring.evidence-terms=3"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("scoring.evidence-terms");
  }

  @Test
  void fileIsWhatTheStagesCompileTo() throws IOException {
    Path model = sample.directory().resolve(sample.champion().path());
    ModelStore store = new ModelStore(LocalSpark.session());
    SpecialtyModel loaded = store.load(model.toString());
    Map<Integer, List<String>> terms = store.terms(model.toString());

    byte[] stored = Files.readAllBytes(model.resolve("compiled/scorer.bin"));

    assertThat(ModelCompiler.compile(loaded, terms).toBytes()).isEqualTo(stored);
    CompiledModel compiled = store.loadCompiled(model.toString());
    assertThat(compiled.scorer().toBytes()).isEqualTo(stored);
    assertThat(compiled.calibration()).isEqualTo(loaded.calibration());
    assertThat(compiled.routing()).isEqualTo(loaded.routing());
    assertThat(compiled.version()).isEqualTo(sample.champion().version());
  }

  @Test
  void fileOfAnotherModelIsRefused() {
    ModelStore store = new ModelStore(LocalSpark.session());
    String path = sample.directory().resolve(sample.champion().path()).toString();
    CompiledModel compiled = store.loadCompiled(path);

    assertThatThrownBy(() -> compiled.requireDigest("0".repeat(64), "x/scorer.bin"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("x/scorer.bin was compiled from the model with digest")
        .hasMessageContaining("0".repeat(64));
  }
}
