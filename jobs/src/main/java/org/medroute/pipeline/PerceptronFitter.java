package org.medroute.pipeline;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.rint;

import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.PerceptronSettings;
import org.medroute.feature.MarginProbabilities;
import org.medroute.linear.Link;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * Fits MLlib's multilayer perceptron: the features, one hidden layer of sigmoid units, a softmax
 * over the classes; L-BFGS on the whole set.
 *
 * <p>MLlib's perceptron has no weights. What balances the classes is {@link
 * PerceptronSettings.Balance}: nothing, or rows of rarer classes that stand several times, which
 * also heeds the weight of a label's basis as far as whole copies can.
 *
 * <p>The gradient is a sum of doubles that depends on its order, so that all rows go through one
 * partition, sorted by id: the model is the same wherever they lay. Cost: about 4 x rows x features
 * x hidden multiplications an iteration on one core; 8 bytes a row and feature.
 */
public final class PerceptronFitter implements HeadFitter {
  private static final String UID = "perceptron";
  private static final String MARGINS = "perceptron_margins";
  private static final String NONE = "";
  private static final int MOST_COPIES = 1000;

  private final PerceptronSettings settings;

  public PerceptronFitter(PerceptronSettings settings) {
    this.settings = settings;
  }

  /** The fitted stages. */
  private record Fitted(MultilayerPerceptronClassificationModel network) implements FittedHead {
    @Override
    public List<Transformer> stages() {
      return List.of(
          network,
          new MarginProbabilities("probabilities").setMarginCol(MARGINS).setLink(Link.SOFTMAX));
    }

    @Override
    public String report() {
      int[] layers = network.getLayers();
      return String.format(
          Locale.ROOT,
          "perceptron: %,d features, %,d hidden units, %d classes, %,d weights",
          layers[0],
          layers[1],
          layers[2],
          network.weights().size());
    }
  }

  @Override
  public FittedHead fit(Dataset<Row> rows, int classes) {
    int features = rows.select(Frames.FEATURES).first().<Vector>getAs(0).size();
    Dataset<Row> ordered =
        ClassCount.label(balanced(rows), classes)
            .coalesce(1)
            .sortWithinPartitions(Documents.DOCUMENT_ID);
    MultilayerPerceptronClassificationModel network =
        new MultilayerPerceptronClassifier(UID)
            .setLayers(new int[] {features, settings.hidden(), classes})
            .setMaxIter(settings.iterations())
            .setTol(settings.tolerance())
            .setBlockSize(settings.blockSize())
            .setSeed(settings.seed())
            .setFeaturesCol(Frames.FEATURES)
            .setLabelCol(Frames.LABEL)
            // its own probabilities are of the linear algebra library at hand
            .setProbabilityCol(NONE)
            .setPredictionCol(NONE)
            .setRawPredictionCol(MARGINS)
            .fit(ordered);
    return new Fitted(network);
  }

  private Dataset<Row> balanced(Dataset<Row> rows) {
    return switch (settings.balance()) {
      case NONE -> rows;
      case REPEAT -> {
        double least = rows.agg(min(col(Frames.WEIGHT))).first().getDouble(0);
        yield rows.withColumn(
            Frames.WEIGHT,
            explode(
                array_repeat(
                    lit(1.0),
                    org.apache.spark.sql.functions.least(
                        rint(col(Frames.WEIGHT).divide(least)).cast("int"), lit(MOST_COPIES)))));
      }
    };
  }
}
