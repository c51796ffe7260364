package org.medroute.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.BoostedTreesSettings;
import org.medroute.feature.MarginProbabilities;
import org.medroute.linear.Link;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * Fits MLlib's gradient-boosted trees, one class against the others, and puts a stage behind them
 * that gives the probabilities which OneVsRestModel has not.
 *
 * <p>Residuals are sums of doubles that depend on their order, so that all rows of a class go
 * through one partition, sorted by id: the model is the same wherever they lay. Cost: for each
 * class, iterations x depth passes over the rows on one core; classes are fitted side by side. 4
 * bytes a row and feature for each class at once.
 */
public final class BoostedTreesFitter implements HeadFitter {
  private static final String UID = "boosted-trees";
  private static final String MARGINS = "boosted_margins";
  private static final String PREDICTION = "boosted_prediction";

  private final BoostedTreesSettings settings;

  public BoostedTreesFitter(BoostedTreesSettings settings) {
    this.settings = settings;
  }

  /** The fitted stages. */
  private record Fitted(OneVsRestModel trees) implements FittedHead {
    @Override
    public List<Transformer> stages() {
      return List.of(
          trees,
          new MarginProbabilities("probabilities").setMarginCol(MARGINS).setLink(Link.ONE_VS_REST));
    }

    @Override
    public String report() {
      List<GBTClassificationModel> models =
          Arrays.stream(trees.models()).map(GBTClassificationModel.class::cast).toList();
      return String.format(
          Locale.ROOT,
          "boosted trees: %,d trees for each of %d classes, %,d nodes",
          models.stream().mapToInt(GBTClassificationModel::getNumTrees).max().orElse(0),
          models.size(),
          models.stream().mapToInt(GBTClassificationModel::totalNumNodes).sum());
    }
  }

  @Override
  public FittedHead fit(Dataset<Row> rows, int classes) {
    Dataset<Row> ordered =
        ClassCount.label(rows, classes).coalesce(1).sortWithinPartitions(Documents.DOCUMENT_ID);
    return new Fitted(
        new OneVsRest(UID)
            .setClassifier(
                new GBTClassifier(UID + "-of-class")
                    .setMaxIter(settings.iterations())
                    .setMaxDepth(settings.maxDepth())
                    .setStepSize(settings.stepSize())
                    .setFeatureSubsetStrategy(settings.featureSubset())
                    .setSubsamplingRate(settings.subsamplingRate())
                    .setMinInstancesPerNode(settings.minInstancesPerNode())
                    .setMaxMemoryInMB(1024)
                    .setSeed(settings.seed()))
            .setFeaturesCol(Frames.FEATURES)
            .setLabelCol(Frames.LABEL)
            .setWeightCol(Frames.WEIGHT)
            .setPredictionCol(PREDICTION)
            .setRawPredictionCol(MARGINS)
            .setParallelism(settings.classesAtOnce())
            .fit(ordered));
  }
}
