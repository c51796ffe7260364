package org.medroute.feature;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.ChiSqSelectorModel;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDFModel;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.FeatureSettings;
import org.medroute.linear.DocumentTerms;
import org.medroute.table.ModelColumns;
import org.medroute.text.TermHash;
import org.medroute.text.TokenOptions;

/**
 * Fits the features of a training set: {@link BiomedicalTokens}, HashingTF, ChiSqSelectorModel,
 * IDFModel, all but the first Spark's own classes.
 *
 * <p>MLlib would fit them by three jobs over ever wider rows. Selection and weights need nothing
 * but the number of documents of each class that hold each bucket, so one pass over the text counts
 * just that: executors tokenise, hash and count ({@link BucketCounts}, whose memory bound holds for
 * each task and for the driver), a tree of merges brings the counts to the driver, which ranks the
 * buckets ({@link ChiSquaredSelection}) and computes the weights. No term is kept and no vector is
 * built. The weights are those of Spark's IDF fitted with the same minimum of documents behind the
 * selection: log((documents + 1) / (documents of the bucket + 1)).
 *
 * <p>The same documents give the same stages, bit for bit, whatever their order and partitioning.
 * Stages have fixed uids, so that models can be compared by content.
 */
public final class FeatureFitter {
  public static final String TOKENS_UID = "tokens";
  public static final String HASHING_UID = "hashing";
  public static final String SELECTION_UID = "selection";
  public static final String WEIGHTING_UID = "idf";

  private final FeatureSettings settings;

  private final DocumentTerms further;

  /** For words and pairs alone. */
  public FeatureFitter(FeatureSettings settings) {
    this(settings, DocumentTerms.NONE);
  }

  /**
   * @param further what a document holds beside words and pairs
   */
  public FeatureFitter(FeatureSettings settings, DocumentTerms further) {
    this.settings = settings;
    this.further = further;
  }

  /** What the settings cut texts into. */
  public static TokenOptions tokenOptions(FeatureSettings settings) {
    return TokenOptions.of(
        settings.minTokenLength(), settings.maxNgram(), settings.extraStopWords());
  }

  /**
   * Fits on every row of a training set; one job.
   *
   * @param texts columns text (string, null counts as empty) and label (double, a whole number from
   *     0 until {@code classes}); others are not read
   * @param classes number of classes, whether or not each has a document
   * @throws IllegalArgumentException if there is no row, or no bucket is in enough documents
   * @throws org.apache.spark.SparkException if a label is null or no class index
   */
  public FittedFeatures fit(Dataset<?> texts, int classes) {
    BucketCounts counts = count(texts, classes);
    if (counts.documents() == 0) {
      throw new IllegalArgumentException("Features cannot be fitted: there is no document");
    }
    ChiSquaredSelection selection =
        ChiSquaredSelection.of(
            counts, settings.numBuckets(), settings.selected(), settings.minDocFreq());
    int[] selected = selection.buckets();
    if (selected.length == 0) {
      throw new IllegalArgumentException(
          "Features cannot be fitted: of %,d documents no term is in %,d or more"
                  .formatted(counts.documents(), settings.minDocFreq())
              + " (features.min-doc-freq); check that the text column is filled");
    }
    return new FittedFeatures(
        tokens(),
        hashing(),
        selector(selected),
        weighting(counts, selected),
        report(counts, selection));
  }

  private BucketCounts count(Dataset<?> texts, int classes) {
    Broadcast<DocumentTerms> shared =
        JavaSparkContext.fromSparkContext(texts.sparkSession().sparkContext()).broadcast(further);
    CountBuckets count =
        new CountBuckets(tokenOptions(settings), shared, settings.numBuckets(), classes);
    try {
      return texts
          .select(ModelColumns.TEXT, ModelColumns.LABEL)
          .toJavaRDD()
          .mapPartitions(count::of)
          .treeAggregate(new BucketCounts(classes), BucketCounts::merge, BucketCounts::merge);
    } finally {
      shared.destroy();
    }
  }

  private BiomedicalTokens tokens() {
    return new BiomedicalTokens(TOKENS_UID)
        .setInputCol(ModelColumns.TEXT)
        .setOutputCol(ModelColumns.TOKENS)
        .setOptions(tokenOptions(settings))
        .setDocumentTerms(further);
  }

  private HashingTF hashing() {
    return new HashingTF(HASHING_UID)
        .setInputCol(ModelColumns.TOKENS)
        .setOutputCol(ModelColumns.BUCKET_COUNTS)
        .setNumFeatures(settings.numBuckets());
  }

  private ChiSqSelectorModel selector(int[] selected) {
    ChiSqSelectorModel model = new ChiSqSelectorModel(SELECTION_UID, selected);
    model.set("numTopFeatures", settings.selected());
    return model
        .setFeaturesCol(ModelColumns.BUCKET_COUNTS)
        .setOutputCol(ModelColumns.SELECTED_COUNTS);
  }

  private IDFModel weighting(BucketCounts counts, int[] selected) {
    long documents = counts.documents();
    long[] frequencies = new long[selected.length];
    double[] weights = new double[selected.length];
    for (int feature = 0; feature < selected.length; feature++) {
      int row = counts.row(selected[feature]);
      frequencies[feature] = row < 0 ? 0 : counts.documentFrequency(row);
      // Math.log as in Spark's IDF, to whose weights these are equal.
      weights[feature] =
          frequencies[feature] >= settings.minDocFreq()
              ? Math.log((documents + 1.0) / (frequencies[feature] + 1.0))
              : 0;
    }
    IDFModel model =
        new IDFModel(
            WEIGHTING_UID,
            new org.apache.spark.mllib.feature.IDFModel(
                Vectors.dense(weights), frequencies, documents));
    model.set("minDocFreq", settings.minDocFreq());
    return model.setInputCol(ModelColumns.SELECTED_COUNTS).setOutputCol(ModelColumns.FEATURES);
  }

  private SelectionReport report(BucketCounts counts, ChiSquaredSelection selection) {
    int[] selected = selection.buckets();
    int colliding =
        (int)
            Arrays.stream(selected)
                .map(counts::row)
                .filter(row -> row >= 0 && counts.isColliding(row))
                .count();
    return new SelectionReport(
        counts.documents(),
        settings.numBuckets(),
        counts.rows(),
        selection.candidates(),
        selected.length,
        colliding);
  }

  /** Counts the documents of one partition. */
  private record CountBuckets(
      TokenOptions options, Broadcast<DocumentTerms> further, int buckets, int classes)
      implements Serializable {

    Iterator<BucketCounts> of(Iterator<Row> rows) {
      DocumentTokens tokens = new DocumentTokens(options, further.value());
      BucketCounts counts = new BucketCounts(classes);
      while (rows.hasNext()) {
        Row row = rows.next();
        counts.startDocument(label(row));
        if (!row.isNullAt(0)) {
          tokens.tokenize(
              row.getString(0),
              (letters, length) ->
                  counts.add(
                      TermHash.bucket(letters, length, buckets),
                      TermHash.fingerprint(letters, length)));
        }
      }
      return List.of(counts).iterator();
    }

    private int label(Row row) {
      double label = row.isNullAt(1) ? Double.NaN : row.getDouble(1);
      if (label != Math.rint(label) || !(label >= 0) || label >= classes) {
        throw new IllegalArgumentException(
            "Label "
                + (row.isNullAt(1) ? "null" : label)
                + " is no class index: "
                + classes
                + " classes are numbered from 0");
      }
      return (int) label;
    }
  }
}
