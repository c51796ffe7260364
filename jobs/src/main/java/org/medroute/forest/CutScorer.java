package org.medroute.forest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Class probabilities of rows by many cuts of one grown forest at once: a row's values are binned
 * once, each tree is walked once for each depth, and the votes after so many trees are those of the
 * smaller forests. The probabilities are those of the cut models, bit for bit.
 *
 * <p>Sends the trees out once a depth, about 20 bytes a node; close it when the scored rows have
 * been read.
 */
public final class CutScorer implements AutoCloseable {
  /**
   * The size of a forest of the grid.
   *
   * @param numTrees first trees of the grown forest, at least 1
   * @param maxDepth at most the depth that was grown
   */
  public record Cut(int numTrees, int maxDepth) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Trees cut at one depth, and which cuts have it. */
  private record Depth(PackedTree[] trees, int[] numTrees, int[] cuts) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private record Sent(FeatureBins bins, Depth[] depths, int cuts) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final Broadcast<Sent> sent;

  /** Cuts of a forest; each must be one that {@link DeepForest#cut} allows. */
  CutScorer(
      SparkSession spark, FeatureBins bins, PackedTree[] trees, int grownDepth, List<Cut> cuts) {
    List<Depth> depths = new ArrayList<>();
    for (int depth : new TreeSet<>(cuts.stream().map(Cut::maxDepth).toList())) {
      int[] at =
          IntStream.range(0, cuts.size()).filter(i -> cuts.get(i).maxDepth() == depth).toArray();
      int[] numTrees = Arrays.stream(at).map(i -> cuts.get(i).numTrees()).toArray();
      int most = Arrays.stream(numTrees).max().orElse(0);
      PackedTree[] cut = new PackedTree[most];
      Arrays.setAll(cut, t -> depth < grownDepth ? trees[t].cut(depth) : trees[t]);
      depths.add(new Depth(cut, numTrees, at));
    }
    this.sent =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new Sent(bins, depths.toArray(Depth[]::new), cuts.size()));
  }

  /**
   * One row for each row and cut: the kept columns, the index of the cut and its probabilities.
   * Lazy; one narrow pass when read.
   *
   * @param features column of vectors
   * @param kept columns that pass through
   * @param cut output column, int
   * @param probabilities output column, array of double
   */
  public Dataset<Row> score(
      Dataset<Row> rows, String features, List<String> kept, String cut, String probabilities) {
    StructType schema = new StructType();
    List<Column> columns = new ArrayList<>();
    for (String name : kept) {
      schema = schema.add(rows.schema().apply(name));
      columns.add(rows.col(name));
    }
    columns.add(rows.col(features));
    schema =
        schema
            .add(cut, DataTypes.IntegerType, false)
            .add(probabilities, DataTypes.createArrayType(DataTypes.DoubleType, false), false);
    Broadcast<Sent> shared = sent;
    int width = kept.size();
    return rows.select(columns.toArray(new Column[0]))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) some -> new Scoring(shared.value(), some, width),
            Encoders.row(schema));
  }

  @Override
  public void close() {
    sent.destroy();
  }

  /** Scores the rows of a partition. */
  private static final class Scoring implements Iterator<Row> {
    private final Sent sent;
    private final Iterator<Row> rows;
    private final int width;
    private final char[] rowBins;
    private final long[] masses;
    private final double[] votes;
    private final double[][] probabilities;
    private Object[] kept = new Object[0];
    private int next;

    Scoring(Sent sent, Iterator<Row> rows, int width) {
      this.sent = sent;
      this.rows = rows;
      this.width = width;
      this.rowBins = sent.bins().zeroes();
      int classes = sent.depths()[0].trees()[0].classes();
      this.masses = new long[classes];
      this.votes = new double[classes];
      this.probabilities = new double[sent.cuts()][];
      this.next = sent.cuts();
    }

    @Override
    public boolean hasNext() {
      return next < sent.cuts() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (next == sent.cuts()) {
        Row row = rows.next();
        kept = new Object[width];
        Arrays.setAll(kept, row::get);
        score(row.getAs(width));
        next = 0;
      }
      Object[] values = Arrays.copyOf(kept, width + 2);
      values[width] = next;
      values[width + 1] = probabilities[next];
      next++;
      return RowFactory.create(values);
    }

    private void score(Vector features) {
      SparseVector sparse = features.toSparse();
      int[] indices = sparse.indices();
      for (int i = 0; i < indices.length; i++) {
        rowBins[indices[i]] = (char) sent.bins().bin(indices[i], sparse.values()[i]);
      }
      for (Depth depth : sent.depths()) {
        Arrays.fill(votes, 0);
        for (int tree = 0; tree < depth.trees().length; tree++) {
          vote(depth.trees()[tree]);
          for (int i = 0; i < depth.cuts().length; i++) {
            if (depth.numTrees()[i] == tree + 1) {
              probabilities[depth.cuts()[i]] = normalised();
            }
          }
        }
      }
      for (int feature : indices) {
        rowBins[feature] = (char) sent.bins().zeroBin(feature);
      }
    }

    private void vote(PackedTree tree) {
      double total = tree.votes(tree.leaf(rowBins), masses);
      if (total != 0) {
        for (int c = 0; c < votes.length; c++) {
          votes[c] += masses[c] / total;
        }
      }
    }

    private double[] normalised() {
      double sum = 0;
      for (double vote : votes) {
        sum += vote;
      }
      double[] shares = votes.clone();
      if (sum != 0) {
        for (int c = 0; c < shares.length; c++) {
          shares[c] /= sum;
        }
      }
      return shares;
    }
  }
}
