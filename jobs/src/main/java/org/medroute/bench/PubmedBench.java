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
 * Whole ingests of two sizes and a scoring, from which all of PubMed is extrapolated: what the
 * larger ingest takes longer than the smaller one, so that the start of a run counts once.
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
    double smallSeconds = ingest(pool, small).seconds();
    Ingested ingested = ingest(pool, large);
    double slope = (ingested.seconds() - smallSeconds) / (large - small);
    bench.progress().step("score what was ingested", 0, 0);
    double scored;
    try (DocumentScorer scorer =
        new CompiledDocuments(bench.spark(), bench.model().compiled(), 0)) {
      scored =
          Samples.time(
              () ->
                  new Scoring(ingested.warehouse(), bench.commit(), bench.progress()).run(scorer));
    }
    // a difference of two short runs may say nothing: then the larger one is taken whole
    double perDocument = (slope > 0 ? slope : ingested.seconds() / large) + scored / large;
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
                "pubmed_hours: ingest took %.1f s for %,d and %.1f s for %,d citations, scoring the latter"
                    + " %.1f s; what the larger ingest took longer is extrapolated, %s.",
                smallSeconds,
                small,
                ingested.seconds(),
                large,
                scored,
                large >= 1_000_000
                    ? "from a million citations"
                    : "from fewer than the million that the target names"));
  }

  /** What an ingest took and left. */
  private record Ingested(double seconds, Warehouse warehouse) {}

  private Ingested ingest(ArticlePool pool, int documents) {
    String stage = String.format(Locale.ROOT, "ingest %,d citations", documents);
    bench.progress().step(stage, 0, 0);
    Path directory = bench.work().resolve("pubmed-" + documents);
    int count = Math.max(2 * bench.cores(), (documents + MOST_A_FILE - 1) / MOST_A_FILE);
    pool.write(directory, documents, count);
    Warehouse warehouse = new Warehouse(bench.spark(), directory.resolve("warehouse").toString());
    double seconds =
        Samples.time(
            () ->
                new Ingest(warehouse, bench.commit(), bench.progress(), bench.corpus().ingest())
                    .run(IngestRequest.pubmed(directory + "/*.xml.gz")));
    return new Ingested(seconds, warehouse);
  }
}
