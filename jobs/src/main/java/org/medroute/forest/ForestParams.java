package org.medroute.forest;

import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The parameters of {@link SparseRandomForest}: MLlib's names, meanings and defaults, so that they
 * pass to the model by name, and eight of its own: idCol, background, splitter, featureDraws,
 * prune, plan, executorShare, subtreeRows. Trees may be deeper than MLlib's 30.
 *
 * <p>Of MLlib's RandomForestClassifier three are missing, because nothing here corresponds to them:
 * maxMemoryInMB, cacheNodeIds and checkpointInterval. Setting one by name fails.
 */
public abstract class ForestParams extends Estimator<RandomForestClassificationModel> {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> featuresCol;
  private final Param<String> labelCol;
  private final Param<String> predictionCol;
  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;
  private final Param<String> weightCol;
  private final Param<String> leafCol;
  private final Param<String> idCol;
  private final BooleanParam background;
  private final DoubleArrayParam thresholds;
  private final IntParam numTrees;
  private final IntParam maxDepth;
  private final IntParam maxBins;
  private final IntParam minInstancesPerNode;
  private final DoubleParam minWeightFractionPerNode;
  private final DoubleParam minInfoGain;
  private final DoubleParam subsamplingRate;
  private final BooleanParam bootstrap;
  private final Param<String> featureSubsetStrategy;
  private final Param<String> impurity;
  private final LongParam seed;
  private final Param<String> splitter;
  private final IntParam featureDraws;
  private final BooleanParam prune;
  private final Param<String> plan;
  private final DoubleParam executorShare;
  private final LongParam subtreeRows;

  protected ForestParams(String uid) {
    this.uid = uid;
    featuresCol = text("featuresCol", "vectors of numeric features, sparse or dense");
    labelCol = text("labelCol", "class index: 0.0, 1.0, ...");
    predictionCol = text("predictionCol", "output: predicted class index");
    probabilityCol = text("probabilityCol", "output: class probabilities, uncalibrated");
    rawPredictionCol = text("rawPredictionCol", "output: sum of the trees' class shares");
    weightCol = text("weightCol", "row weights >= 0; empty or unset: every row weighs 1");
    leafCol = text("leafCol", "output: leaf index of each tree; empty for none");
    idCol = text("idCol", "column that identifies a row; unset: its content does");
    background =
        new BooleanParam(
            this,
            "background",
            "rows labelled with the number of classes, as the metadata of the label state it, are of"
                + " none of them: nodes are parted by them as by a class, leaves do not vote for it");
    thresholds = new DoubleArrayParam(this, "thresholds", "argmax of probability / threshold");
    numTrees = new IntParam(this, "numTrees", "number of trees (>= 1)", ParamValidators.gtEq(1));
    maxDepth =
        new IntParam(
            this,
            "maxDepth",
            "greatest depth of a tree, 0 (one leaf) to " + GrowthRules.DEEPEST,
            ParamValidators.inRange(0, GrowthRules.DEEPEST));
    maxBins =
        new IntParam(
            this,
            "maxBins",
            "greatest number of bins of a feature, 2 to 65536",
            ParamValidators.inRange(2, 1 << 16));
    minInstancesPerNode =
        new IntParam(
            this,
            "minInstancesPerNode",
            "least number of draws from the bag in a child (>= 1)",
            ParamValidators.gtEq(1));
    minWeightFractionPerNode =
        new DoubleParam(
            this,
            "minWeightFractionPerNode",
            "least share of the total weight in a child, in [0, 0.5)",
            ParamValidators.inRange(0.0, 0.5, true, false));
    minInfoGain =
        new DoubleParam(
            this, "minInfoGain", "least gain of a split (>= 0)", ParamValidators.gtEq(0.0));
    subsamplingRate =
        new DoubleParam(
            this,
            "subsamplingRate",
            "share of the rows in a bag, in (0, 1]",
            ParamValidators.inRange(0.0, 1.0, false, true));
    bootstrap = new BooleanParam(this, "bootstrap", "draw bags with replacement");
    featureSubsetStrategy =
        new Param<>(
            this,
            "featureSubsetStrategy",
            "features that a node may split on: auto, all, onethird, sqrt, log2, a share in"
                + " (0.0, 1.0] or a number (>= 1)",
            FeatureSubset::isValid);
    impurity =
        new Param<>(
            this,
            "impurity",
            "gini or entropy",
            name -> List.of("gini", "entropy").contains(name.toLowerCase(Locale.ROOT)));
    seed = new LongParam(this, "seed", "random seed");
    splitter =
        new Param<>(
            this,
            "splitter",
            "best cut of each sampled feature, or one drawn at random (extremely randomised trees):"
                + " best or random",
            name -> List.of("best", "random").contains(name.toLowerCase(Locale.ROOT)));
    featureDraws =
        new IntParam(
            this,
            "featureDraws",
            "a node whose sampled features give no split samples others, up to so many times in all"
                + " (>= 1; MLlib samples once)",
            ParamValidators.gtEq(1));
    prune =
        new BooleanParam(
            this,
            "prune",
            "merge sibling leaves of one class, as MLlib does; predictions by majority of a tree"
                + " stay, probabilities become coarser");
    plan =
        new Param<>(
            this,
            "plan",
            "auto, local or distributed; never changes the model",
            name ->
                List.of("auto", "local", "distributed").contains(name.toLowerCase(Locale.ROOT)));
    executorShare =
        new DoubleParam(
            this,
            "executorShare",
            "share of an executor's heap that training may use, in (0, 1]",
            ParamValidators.inRange(0.0, 1.0, false, true));
    subtreeRows =
        new LongParam(
            this,
            "subtreeRows",
            "distributed levels: nodes of at most this many rows are finished on one executor;"
                + " 0: as memory allows",
            ParamValidators.gtEq(0));
    setDefaults();
  }

  private Param<String> text(String name, String doc) {
    return new Param<>(this, name, doc);
  }

  private void setDefaults() {
    setDefault(featuresCol, "features");
    setDefault(labelCol, "label");
    setDefault(predictionCol, "prediction");
    setDefault(probabilityCol, "probability");
    setDefault(rawPredictionCol, "rawPrediction");
    setDefault(leafCol, "");
    setDefault(background, false);
    setDefault(numTrees, 20);
    setDefault(maxDepth, 5);
    setDefault(maxBins, 32);
    setDefault(minInstancesPerNode, 1);
    setDefault(minWeightFractionPerNode, 0.0);
    setDefault(minInfoGain, 0.0);
    setDefault(subsamplingRate, 1.0);
    setDefault(bootstrap, true);
    setDefault(featureSubsetStrategy, "auto");
    setDefault(impurity, "gini");
    setDefault(seed, 42L);
    setDefault(splitter, "best");
    setDefault(featureDraws, 1);
    setDefault(prune, false);
    setDefault(plan, "auto");
    setDefault(executorShare, 0.4);
    setDefault(subtreeRows, 0L);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> featuresCol() {
    return featuresCol;
  }

  public Param<String> labelCol() {
    return labelCol;
  }

  public Param<String> predictionCol() {
    return predictionCol;
  }

  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  public Param<String> weightCol() {
    return weightCol;
  }

  public Param<String> leafCol() {
    return leafCol;
  }

  public Param<String> idCol() {
    return idCol;
  }

  public BooleanParam background() {
    return background;
  }

  public DoubleArrayParam thresholds() {
    return thresholds;
  }

  public IntParam numTrees() {
    return numTrees;
  }

  public IntParam maxDepth() {
    return maxDepth;
  }

  public IntParam maxBins() {
    return maxBins;
  }

  public IntParam minInstancesPerNode() {
    return minInstancesPerNode;
  }

  public DoubleParam minWeightFractionPerNode() {
    return minWeightFractionPerNode;
  }

  public DoubleParam minInfoGain() {
    return minInfoGain;
  }

  public DoubleParam subsamplingRate() {
    return subsamplingRate;
  }

  public BooleanParam bootstrap() {
    return bootstrap;
  }

  public Param<String> featureSubsetStrategy() {
    return featureSubsetStrategy;
  }

  public Param<String> impurity() {
    return impurity;
  }

  public LongParam seed() {
    return seed;
  }

  public Param<String> splitter() {
    return splitter;
  }

  public IntParam featureDraws() {
    return featureDraws;
  }

  public BooleanParam prune() {
    return prune;
  }

  public Param<String> plan() {
    return plan;
  }

  public DoubleParam executorShare() {
    return executorShare;
  }

  public LongParam subtreeRows() {
    return subtreeRows;
  }

  final String textOf(Param<String> param) {
    return getOrDefault(param);
  }

  final int intOf(IntParam param) {
    return (Integer) getOrDefault(param);
  }

  final long longOf(LongParam param) {
    return (Long) getOrDefault(param);
  }

  final double doubleOf(DoubleParam param) {
    return (Double) getOrDefault(param);
  }

  final boolean flagOf(BooleanParam param) {
    return (Boolean) getOrDefault(param);
  }
}
