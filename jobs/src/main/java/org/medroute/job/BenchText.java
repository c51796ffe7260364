package org.medroute.job;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medroute.bench.BenchCorpus;
import org.medroute.bench.BenchTasks;
import org.medroute.config.BenchSettings;
import org.medroute.config.ForestSettings;
import org.medroute.config.IngestSettings;
import org.medroute.config.LabelSettings;
import org.medroute.config.Settings;
import org.medroute.config.SettingsLoader;
import org.medroute.delta.Warehouse;
import org.medroute.pipeline.LabelledDocuments;
import org.medroute.training.TrainingPlan;

/**
 * Prepares the text of a benchmark: the real one where there is some, else the samples; ingested
 * and labelled in a warehouse of its own.
 */
final class BenchText implements BenchTasks {
  private static final String OHSUMED = "ohsumed.jsonl.gz";
  private static final String S6 = "s6";
  private static final String CITATIONS = "citations.jsonl.gz";
  private static final String MESH = "mesh-trees-2022.tsv.gz";
  private static final String PUBMED = "pubmed-xml";

  private final Run run;
  private final BenchSettings settings;
  private final Path data;
  private final Path samples;
  private final Path configurations;
  private final Warehouse warehouse;

  /**
   * @param placed settings with absolute paths
   * @param work an existing directory
   */
  BenchText(Run run, BenchSettings placed, Path work) {
    this.run = run;
    this.settings = placed;
    this.data = Path.of(Warehouses.absolute(run.settings().text("data")));
    this.samples = Path.of(placed.samples());
    this.configurations = Path.of(placed.configurations());
    this.warehouse = new Warehouse(run.spark(), work.resolve("corpus").toString());
  }

  /** Ingests, labels and pins it. */
  BenchCorpus prepare() {
    boolean real = hasOhsumed();
    boolean further =
        real
            && Files.isRegularFile(data.resolve(CITATIONS))
            && Files.isRegularFile(data.resolve(MESH));
    boolean files = Files.isDirectory(data.resolve(PUBMED));
    Settings text = (real ? ohsumed(S6) : synthetic()).load();
    TrainingPlan plan = TrainingPlan.from(text, LabelSettings.from(text).classes());
    LabelledDocuments labelled = labelled(text, plan);
    Optional<LabelledDocuments> others =
        further ? Optional.of(labelled(citations().load(), plan)) : Optional.empty();
    String name =
        (real ? "OHSUMED, task S6, official split" : "synthetic samples, all of them train")
            + (further ? "; PubMed citations labelled by MeSH for larger forests" : "")
            + (files ? "; PubMed files: real" : "; PubMed files: synthetic samples");
    return new BenchCorpus(
        name,
        warehouse,
        labelled,
        others,
        plan,
        ForestSettings.from(
            (real ? ohsumed(S6) : synthetic()).set("forest.implementation=mllib").load()),
        IngestSettings.from(text.section("ingest")),
        xml());
  }

  @Override
  public Optional<BenchCorpus> open(String task) {
    if (!hasOhsumed()) {
      return Optional.empty();
    }
    Settings text = ohsumed(task).load();
    TrainingPlan plan = TrainingPlan.from(text, LabelSettings.from(text).classes());
    return Optional.of(
        new BenchCorpus(
            "OHSUMED, task " + task.toUpperCase(Locale.ROOT) + ", official split",
            warehouse,
            labelled(text, plan),
            Optional.empty(),
            plan,
            ForestSettings.from(ohsumed(task).set("forest.implementation=mllib").load()),
            IngestSettings.from(text.section("ingest")),
            xml()));
  }

  @Override
  public String source() {
    return OHSUMED + " of MEDROUTE_DATA";
  }

  private boolean hasOhsumed() {
    return Files.isRegularFile(data.resolve(OHSUMED));
  }

  private Path xml() {
    return Files.isDirectory(data.resolve(PUBMED)) ? data.resolve(PUBMED) : samples;
  }

  /**
   * The documents and labels of an experiment, under a forest and features that every contender
   * has: of words and pairs, since no peer reads a thesaurus.
   */
  private SettingsLoader ohsumed(String task) {
    return loader("experiments/" + task + ".conf")
        .set(inputs(data.resolve(OHSUMED)))
        .set("features.selected=10000")
        .set("features.thesaurus=\"\"")
        .set("features.heading-words=false")
        .set("forest.splitter=best")
        .set("forest.bootstrap=true")
        .set("forest.min-instances-per-node=1")
        .set("forest.max-bins=32")
        .set("forest.feature-subset=sqrt");
  }

  private SettingsLoader citations() {
    return loader("experiments/mesh-time.conf")
        .set(inputs(data.resolve(CITATIONS)))
        .literal("labels.mesh.trees", data.resolve(MESH).toString())
        .literal("labels.where", "source = 'citations'");
  }

  private SettingsLoader synthetic() {
    return loader("labels/specialties.conf")
        .file(configurations.resolve("demo.conf"))
        .literal("labels.mesh.trees", configurations.resolve("labels/mesh-sample.tsv").toString())
        .set(inputs(samples.resolve("*.xml.gz")))
        .set("train.split.kind=none");
  }

  private SettingsLoader loader(String overlay) {
    return SettingsLoader.withDefaults()
        .file(configurations.resolve(overlay))
        .literal("labels.journals", configurations.resolve("labels/journals.tsv").toString())
        .literal("ingest.md5", "ignore")
        .set("forest.implementation=sparse")
        .set("forest.plan=auto")
        .set("forest.num-trees=" + settings.trees())
        .set("forest.max-depth=" + settings.depth())
        .set("forest.seed=" + settings.seed());
  }

  private static String inputs(Path path) {
    return "ingest.inputs=[\"" + path + "\"]";
  }

  private LabelledDocuments labelled(Settings text, TrainingPlan plan) {
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Run inner =
        new Run(run.runId(), text, run.spark(), warehouse, run.commit(), run.progress(), silent);
    done(inner, new IngestJob());
    done(inner, new LabelJob());
    return LabelledDocuments.pin(
        warehouse, text.text("labels.set"), plan.classes(), plan.routing().languages());
  }

  private static <C> void done(Run run, Job<C> job) {
    Outcome outcome = job.run(run, job.configure(run.settings(), List.of()));
    if (outcome.verdict() != Outcome.Verdict.DONE) {
      throw new IllegalStateException(
          job.name() + " of the text " + outcome.verdict().word() + ": " + outcome.message());
    }
  }
}
