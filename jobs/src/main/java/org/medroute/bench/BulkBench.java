package org.medroute.bench;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.BenchSettings;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.pipeline.CompiledDocuments;
import org.medroute.pipeline.DocumentScorer;
import org.medroute.scoring.Scoring;
import org.medroute.table.Columns;
import org.medroute.table.Documents;
import org.medroute.table.Scores;

/**
 * Scoring from table to table as the job does it, its counts and checks included, against reading
 * the same texts and writing rows of the same columns whose values come from a hash of the text.
 */
final class BulkBench {
  private static final int PARTITIONS = 8;
  private static final double LONGS = 0x1p63;

  private final Bench bench;

  BulkBench(Bench bench) {
    this.bench = bench;
  }

  void run() {
    BenchSettings.Sizes sizes = bench.settings().sizes();
    Path root = bench.work().resolve("bulk");
    Warehouse source = new Warehouse(bench.spark(), root.resolve("source").toString());
    bench.progress().step("copy documents to score in bulk", 0, 0);
    Dataset<Row> documents =
        BenchCorpus.atLeast(bench.corpus().warehouse().read(Documents.TABLE), sizes.bulkDocuments())
            .repartition(PARTITIONS, col(Documents.DOCUMENT_ID));
    source.append(Documents.TABLE, documents, UnitOfWork.ofRun(bench.commit(), "bulk documents"));
    long n = source.read(Documents.TABLE).count();
    int rounds = Math.max(1, sizes.rounds() - 1);
    try (DocumentScorer scorer =
        new CompiledDocuments(bench.spark(), bench.model().compiled(), 0)) {
      Samples[] samples =
          Samples.inTurn(
              new int[] {rounds, rounds},
              round -> bench.progress().step("score from table to table", round, rounds),
              round -> score(scorer, source, root.resolve("scored-" + round)),
              round -> copy(source, root.resolve("copied-" + round)));
      bench.rate(
          "score_vs_copy",
          String.format(Locale.ROOT, "%,d documents from Delta to Delta", n),
          "the same read and write without a model",
          "documents/s",
          samples[0].per(n),
          samples[1].per(n),
          0.5);
    }
  }

  private double score(DocumentScorer scorer, Warehouse source, Path target) {
    Warehouse warehouse = linked(source, target);
    return Samples.time(() -> new Scoring(warehouse, bench.commit(), bench.progress()).run(scorer));
  }

  private double copy(Warehouse source, Path target) {
    Warehouse warehouse = linked(source, target);
    return Samples.time(
        () ->
            warehouse.append(
                Scores.TABLE,
                warehouse.read(Documents.TABLE).select(columns()),
                UnitOfWork.ofRun(bench.commit(), "copy " + target.getFileName())));
  }

  private Column[] columns() {
    List<String> names = bench.corpus().plan().classes().names();
    Column texts =
        xxhash64(
            col(Documents.TITLE),
            col(Documents.ABSTRACT_SECTIONS).getField(Columns.TEXT),
            col(Documents.TEXT_LANGUAGE));
    Column[] classes = names.stream().map(name -> lit(name)).toArray(Column[]::new);
    Column specialty =
        element_at(array(classes), pmod(texts, lit(classes.length)).plus(1).cast("int"));
    Column[] shares =
        IntStream.range(0, classes.length)
            .mapToObj(c -> share(texts, c + 1))
            .toArray(Column[]::new);
    Column[] columns = new Column[Scores.SCHEMA.size()];
    for (int i = 0; i < columns.length; i++) {
      String name = Scores.SCHEMA.fields()[i].name();
      columns[i] =
          (switch (name) {
                case Scores.DOCUMENT_ID, Scores.TEXT_HASH -> col(name);
                case Scores.SPECIALTY -> specialty;
                case Scores.RAW_PROBABILITY, Scores.CONFIDENCE -> share(texts, 0);
                case Scores.PROBABILITIES -> map_from_arrays(array(classes), array(shares));
                case Scores.REASON ->
                    concat_ws(" ", round(share(texts, 0), 2), lit("< cut-off of"), specialty);
                case Scores.EVIDENCE -> lit(null).cast(Scores.SCHEMA.fields()[i].dataType());
                case Scores.SCORED_AT -> current_timestamp();
                case Scores.RUN_ID -> lit(bench.commit().runId());
                default -> lit("same");
              })
              .as(name);
    }
    return columns;
  }

  private static Column share(Column texts, int salt) {
    return abs(xxhash64(texts, lit(salt)).cast("double")).divide(LONGS);
  }

  private static String local(String path) {
    return path.replaceFirst("^file:/*", "/");
  }

  /** A warehouse with the same documents, whose log Delta has not read yet. */
  private Warehouse linked(Warehouse source, Path target) {
    link(Path.of(local(source.path(Documents.TABLE))), target.resolve(Documents.TABLE.name()));
    return new Warehouse(bench.spark(), target.toString());
  }

  /** The same table at another place, without a second copy of its bytes. */
  private static void link(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.createLink(target, path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
