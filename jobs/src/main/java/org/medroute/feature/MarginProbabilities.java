package org.medroute.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.medroute.linear.Link;

/**
 * Spark ML stage over {@link Link}: marginCol (vector, one number a class, what a classifier calls
 * its raw prediction) to probabilityCol (vector) and predictionCol (double, the largest
 * probability, the first of equals). It stands behind classifiers that have no probabilities, such
 * as OneVsRestModel, or whose probabilities differ in the last bits from machine to machine.
 *
 * <p>Stateless; one narrow pass. The class name and the params are stored with every model: neither
 * may be renamed.
 */
public final class MarginProbabilities extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> marginCol;
  private final Param<String> link;
  private final Param<String> probabilityCol;
  private final Param<String> predictionCol;

  public MarginProbabilities() {
    this(Identifiable$.MODULE$.randomUID("probabilities"));
  }

  /** A stage with softmax as its link. */
  public MarginProbabilities(String uid) {
    this.uid = uid;
    this.marginCol = new Param<>(this, "marginCol", "input column, vector of margins");
    this.link =
        new Param<>(
            this,
            "link",
            "what makes probabilities of margins: softmax, one_vs_rest",
            ParamValidators.inArray(Stream.of(Link.values()).map(one -> name(one)).toList()));
    this.probabilityCol = new Param<>(this, "probabilityCol", "output column, vector");
    this.predictionCol = new Param<>(this, "predictionCol", "output column, class index");
    setDefault(marginCol, "rawPrediction");
    setDefault(link, name(Link.SOFTMAX));
    setDefault(probabilityCol, "probability");
    setDefault(predictionCol, "prediction");
  }

  public static MLReader<MarginProbabilities> read() {
    return new DefaultParamsReadable<MarginProbabilities>() {}.read();
  }

  public static MarginProbabilities load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> marginCol() {
    return marginCol;
  }

  public Param<String> link() {
    return link;
  }

  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  public Param<String> predictionCol() {
    return predictionCol;
  }

  public MarginProbabilities setMarginCol(String column) {
    set(marginCol, column);
    return this;
  }

  public MarginProbabilities setLink(Link value) {
    set(link, name(value));
    return this;
  }

  /** What makes probabilities of margins. */
  public Link linkValue() {
    return Link.valueOf(getOrDefault(link).toUpperCase(Locale.ROOT));
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return dataset
        .withColumn(
            getOrDefault(probabilityCol),
            functions
                .udf(new Linked(linkValue()), SQLDataTypes.VectorType())
                .apply(dataset.col(getOrDefault(marginCol))))
        .withColumn(
            getOrDefault(predictionCol),
            functions
                .udf((UDF1<Vector, Double>) MarginProbabilities::largest, DataTypes.DoubleType)
                .apply(functions.col(getOrDefault(probabilityCol))));
  }

  private static double largest(Vector probabilities) {
    return probabilities.argmax();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the input column is missing or an output column is there
   */
  @Override
  public StructType transformSchema(StructType schema) {
    List<String> columns = Arrays.asList(schema.fieldNames());
    if (!columns.contains(getOrDefault(marginCol))) {
      throw new IllegalArgumentException(
          "Stage "
              + uid
              + " reads column "
              + getOrDefault(marginCol)
              + ", which is not among "
              + columns);
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
  public MarginProbabilities copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  private static String name(Link value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Carries the link to the executors. */
  private static final class Linked implements UDF1<Vector, Vector> {
    private static final long serialVersionUID = 1L;

    private final Link link;

    Linked(Link link) {
      this.link = link;
    }

    @Override
    public Vector call(Vector margins) {
      double[] probabilities = new double[margins.size()];
      link.probabilities(margins.toArray(), probabilities);
      return Vectors.dense(probabilities);
    }
  }
}
