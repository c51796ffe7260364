package org.medroute.bench;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.BenchSettings;
import org.medroute.metrics.TextState;
import org.medroute.pipeline.CompiledDocuments;
import org.medroute.pipeline.CompiledModel;
import org.medroute.pipeline.DocumentScorer;
import org.medroute.pipeline.StagedDocuments;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * From text to class, probability and route, in documents a second and core: the compiled model
 * against its own stages inside Spark, and without Spark on one thread against scikit-learn and
 * fastText, which give no route and read texts that are already in memory (fastText's: already
 * lower-case words on one line, and its time is that of the process less that of a process for one
 * text). Then from table to table.
 */
final class ScoringBench {
  private static final String UNIT = "documents/s and core";

  private final Bench bench;

  ScoringBench(Bench bench) {
    this.bench = bench;
  }

  void run() {
    stages();
    List<String> texts = texts();
    outside(texts);
    new BulkBench(bench).run();
  }

  private void stages() {
    BenchSettings.Sizes sizes = bench.settings().sizes();
    Dataset<Row> documents =
        BenchCorpus.atLeast(
                bench
                    .corpus()
                    .warehouse()
                    .read(Documents.TABLE)
                    .select(
                        Documents.DOCUMENT_ID,
                        Documents.TEXT_HASH,
                        Documents.TITLE,
                        Documents.ABSTRACT_SECTIONS,
                        Documents.TEXT_LANGUAGE),
                sizes.documents())
            .repartition(2 * bench.cores(), col(Documents.DOCUMENT_ID))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try (DocumentScorer compiled =
            new CompiledDocuments(bench.spark(), bench.model().compiled(), 0);
        DocumentScorer staged = new StagedDocuments(bench.model().staged())) {
      long n = documents.count();
      // both warm: the virtual machine compiles before anything counts
      score(staged, documents);
      score(compiled, documents);
      score(compiled, documents);
      Samples[] samples =
          Samples.inTurn(
              new int[] {sizes.rounds(), sizes.rounds()},
              round -> bench.progress().step("score by stages", round, sizes.rounds()),
              round -> score(compiled, documents),
              round -> score(staged, documents));
      double each = (double) n / bench.cores();
      bench.rate(
          "score_vs_stages",
          String.format(Locale.ROOT, "%,d texts to class and route in Spark", n),
          "PipelineModel.transform",
          UNIT,
          samples[0].per(each),
          samples[1].per(each),
          10);
    } finally {
      documents.unpersist();
    }
  }

  private static double score(DocumentScorer scorer, Dataset<Row> documents) {
    return Samples.time(
        () -> scorer.decisions(documents).write().format("noop").mode("overwrite").save());
  }

  private List<String> texts() {
    List<String> some = new ArrayList<>();
    for (Row row : bench.corpus().test().select(Frames.TEXT).collectAsList()) {
      some.add(row.getString(0));
    }
    bench
        .result()
        .note(
            String.format(
                Locale.ROOT,
                "Scoring: copies of %,d documents of the text (on one thread of its %,d test documents)"
                    + " where more are asked for.",
                bench.corpus().warehouse().read(Documents.TABLE).count(),
                some.size()));
    List<String> texts = new ArrayList<>();
    while (texts.size() < bench.settings().sizes().documents()) {
      texts.addAll(some);
    }
    return texts;
  }

  private void outside(List<String> texts) {
    boolean sklearn = bench.peers().sklearnVersion().isPresent();
    boolean fasttext = bench.peers().fasttextVersion().isPresent();
    int rounds = bench.settings().sizes().rounds();
    bench.progress().step("train the peers on texts", 0, 0);
    PeerTexts peers = new PeerTexts(bench, texts);
    if (sklearn) {
      peers.trainSklearn();
    }
    if (fasttext) {
      peers.trainFasttext();
    }
    scoreAll(texts);
    Samples[] samples =
        Samples.inTurn(
            new int[] {rounds, sklearn ? rounds : 0, fasttext ? rounds : 0},
            round -> bench.progress().step("score texts", round, rounds),
            round -> Samples.time(() -> scoreAll(texts)),
            round -> peers.sklearn(),
            round -> peers.fasttext());
    String what = String.format(Locale.ROOT, "%,d texts to class, one thread", texts.size());
    if (sklearn) {
      bench.rate(
          "score_vs_sklearn",
          what,
          Peers.SKLEARN,
          UNIT,
          samples[0].per(texts.size()),
          samples[1].per(texts.size()),
          3);
    } else {
      bench.result().missing("score_vs_sklearn", what, Peers.SKLEARN);
    }
    if (fasttext) {
      bench.rate(
          "score_vs_fasttext",
          what,
          Peers.FASTTEXT,
          UNIT,
          samples[0].per(texts.size()),
          samples[2].per(texts.size()),
          2);
    } else {
      bench.result().missing("score_vs_fasttext", what, Peers.FASTTEXT);
    }
  }

  private void scoreAll(List<String> texts) {
    CompiledModel.Decider decider = bench.model().compiled().decider();
    for (String text : texts) {
      decider.decide(text, TextState.ENGLISH);
    }
  }
}
