package org.medroute.scoring;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.Progress;
import org.medroute.config.Settings;
import org.medroute.delta.Change;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.Pinned;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.pipeline.DocumentScorer;
import org.medroute.table.Documents;
import org.medroute.table.Scores;

/**
 * Scores what is new, changed or scored by another model, and removes the scores of documents that
 * are gone: afterwards scores holds exactly one row a document.
 *
 * <p>A first run scores everything. After it, what is open is found from ids, hashes and versions
 * alone. Where that is every document, the texts are read once, scored as they pass and written
 * once, without a shuffle and without holding a row; else the open documents are picked by their
 * ids and merged. Memory does not grow with the number of documents.
 */
public final class Scoring {
  /** Open documents up to this number are picked by ids that every task holds. */
  private static final long BROADCAST_IDS = 500_000;

  private static final String ID = "_id";
  private static final String HASH = "_hash";
  private static final String MODEL = "_model";
  private static final String INPUT = "_input";

  private final Warehouse warehouse;
  private final CommitInfo commit;
  private final Progress progress;

  public Scoring(Warehouse warehouse, CommitInfo commit, Progress progress) {
    this.warehouse = warehouse;
    this.commit = commit;
    this.progress = progress;
  }

  /**
   * What a scoring run did.
   *
   * @param routes documents of this run by route
   * @param equations printed, with their verdicts
   */
  public record Result(
      Map<String, String> inputs,
      long total,
      long scored,
      long unchanged,
      long removed,
      long after,
      Map<String, Long> routes,
      List<String> equations,
      double seconds) {}

  /** Scores the documents table as it is now; scores of documents that are gone are removed. */
  public Result run(DocumentScorer scorer) {
    Pinned documents = warehouse.pin(Documents.TABLE);
    return run(
        scorer,
        documents.rows(),
        Documents.TABLE.name(),
        Map.of("documents", String.valueOf(documents.version())));
  }

  /** Scores a mapped table; scores of rows that it no longer has are removed, others stay. */
  public Result run(DocumentScorer scorer, MappedTable table) {
    return run(scorer, table.rows(), table.name(), Map.of(table.name(), "as read"));
  }

  /**
   * How many scores a run is to write and remove, from ids alone.
   *
   * @param open documents without a current score
   * @param fresh open documents without any score
   * @param gone scores of this input whose document is no longer there
   * @param others scores of other inputs
   */
  private record Work(long total, long before, long open, long fresh, long gone, long others) {
    /** Whether nothing of the scores table stays as it is. */
    boolean isAll() {
      return open == total && others == 0;
    }
  }

  private Result run(
      DocumentScorer scorer, Dataset<Row> documents, String input, Map<String, String> inputs) {
    long start = System.nanoTime();
    progress.step("score", 0, 0);
    Work work =
        warehouse.exists(Scores.TABLE)
            ? renew(scorer, documents, input)
            : scoreAll(scorer, documents, input);
    SortedMap<String, Long> routes = new TreeMap<>();
    long after = countRoutes(routes);
    long scored = routes.values().stream().mapToLong(Long::longValue).sum();
    progress.step("score", scored, scored);
    long unchanged = work.total() - scored;
    return new Result(
        inputs,
        work.total(),
        scored,
        unchanged,
        work.gone(),
        after,
        routes,
        List.of(
            equation(
                String.format(
                    "documents %,d = scored %,d + unchanged %,d", work.total(), scored, unchanged),
                scored == work.open()),
            equation(
                String.format(
                    "scores after %,d = before %,d + new %,d - removed %,d",
                    after, work.before(), work.fresh(), work.gone()),
                after == work.before() + work.fresh() - work.gone())),
        (System.nanoTime() - start) / 1e9);
  }

  /** Scores everything: there is no table that could hold a score, nor anything to compare. */
  private Work scoreAll(DocumentScorer scorer, Dataset<Row> documents, String input) {
    long total = documents.count();
    Work work = new Work(total, 0, total, total, 0, 0);
    if (total == 0) {
      warehouse.create(Scores.TABLE, commit);
    } else {
      writeAll(scorer, documents, input, work);
    }
    return work;
  }

  /** Scores what has no score of its present text by this model. */
  private Work renew(DocumentScorer scorer, Dataset<Row> documents, String input) {
    Dataset<Row> existing =
        warehouse
            .pin(Scores.TABLE)
            .rows()
            .select(
                col(Scores.DOCUMENT_ID).as(ID),
                col(Scores.TEXT_HASH).as(HASH),
                col(Scores.MODEL_VERSION).as(MODEL),
                col(Scores.INPUT).as(INPUT));
    Dataset<Row> open = openIds(scorer, documents, existing);
    Dataset<Row> gone = gone(documents, existing, input);
    Work work = plan(documents, existing, open, gone, input);
    if (work.isAll() && work.open() + work.gone() > 0) {
      writeAll(scorer, documents, input, work);
    } else if (work.open() + work.gone() > 0) {
      write(scorer, documents, open, gone, input, work);
    }
    return work;
  }

  /** Ids of the documents that have no score of their present text by this model. */
  private static Dataset<Row> openIds(
      DocumentScorer scorer, Dataset<Row> documents, Dataset<Row> existing) {
    return documents
        .select(Documents.DOCUMENT_ID, Documents.TEXT_HASH)
        .join(
            existing.where(col(MODEL).equalTo(scorer.version())),
            col(Documents.DOCUMENT_ID)
                .equalTo(col(ID))
                .and(col(Documents.TEXT_HASH).equalTo(col(HASH))),
            "left_anti")
        .select(Documents.DOCUMENT_ID);
  }

  private static Dataset<Row> gone(Dataset<Row> documents, Dataset<Row> existing, String input) {
    return existing
        .where(col(INPUT).equalTo(input))
        .join(
            documents.select(Documents.DOCUMENT_ID),
            col(ID).equalTo(col(Documents.DOCUMENT_ID)),
            "left_anti")
        .select(col(ID));
  }

  private static Work plan(
      Dataset<Row> documents,
      Dataset<Row> existing,
      Dataset<Row> open,
      Dataset<Row> gone,
      String input) {
    long total = documents.count();
    long before = existing.count();
    if (before == 0) {
      return new Work(total, 0, total, total, 0, 0);
    }
    return new Work(
        total,
        before,
        open.count(),
        open.join(existing, col(Documents.DOCUMENT_ID).equalTo(col(ID)), "left_anti").count(),
        gone.count(),
        existing.where(col(INPUT).notEqual(input)).count());
  }

  private void write(
      DocumentScorer scorer,
      Dataset<Row> documents,
      Dataset<Row> open,
      Dataset<Row> gone,
      String input,
      Work work) {
    Dataset<Row> picked = open.withColumnRenamed(Documents.DOCUMENT_ID, ID);
    Dataset<Row> texts =
        documents.join(
            work.open() <= BROADCAST_IDS ? broadcast(picked) : picked,
            col(Documents.DOCUMENT_ID).equalTo(col(ID)),
            "left_semi");
    Dataset<Row> changes =
        rows(scorer, texts, input)
            .withColumn(Change.COLUMN, lit(Change.UPSERT.name()))
            .unionByName(
                gone.select(removals()).withColumn(Change.COLUMN, lit(Change.REMOVE.name())));
    warehouse.merge(Scores.TABLE, changes, List.of(), unit(scorer));
  }

  private void writeAll(DocumentScorer scorer, Dataset<Row> documents, String input, Work work) {
    Dataset<Row> scored = rows(scorer, documents, input);
    (work.before() == 0
            ? warehouse.append(Scores.TABLE, scored, unit(scorer))
            : warehouse.overwrite(Scores.TABLE, scored, unit(scorer)))
        .expectRows(work.open());
  }

  private UnitOfWork unit(DocumentScorer scorer) {
    return UnitOfWork.ofRun(
        new CommitInfo(
            commit.runId(),
            commit.job(),
            Optional.of(scorer.version()),
            commit.configHash(),
            commit.gitCommit()),
        "score");
  }

  /** The key of a score, and nothing in its other columns. */
  private static Column[] removals() {
    Column[] columns = new Column[Scores.SCHEMA.size()];
    for (int i = 0; i < columns.length; i++) {
      String name = Scores.SCHEMA.fields()[i].name();
      columns[i] =
          name.equals(Scores.DOCUMENT_ID)
              ? col(ID).as(name)
              : lit(null).cast(Scores.SCHEMA.fields()[i].dataType()).as(name);
    }
    return columns;
  }

  /**
   * Counts what the table holds now, in one pass.
   *
   * @param routes receives the documents by route that this run committed
   * @return rows of all runs
   */
  private long countRoutes(Map<String, Long> routes) {
    long all = 0;
    for (Row row :
        warehouse
            .pin(Scores.TABLE)
            .rows()
            .groupBy(col(Scores.ROUTE), col(Scores.RUN_ID).equalTo(commit.runId()))
            .agg(count(lit(1)))
            .collectAsList()) {
      all += row.getLong(2);
      if (row.getBoolean(1)) {
        routes.put(row.getString(0), row.getLong(2));
      }
    }
    return all;
  }

  /** Rows of the scores table. */
  private Dataset<Row> rows(DocumentScorer scorer, Dataset<Row> documents, String input) {
    Column[] columns = new Column[Scores.SCHEMA.size()];
    for (int i = 0; i < columns.length; i++) {
      String name = Scores.SCHEMA.fields()[i].name();
      columns[i] =
          (switch (name) {
                case Scores.CALIBRATION -> lit(Settings.kebab(scorer.calibration()));
                case Scores.MODEL_VERSION -> lit(scorer.version());
                case Scores.INPUT -> lit(input);
                case Scores.RUN_ID -> lit(commit.runId());
                case Scores.SCORED_AT -> current_timestamp();
                default -> col(name);
              })
              .as(name);
    }
    return scorer.decisions(documents).select(columns);
  }

  private static String equation(String text, boolean holds) {
    return text + (holds ? "  holds" : "  DOES NOT HOLD");
  }
}
