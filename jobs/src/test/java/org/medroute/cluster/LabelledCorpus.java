package org.medroute.cluster;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.IngestSettings;
import org.medroute.config.LabelSettings;
import org.medroute.config.Progress;
import org.medroute.config.ReviewSettings;
import org.medroute.config.Settings;
import org.medroute.config.SettingsLoader;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.ContentDigest;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.ingest.Ingest;
import org.medroute.ingest.IngestRequest;
import org.medroute.labelling.Labeller;
import org.medroute.metrics.ReviewRules;
import org.medroute.pipeline.CompiledDocuments;
import org.medroute.pipeline.CompiledModel;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.pipeline.ModelCompiler;
import org.medroute.registry.ModelRegistry;
import org.medroute.sampling.SampleCorpus;
import org.medroute.scoring.Scoring;
import org.medroute.table.Documents;
import org.medroute.table.Labels;
import org.medroute.table.Models;
import org.medroute.table.Scores;
import org.medroute.testing.LocalSpark;
import org.medroute.training.Training;
import org.medroute.training.TrainingPlan;

/** A small sample corpus, ingested and labelled in this JVM, and settings to train on it. */
final class LabelledCorpus {
  private static final int DOCUMENTS = 300;

  private LabelledCorpus() {}

  /** Writes the files and a warehouse with their documents and labels. */
  static void write(Path files, Path warehousePath) {
    Path conf = SubmitScript.home().resolve("conf/labels");
    Settings settings =
        SettingsLoader.withDefaults()
            .file(conf.resolve("specialties.conf"))
            .literal("labels.mesh.trees", conf.resolve("mesh-sample.tsv").toString())
            .literal("labels.journals", conf.resolve("journals.tsv").toString())
            .load();
    SampleCorpus.write(files, SampleCorpus.SEED, DOCUMENTS);
    Warehouse warehouse = new Warehouse(LocalSpark.session(), warehousePath.toString());
    new Ingest(
            warehouse,
            commit("ingest"),
            Progress.SILENT,
            IngestSettings.from(settings.section("ingest")))
        .run(IngestRequest.pubmed(files.toString()));
    Dataset<Row> labels =
        Labeller.of(LocalSpark.session(), LabelSettings.from(settings))
            .label(warehouse.pin(Documents.TABLE).rows(), Optional.empty(), "label")
            .labels();
    warehouse.append(Labels.TABLE, labels, UnitOfWork.ofRun(commit("label"), "label"));
    assertThat(warehouse.read(Labels.TABLE).count()).isGreaterThan(DOCUMENTS / 2);
  }

  /**
   * What two runs on this corpus must agree in: the digest of the model and of the scores table.
   */
  record Digests(String model, String scores) {
    /** Of a warehouse after train with promotion, and score. */
    static Digests of(Path warehousePath) {
      Warehouse warehouse = new Warehouse(LocalSpark.session(), warehousePath.toString());
      return new Digests(champion(warehouse), ContentDigest.of(warehouse.read(Scores.TABLE)));
    }

    private static String champion(Warehouse warehouse) {
      List<Row> champions =
          warehouse
              .read(Models.TABLE)
              .where(col(Models.STATUS).equalTo(ModelRegistry.CHAMPION))
              .select(Models.DIGEST)
              .collectAsList();
      assertThat(champions).hasSize(1);
      return champions.get(0).getString(0);
    }
  }

  /** Trains and scores in this JVM, on two cores, without publishing: the reference. */
  static Digests reference(Path warehousePath, Path settingsFile) {
    Settings settings = SettingsLoader.withDefaults().file(settingsFile).load();
    Warehouse warehouse = new Warehouse(LocalSpark.session(), warehousePath.toString());
    TrainingPlan plan = TrainingPlan.from(settings, LabelSettings.from(settings).classes());
    LabelledDocuments data =
        LabelledDocuments.pin(
            warehouse, plan.train().labelSet(), plan.classes(), plan.routing().languages());
    Training.Trained trained =
        new Training(warehouse, commit("train"), Progress.SILENT, plan)
            .run(data, plan.train().split().kind());
    CompiledModel compiled =
        CompiledModel.of(ModelCompiler.compile(trained.model(), trained.terms()));
    ReviewRules rules = ReviewRules.of(ReviewSettings.from(settings));
    try (CompiledDocuments scorer =
        new CompiledDocuments(LocalSpark.session(), compiled, 0, rules)) {
      new Scoring(warehouse, commit("score"), Progress.SILENT).run(scorer);
    }
    return new Digests(trained.model().digest(), ContentDigest.of(warehouse.read(Scores.TABLE)));
  }

  private static CommitInfo commit(String job) {
    return new CommitInfo(job, job, Optional.empty(), "none", "unknown");
  }

  /**
   * Four cells in all, small trees: long enough to be interrupted, short enough to be run often.
   */
  static Path trainSettings(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        include file("%s")
        features { num-buckets = 16384, selected = 1000 }
        forest.num-trees = 8
        train {
          cross-validation { folds = 2, grid { max-depth = [3, 5] } }
          golden-documents = 4
          partitions = 3
          promote = true
        }
        """
            .formatted(SubmitScript.home().resolve("conf/labels/specialties.conf")));
  }

  /** A copy of a whole warehouse. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
