package org.medroute.feature;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.medroute.linear.LinearClassifier;

/**
 * Spark ML stage over {@link LinearClassifier}: inputCol (string) and, where the classifier hears a
 * forest, forestCol (the forest's probability vector), to probabilityCol (vector) and predictionCol
 * (double, the largest probability, the first of equals).
 *
 * <p>One narrow pass; the classifier is broadcast once a transform. Saved as its params and {@code
 * data/linear.bin}. The class name and the params are stored with every model: neither may be
 * renamed.
 */
public final class LinearTextModel extends Transformer implements MLWritable {
  private static final long serialVersionUID = 1L;
  private static final String DATA = "data/linear.bin";

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> forestCol;
  private final Param<String> probabilityCol;
  private final Param<String> predictionCol;
  private LinearClassifier classifier;

  /** For reading only: a stage without a classifier refuses to work. */
  public LinearTextModel(String uid) {
    this.uid = uid;
    this.inputCol = new Param<>(this, "inputCol", "input column, string");
    this.forestCol = new Param<>(this, "forestCol", "probabilities of a forest, vector");
    this.probabilityCol = new Param<>(this, "probabilityCol", "output column, vector");
    this.predictionCol = new Param<>(this, "predictionCol", "output column, class index");
    setDefault(inputCol, "text");
    setDefault(probabilityCol, "probability");
    setDefault(predictionCol, "prediction");
  }

  public LinearTextModel() {
    this(Identifiable$.MODULE$.randomUID("linear"));
  }

  /** A stage that applies a classifier. */
  public static LinearTextModel of(String uid, LinearClassifier classifier) {
    LinearTextModel stage = new LinearTextModel(uid);
    stage.classifier = classifier;
    return stage;
  }

  /** Reads a saved stage. */
  public static MLReader<LinearTextModel> read() {
    return new Reader();
  }

  public static LinearTextModel load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> forestCol() {
    return forestCol;
  }

  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  public Param<String> predictionCol() {
    return predictionCol;
  }

  public LinearTextModel setForestCol(String column) {
    set(forestCol, column);
    return this;
  }

  /** What the stage applies. */
  public LinearClassifier classifier() {
    if (classifier == null) {
      throw new IllegalStateException("Stage " + uid + " has no classifier: load a saved one");
    }
    return classifier;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Broadcast<LinearClassifier> shared =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
            .broadcast(classifier());
    Column text = dataset.col(getOrDefault(inputCol));
    Column probability =
        classifier().hearsForest()
            ? functions
                .udf(new WithForest(shared), SQLDataTypes.VectorType())
                .apply(text, dataset.col(getOrDefault(forestCol)))
            : functions.udf(new Alone(shared), SQLDataTypes.VectorType()).apply(text);
    return dataset
        .withColumn(getOrDefault(probabilityCol), probability)
        .withColumn(
            getOrDefault(predictionCol),
            functions
                .udf((UDF1<Vector, Double>) LinearTextModel::largest, DataTypes.DoubleType)
                .apply(functions.col(getOrDefault(probabilityCol))));
  }

  private static double largest(Vector probabilities) {
    return probabilities.argmax();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if an input column is missing or an output column is there
   */
  @Override
  public StructType transformSchema(StructType schema) {
    List<String> columns = Arrays.asList(schema.fieldNames());
    List<String> inputs =
        classifier().hearsForest()
            ? List.of(getOrDefault(inputCol), getOrDefault(forestCol))
            : List.of(getOrDefault(inputCol));
    for (String input : inputs) {
      if (!columns.contains(input)) {
        throw new IllegalArgumentException(
            "Stage " + uid + " reads column " + input + ", which is not among " + columns);
      }
    }
    for (String output : List.of(getOrDefault(probabilityCol), getOrDefault(predictionCol))) {
      if (columns.contains(output)) {
        throw new IllegalArgumentException(
            "Stage " + uid + " writes column " + output + ", which is there already");
      }
    }
    return schema
        .add(getOrDefault(probabilityCol), SQLDataTypes.VectorType(), false)
        .add(getOrDefault(predictionCol), DataTypes.DoubleType, false);
  }

  @Override
  public LinearTextModel copy(ParamMap extra) {
    return copyValues(of(uid, classifier), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  private static final class Writer extends MLWriter {
    private final LinearTextModel stage;

    Writer(LinearTextModel stage) {
      this.stage = stage;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(stage, path, sparkSession());
      new StageData(sparkSession(), stage.uid, path, DATA).write(stage.classifier().toBytes());
    }
  }

  private static final class Reader extends MLReader<LinearTextModel> {
    @Override
    public LinearTextModel load(String path) {
      LinearTextModel stage = new DefaultParamsReader<LinearTextModel>().load(path);
      StageData file = new StageData(sparkSession(), stage.uid, path, DATA);
      try {
        stage.classifier = LinearClassifier.read(file.read());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file.damaged(e), e);
      }
      return stage;
    }
  }

  /** A classifier's evaluator for the task at hand. */
  private abstract static class Scored implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final Broadcast<LinearClassifier> shared;
    private transient LinearClassifier.Evaluator evaluator;

    Scored(Broadcast<LinearClassifier> shared) {
      this.shared = shared;
    }

    /** One call at a time: the function of a task may be shared by threads in local mode. */
    synchronized Vector score(String text, double[] forest) {
      if (evaluator == null) {
        evaluator = shared.value().evaluator();
      }
      double[] probabilities = new double[shared.value().text().classes()];
      evaluator.read(text);
      evaluator.probabilities(forest, probabilities);
      return Vectors.dense(probabilities);
    }
  }

  private static final class Alone extends Scored implements UDF1<String, Vector> {
    private static final long serialVersionUID = 1L;

    Alone(Broadcast<LinearClassifier> shared) {
      super(shared);
    }

    @Override
    public Vector call(String text) {
      return score(text, new double[0]);
    }
  }

  private static final class WithForest extends Scored implements UDF2<String, Vector, Vector> {
    private static final long serialVersionUID = 1L;

    WithForest(Broadcast<LinearClassifier> shared) {
      super(shared);
    }

    @Override
    public Vector call(String text, Vector forest) {
      return score(text, forest.toArray());
    }
  }
}
