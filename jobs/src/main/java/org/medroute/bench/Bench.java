package org.medroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.BenchSettings;
import org.medroute.config.Progress;
import org.medroute.delta.CommitInfo;

/**
 * One benchmark: what its parts share.
 *
 * <p>Contenders take turns round by round, in one session on one machine; a ratio is of medians.
 * Everything is written below one working directory, which the caller removes.
 */
public final class Bench {
  private final SparkSession spark;
  private final CommitInfo commit;
  private final Progress progress;
  private final BenchSettings settings;
  private final BenchCorpus corpus;
  private final BenchTasks tasks;
  private final Path work;
  private final Peers peers;
  private final BenchResult result = new BenchResult();
  private Optional<BenchModel> model = Optional.empty();
  private Optional<ArticlePool> articles = Optional.empty();

  /**
   * @param tasks further tasks, prepared when a part asks for them
   * @param work an existing local directory
   */
  public Bench(
      SparkSession spark,
      CommitInfo commit,
      Progress progress,
      BenchSettings settings,
      BenchCorpus corpus,
      BenchTasks tasks,
      Path work) {
    this.spark = spark;
    this.commit = commit;
    this.progress = progress;
    this.settings = settings;
    this.corpus = corpus;
    this.tasks = tasks;
    this.work = work;
    progress.step("look for peers", 0, 0);
    this.peers = Peers.find(settings, createDirectory(work.resolve("peers")));
  }

  /** Runs the parts that the settings name. */
  public BenchResult run() {
    describe();
    for (BenchSettings.Part part : BenchSettings.Part.values()) {
      if (settings.parts().contains(part)) {
        long start = System.nanoTime();
        switch (part) {
          case FOREST -> new ForestBench(this).run();
          case CROSS_VALIDATION -> new CrossValidationBench(this).run();
          case SCORING -> new ScoringBench(this).run();
          case INGEST -> new IngestBench(this).run();
          case PUBMED -> new PubmedBench(this).run();
          case FOREST_QUALITY -> new ForestQualityBench(this).run();
        }
        progress.note(
            String.format(
                Locale.ROOT,
                "bench: %s took %.0f s",
                part.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                (System.nanoTime() - start) / 1e9));
      }
    }
    result.environment("load at the end", load());
    return result;
  }

  private void describe() {
    result.environment("date", LocalDate.now(ZoneOffset.UTC).toString());
    result.environment("commit", commit.gitCommit());
    result.environment("form", settings.form().name().toLowerCase(Locale.ROOT));
    result.environment("text", corpus.name());
    result.environment(
        "cores of Spark",
        cores() + " of the machine's " + Runtime.getRuntime().availableProcessors());
    result.environment("heap", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB at most");
    result.environment(
        "Java",
        Runtime.version()
            + " on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch"));
    result.environment("Spark", spark.version());
    result.environment(Peers.SKLEARN, peers.sklearnVersion().orElse("not installed"));
    result.environment(Peers.FASTTEXT, peers.fasttextVersion().orElse("not installed"));
    result.environment("load at the start", load());
  }

  private static String load() {
    return String.format(
        Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  static Measure.Standing standing(boolean forKey) {
    return forKey ? Measure.Standing.KEY : Measure.Standing.FURTHER;
  }

  /** Adds a measure in seconds: how many times faster this project is. */
  void seconds(
      String key,
      String what,
      String peer,
      Samples ours,
      Samples theirs,
      double atLeast,
      boolean stands) {
    result.add(
        new Measure(
            key,
            what,
            peer,
            "s",
            ours.describe(),
            theirs.describe(),
            theirs.median() / ours.median(),
            Measure.Target.atLeast(atLeast),
            standing(stands)));
  }

  /** Adds a measure of rates: how many times the peer's. */
  void rate(
      String key,
      String what,
      String peer,
      String unit,
      Samples ours,
      Samples theirs,
      double atLeast) {
    result.add(
        new Measure(
            key,
            what,
            peer,
            unit,
            ours.describe(),
            theirs.describe(),
            ours.median() / theirs.median(),
            Measure.Target.atLeast(atLeast),
            Measure.Standing.KEY));
  }

  static Path createDirectory(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SparkSession spark() {
    return spark;
  }

  CommitInfo commit() {
    return commit;
  }

  Progress progress() {
    return progress;
  }

  BenchSettings settings() {
    return settings;
  }

  BenchCorpus corpus() {
    return corpus;
  }

  BenchTasks tasks() {
    return tasks;
  }

  Path work() {
    return work;
  }

  Peers peers() {
    return peers;
  }

  BenchResult result() {
    return result;
  }

  /** The model that scores, fitted when it is first asked for. */
  BenchModel model() {
    if (model.isEmpty()) {
      progress.step("fit the model that scores", 0, 0);
      model = Optional.of(BenchModel.fit(this));
    }
    return model.get();
  }

  /** The citations that PubMed files are made of, read when they are first asked for. */
  ArticlePool articles() {
    if (articles.isEmpty()) {
      ArticlePool pool = ArticlePool.read(corpus.xml());
      result.note(
          String.format(
              Locale.ROOT,
              "PubMed files: copies of %,d citations, each with a PMID and an abstract of its own.",
              pool.size()));
      articles = Optional.of(pool);
    }
    return articles.get();
  }

  int cores() {
    return spark.sparkContext().defaultParallelism();
  }
}
