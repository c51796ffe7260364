package org.medroute.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.medroute.config.BenchSettings;
import org.medroute.delta.Warehouse;
import org.medroute.ingest.Ingest;
import org.medroute.ingest.IngestRequest;
import org.medroute.pipeline.CompiledDocuments;
import org.medroute.pipeline.DocumentScorer;
import org.medroute.scoring.Scoring;

/**
 * Ingest and scoring of two numbers of citations, from which all of PubMed is extrapolated: what
 * the larger number takes longer than the smaller one, so that the start of a run counts once.
 */
final class PubmedBench {
  private static final double CITATIONS_OF_PUBMED = 38e6;
  private static final int MOST_A_FILE = 30_000;

  private final Bench bench;

  PubmedBench(Bench bench) {
    this.bench = bench;
  }

  void run() {
    ArticlePool pool = bench.articles();
    BenchSettings.Sizes sizes = bench.settings().sizes();
    int small = sizes.ingestDocuments().get(0);
    int large = sizes.ingestDocuments().get(1);
    // warm: the virtual machine compiles before anything counts
    flow(pool, small, "warm");
    Flow little = flow(pool, small, "small");
    Flow much = flow(pool, large, "large");
    double slope = (much.seconds() - little.seconds()) / (large - small);
    // a difference of two short runs may say nothing: then the larger one is taken whole
    double perDocument = slope > 0 ? slope : much.seconds() / large;
    double hours = CITATIONS_OF_PUBMED * perDocument / 3600;
    bench
        .result()
        .add(
            new Measure(
                "pubmed_hours",
                String.format(
                    Locale.ROOT, "38 million citations to scores, from %,d and %,d", small, large),
                "one night",
                "h",
                Samples.number(hours),
                "-",
                hours,
                Measure.Target.atMost(2),
                Measure.Standing.KEY));
    bench
        .result()
        .note(
            String.format(
                Locale.ROOT,
                "pubmed_hours: %,d citations took %.1f s to ingest and %.1f s to score, %,d took %.1f s and %.1f s;"
                    + " what the larger number took longer is extrapolated, %s.",
                small,
                little.ingest(),
                little.score(),
                large,
                much.ingest(),
                much.score(),
                large >= 1_000_000
                    ? "from a million citations"
                    : "from fewer than the million that the target names"));
  }

  /** Seconds of an ingest and of the scoring of what it brought. */
  private record Flow(double ingest, double score) {
    double seconds() {
      return ingest + score;
    }
  }

  private Flow flow(ArticlePool pool, int documents, String name) {
    Path directory = bench.work().resolve("pubmed-" + name);
    int count = Math.max(2 * bench.cores(), (documents + MOST_A_FILE - 1) / MOST_A_FILE);
    bench.progress().step("write PubMed files", 0, 0);
    pool.write(directory, documents, count);
    Warehouse warehouse = new Warehouse(bench.spark(), directory.resolve("warehouse").toString());
    bench.progress().step(String.format(Locale.ROOT, "ingest %,d citations", documents), 0, 0);
    double ingest =
        Samples.time(
            () ->
                new Ingest(warehouse, bench.commit(), bench.progress(), bench.corpus().ingest())
                    .run(IngestRequest.pubmed(directory + "/*.xml.gz")));
    bench.progress().step(String.format(Locale.ROOT, "score %,d citations", documents), 0, 0);
    try (DocumentScorer scorer =
        new CompiledDocuments(bench.spark(), bench.model().compiled(), 0)) {
      return new Flow(
          ingest,
          Samples.time(() -> new Scoring(warehouse, bench.commit(), bench.progress()).run(scorer)));
    }
  }
}
