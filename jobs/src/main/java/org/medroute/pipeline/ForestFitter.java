package org.medroute.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ForestSettings;
import org.medroute.config.Settings;
import org.medroute.forest.BinnedTraining;
import org.medroute.forest.ForestFit;
import org.medroute.forest.ForestPlan;
import org.medroute.forest.SparseRandomForest;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * Fits the forest that the settings name. Whatever fits it, the result is MLlib's model.
 *
 * <p>MLlib's forest draws its samples partition by partition: the rows must come in a fixed order
 * and a fixed partitioning for the same model to come out.
 */
public final class ForestFitter {
  private static final String UID = "forest";

  private ForestFitter() {}

  /**
   * A fitted forest.
   *
   * @param sparse how it was grown and its out-of-bag estimate; empty for MLlib's
   */
  public record Fitted(RandomForestClassificationModel model, Optional<ForestFit> sparse)
      implements FittedHead {
    @Override
    public List<Transformer> stages() {
      return List.of(model);
    }

    @Override
    public String report() {
      String nodes =
          String.format(
              Locale.ROOT,
              "forest: %,d trees, %,d nodes",
              model.getNumTrees(),
              model.totalNumNodes());
      return sparse
          .map(
              fit ->
                  nodes
                      + String.format(
                          Locale.ROOT,
                          ", %s, compact set %,d bytes%s",
                          Settings.kebab(fit.plan().kind()),
                          fit.plan().compactBytes(),
                          fit.outOfBag()
                              .map(bag -> String.format(", out-of-bag error %.4f", bag.error()))
                              .orElse("")))
          .orElse(nodes);
    }
  }

  /**
   * The model alone.
   *
   * @param rows document_id, features, label, weight
   */
  public static RandomForestClassificationModel fit(
      Dataset<Row> rows, int classes, ForestSettings settings) {
    Dataset<Row> labelled = ClassCount.label(rows, classes);
    return switch (settings.implementation()) {
      case MLLIB -> mllib(labelled, settings);
      case SPARSE -> estimator(settings).fit(labelled);
    };
  }

  /**
   * The model and what comes with it; one more pass over the rows than {@link #fit}.
   *
   * @param rows document_id, features, label, weight
   */
  public static Fitted train(Dataset<Row> rows, int classes, ForestSettings settings) {
    Dataset<Row> labelled = ClassCount.label(rows, classes);
    return switch (settings.implementation()) {
      case MLLIB -> new Fitted(mllib(labelled, settings), Optional.empty());
      case SPARSE -> {
        ForestFit fit = estimator(settings).train(labelled);
        yield new Fitted(fit.model(), Optional.of(fit));
      }
    };
  }

  /** What a fit of the sparse forest would do and need; reads the rows, grows nothing. */
  public static ForestPlan plan(Dataset<Row> rows, int classes, ForestSettings settings) {
    return estimator(settings).plan(ClassCount.label(rows, classes));
  }

  /** The rows binned once for sparse forests of several sizes and limits. */
  public static BinnedTraining bin(Dataset<Row> rows, int classes, ForestSettings settings) {
    return estimator(settings).bin(ClassCount.label(rows, classes));
  }

  private static RandomForestClassificationModel mllib(Dataset<Row> rows, ForestSettings settings) {
    return new RandomForestClassifier(UID)
        .setFeaturesCol(Frames.FEATURES)
        .setLabelCol(Frames.LABEL)
        .setWeightCol(Frames.WEIGHT)
        .setNumTrees(settings.numTrees())
        .setMaxDepth(settings.maxDepth())
        .setMaxBins(settings.maxBins())
        .setMinInstancesPerNode(settings.minInstancesPerNode())
        .setMinInfoGain(settings.minInfoGain())
        .setFeatureSubsetStrategy(settings.featureSubset())
        .setImpurity(Settings.kebab(settings.impurity()))
        .setBootstrap(settings.bootstrap())
        .setSubsamplingRate(settings.subsamplingRate())
        .setMaxMemoryInMB(1024)
        .setSeed(settings.seed())
        .fit(rows);
  }

  /** The sparse forest's estimator with these settings. */
  public static SparseRandomForest estimator(ForestSettings settings) {
    SparseRandomForest forest = new SparseRandomForest(UID);
    forest.set(forest.featuresCol(), Frames.FEATURES);
    forest.set(forest.labelCol(), Frames.LABEL);
    forest.set(forest.weightCol(), Frames.WEIGHT);
    forest.set(forest.idCol(), Documents.DOCUMENT_ID);
    forest.set(forest.background(), settings.hearsBackground());
    forest.set(forest.numTrees(), settings.numTrees());
    forest.set(forest.maxDepth(), settings.maxDepth());
    forest.set(forest.maxBins(), settings.maxBins());
    forest.set(forest.minInstancesPerNode(), settings.minInstancesPerNode());
    forest.set(forest.minInfoGain(), settings.minInfoGain());
    forest.set(forest.featureSubsetStrategy(), settings.featureSubset());
    forest.set(forest.featureDraws(), settings.featureDraws());
    forest.set(forest.impurity(), Settings.kebab(settings.impurity()));
    forest.set(forest.splitter(), Settings.kebab(settings.splitter()));
    forest.set(forest.bootstrap(), settings.bootstrap());
    forest.set(forest.subsamplingRate(), settings.subsamplingRate());
    forest.set(forest.seed(), settings.seed());
    forest.set(forest.plan(), Settings.kebab(settings.plan()));
    forest.set(forest.executorShare(), settings.executorShare());
    forest.set(forest.subtreeRows(), settings.subtreeRows());
    return forest;
  }
}
