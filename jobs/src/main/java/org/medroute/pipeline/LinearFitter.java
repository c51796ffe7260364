package org.medroute.pipeline;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.medroute.config.LinearSettings;
import org.medroute.linear.ClassFit;
import org.medroute.linear.LinearText;
import org.medroute.linear.LinearTrainingSet;
import org.medroute.linear.TermRow;
import org.medroute.linear.Thesaurus;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.text.TokenOptions;
import scala.Tuple2;

/**
 * Fits a linear model: executors count the terms of the texts, the driver makes the training set of
 * them, and each class is a task over the broadcast set.
 *
 * <p>The same documents give the same model, whatever their order and partitioning. Memory: see
 * {@link LinearTrainingSet}, on the driver and on each executor; more documents than {@code
 * linear.max-rows} are sampled down to it by a hash of their ids.
 */
public final class LinearFitter {
  private LinearFitter() {}

  /**
   * A fitted model and what was seen.
   *
   * @param line for the terminal
   */
  public record Fitted(LinearText model, String line) {}

  /**
   * @param rows document_id, text, labels, weight; see {@link #ofOneClass}
   */
  public static Fitted fit(
      Dataset<Row> rows, int classes, TokenOptions options, LinearSettings settings) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    ThesaurusFile.Read read = ThesaurusFile.read(rows.sparkSession(), settings.thesaurus());
    Thesaurus thesaurus = read.thesaurus(options);
    Broadcast<Thesaurus> names = context.broadcast(thesaurus);
    Map<Integer, String> words = new HashMap<>();
    List<TermRow> collected = new ArrayList<>();
    long all = rows.count();
    for (Tuple2<List<TermRow>, Map<Integer, String>> part :
        sampled(rows, all, settings.maxRows())
            .toJavaRDD()
            .mapPartitions(texts -> List.of(count(texts, options, names.value())).iterator())
            .collect()) {
      collected.addAll(part._1());
      part._2().forEach((hash, word) -> keep(words, hash, word));
    }
    LinearTrainingSet set =
        LinearTrainingSet.of(collected, words, classes, options, thesaurus, settings);
    Broadcast<LinearTrainingSet> shared = context.broadcast(set);
    try {
      List<ClassFit> fits =
          new ArrayList<>(
              context
                  .parallelize(IntStream.range(0, classes).boxed().toList(), classes)
                  .map(label -> ClassFit.of(shared.value(), label))
                  .collect());
      fits.sort(Comparator.comparingInt(ClassFit::label));
      String line = set.describe();
      if (set.size() < all) {
        line += String.format(" (a sample of %,d: linear.max-rows)", all);
      }
      line += read.note(thesaurus);
      return new Fitted(LinearText.of(set, fits), line);
    } finally {
      shared.destroy();
      names.destroy();
    }
  }

  /** Adds the column labels to rows that have one label each. */
  public static Dataset<Row> ofOneClass(Dataset<Row> rows) {
    return rows.withColumn(Frames.LABELS, array(col(Frames.LABEL).cast(DataTypes.IntegerType)));
  }

  private static Dataset<Row> sampled(Dataset<Row> rows, long all, int most) {
    Dataset<Row> read =
        rows.select(Documents.DOCUMENT_ID, Frames.LABELS, Frames.WEIGHT, Frames.TEXT);
    return all <= most
        ? read
        : read.orderBy(xxhash64(col(Documents.DOCUMENT_ID)), col(Documents.DOCUMENT_ID))
            .limit(most);
  }

  private static Tuple2<List<TermRow>, Map<Integer, String>> count(
      Iterator<Row> texts, TokenOptions options, Thesaurus thesaurus) {
    Map<Integer, String> words = new HashMap<>();
    TermRow.Maker maker =
        new TermRow.Maker(options, thesaurus, (word, hash) -> keep(words, hash, word));
    List<TermRow> rows = new ArrayList<>();
    while (texts.hasNext()) {
      Row row = texts.next();
      rows.add(
          maker.row(
              row.getString(0),
              row.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray(),
              row.getDouble(2),
              row.getString(3)));
    }
    return new Tuple2<>(rows, words);
  }

  /** Of two words with one hash the first in order: which was met first must not matter. */
  private static void keep(Map<Integer, String> words, Integer hash, String word) {
    words.merge(hash, word, (one, other) -> one.compareTo(other) <= 0 ? one : other);
  }
}
