package org.medroute.forest;

import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MetadataUtils;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A random forest classifier for sparse features, such as the words of a text, that returns MLlib's
 * own {@link RandomForestClassificationModel}.
 *
 * <p>MLlib bins and stores every feature of every row. Here only non-zeros are stored (about 3
 * bytes each), the histogram of a feature at a node is made of the node's non-zeros, and zero gets
 * what they leave. Thresholds are found from all non-zero values, not from a sample. The model does
 * not depend on partitions, executors, order of rows or plan; {@link ForestDigest} shows it.
 *
 * <p>Driver side: one job reads the rows and sizes them ({@link ForestPlan}, logged before anything
 * grows). With local trees the binned set comes to the driver and goes out as one broadcast; tasks
 * grow whole trees. With distributed levels it stays on the executors.
 *
 * <p>What bounds the cost: a node costs at most the non-zeros of its sampled features, or of its
 * rows, whichever is less.
 *
 * <p>Errors are IllegalArgumentExceptions that name the parameter: labels that are no class
 * indexes, negative or non-finite weights, NaN or infinite features, nominal features, repeated
 * ids, no rows.
 */
public final class SparseRandomForest extends ForestParams implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** An estimator with a random uid. */
  public SparseRandomForest() {
    this(Identifiable.randomUID("srf"));
  }

  /** An estimator with a given uid, which its models and their trees take over. */
  public SparseRandomForest(String uid) {
    super(uid);
  }

  /** Reads a saved estimator. */
  public static MLReader<SparseRandomForest> read() {
    return new DefaultParamsReadable<SparseRandomForest>() {}.read();
  }

  /** Reads a saved estimator. */
  public static SparseRandomForest load(String path) {
    return read().load(path);
  }

  @Override
  public RandomForestClassificationModel fit(Dataset<?> dataset) {
    return grow(dataset, Estimate.NOTHING).model();
  }

  /** Fits, and estimates the error out of bag: {@link #fit} and one more pass over the rows. */
  public ForestFit train(Dataset<?> dataset) {
    DeepForest forest = grow(dataset, Estimate.OUT_OF_BAG);
    return new ForestFit(forest.model(), forest.plan(), forest.outOfBag(), forest.classCounts());
  }

  /** Grows the forest from which those of a grid are cut; numTrees and maxDepth are the largest. */
  public DeepForest grow(Dataset<?> dataset) {
    return grow(dataset, Estimate.OUT_OF_BAG);
  }

  /** What a fit would do and need; reads the rows once and grows nothing. */
  public ForestPlan plan(Dataset<?> dataset) {
    try (TrainingRows rows = read(dataset)) {
      int classes = classes(dataset.schema(), rows.summary());
      return plan(rows, Math.max(classes, rows.summary().classCounts().length));
    }
  }

  private DeepForest grow(Dataset<?> dataset, Estimate estimate) {
    try (BinnedTraining training = bin(dataset)) {
      return training.grow(this, estimate);
    }
  }

  /** Reads and bins a training set for this and other forests on the same bins. */
  public BinnedTraining bin(Dataset<?> dataset) {
    return BinnedTraining.of(copy(new ParamMap()), dataset);
  }

  GrowthRules rules(TrainingSummary summary, GainRule gain, long totalMass) {
    double rate = doubleOf(subsamplingRate());
    long chance = longOf(seed());
    int perNode = featuresPerNode(summary);
    return new GrowthRules(
        chance,
        flagOf(bootstrap())
            ? BagCounts.withReplacement(chance, rate)
            : BagCounts.withoutReplacement(chance, rate),
        perNode,
        perNode < summary.features() ? intOf(featureDraws()) : 1, // of all there is one sample
        gain,
        GrowthRules.Splitter.valueOf(textOf(splitter()).toUpperCase(Locale.ROOT)),
        intOf(maxDepth()),
        intOf(minInstancesPerNode()),
        doubleOf(minWeightFractionPerNode()) * totalMass,
        doubleOf(minInfoGain()));
  }

  private int featuresPerNode(TrainingSummary summary) {
    return FeatureSubset.size(
        textOf(featureSubsetStrategy()), summary.features(), intOf(numTrees()));
  }

  TrainingRows read(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Column weight =
        given(weightCol())
            ? functions.col(textOf(weightCol())).cast(DataTypes.DoubleType)
            : functions.lit(1.0);
    Column id =
        given(idCol())
            ? functions.col(textOf(idCol())).cast(DataTypes.StringType)
            : functions.lit(null).cast(DataTypes.StringType);
    Dataset<Row> rows =
        dataset.select(
            functions.col(textOf(featuresCol())),
            functions.col(textOf(labelCol())).cast(DataTypes.DoubleType),
            weight,
            id);
    return TrainingRows.read(
        rows, given(idCol()) ? IdentifiedRows.Repeats.REFUSED : IdentifiedRows.Repeats.NUMBERED);
  }

  private boolean given(Param<String> column) {
    return isDefined(column) && !textOf(column).isEmpty();
  }

  /** As in MLlib: what the label's metadata say, else the largest label and one. */
  int classes(StructType schema, TrainingSummary summary) {
    int found = summary.classCounts().length;
    Option<Object> stated = MetadataUtils.getNumClasses(schema.apply(textOf(labelCol())));
    int classes = stated.isDefined() ? (Integer) stated.get() : Math.max(2, found);
    boolean background = flagOf(background());
    if (background && stated.isEmpty()) {
      throw new IllegalArgumentException(
          "background: the metadata of labelCol "
              + textOf(labelCol())
              + " must state the number of classes, for the label after the last is the background");
    }
    if (classes + (background ? 1 : 0) < found) {
      throw new IllegalArgumentException(
          "labelCol "
              + textOf(labelCol())
              + " states "
              + classes
              + " classes, but holds the label "
              + (found - 1));
    }
    if (isDefined(thresholds())) {
      int length = getOrDefault(thresholds()).length;
      if (length != classes) {
        throw new IllegalArgumentException(
            "thresholds must have one entry for each of " + classes + " classes, has " + length);
      }
    }
    return classes;
  }

  ForestPlan plan(TrainingRows rows, int classes) {
    return ForestPlan.choose(
        ForestPlan.Choice.parse(textOf(plan())),
        rows.summary(),
        classes,
        intOf(numTrees()),
        intOf(maxBins()),
        featuresPerNode(rows.summary()),
        resources(rows.context()),
        doubleOf(executorShare()),
        longOf(subtreeRows()));
  }

  private static ForestPlan.Resources resources(JavaSparkContext context) {
    SparkConf conf = context.getConf();
    long driver = Runtime.getRuntime().maxMemory();
    if (context.isLocal()) {
      return new ForestPlan.Resources(driver, driver, context.defaultParallelism(), true);
    }
    long executor = JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory", "1g"));
    int cores = conf.getInt("spark.executor.cores", Math.max(1, context.defaultParallelism()));
    return new ForestPlan.Resources(executor, driver, cores, false);
  }

  /** Checks the input columns by type and adds the output columns, as the model does. */
  @Override
  public StructType transformSchema(StructType schema) {
    StructField features = field(schema, featuresCol());
    if (!features.dataType().equals(SQLDataTypes.VectorType())) {
      throw wrongType(featuresCol(), features, "a vector");
    }
    requireNumericFeatures(features);
    if (!(field(schema, labelCol()).dataType() instanceof NumericType)) {
      throw wrongType(labelCol(), field(schema, labelCol()), "a number");
    }
    if (given(weightCol()) && !(field(schema, weightCol()).dataType() instanceof NumericType)) {
      throw wrongType(weightCol(), field(schema, weightCol()), "a number");
    }
    if (given(idCol())) {
      field(schema, idCol());
    }
    StructType result = schema;
    result = append(result, rawPredictionCol(), SQLDataTypes.VectorType());
    result = append(result, probabilityCol(), SQLDataTypes.VectorType());
    result = append(result, predictionCol(), DataTypes.DoubleType);
    return append(result, leafCol(), SQLDataTypes.VectorType());
  }

  private StructField field(StructType schema, Param<String> param) {
    String name = textOf(param);
    if (!List.of(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          param.name() + " " + name + " is not among " + List.of(schema.fieldNames()));
    }
    return schema.apply(name);
  }

  private static IllegalArgumentException wrongType(
      Param<String> param, StructField field, String expected) {
    return new IllegalArgumentException(
        param.name()
            + " "
            + field.name()
            + " must hold "
            + expected
            + ", is "
            + field.dataType().simpleString());
  }

  private StructType append(
      StructType schema, Param<String> param, org.apache.spark.sql.types.DataType type) {
    if (!given(param)) {
      return schema;
    }
    if (List.of(schema.fieldNames()).contains(textOf(param))) {
      throw new IllegalArgumentException(
          param.name() + " " + textOf(param) + " is already a column");
    }
    return schema.add(textOf(param), type, false);
  }

  private void requireNumericFeatures(StructField field) {
    Option<Attribute[]> attributes = AttributeGroup.fromStructField(field).attributes();
    if (attributes.isEmpty()) {
      return;
    }
    Attribute[] all = attributes.get();
    for (int i = 0; i < all.length; i++) {
      if (all[i] != null && all[i].isNominal()) {
        throw new IllegalArgumentException(
            featuresCol().name()
                + " "
                + field.name()
                + ": feature "
                + i
                + " is marked as nominal; SparseRandomForest splits numbers only. Encode it one"
                + " column a category, or put a stage without attributes (such as IDF) in between");
      }
    }
  }

  @Override
  public SparseRandomForest copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
