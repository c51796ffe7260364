package org.medroute.forest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training set read and binned once, for several forests that differ in what does not touch the
 * bins: number, depth and limits of trees, feature subset, impurity, seed.
 *
 * <p>Holds the compact set on the driver (local trees), or in parts on the executors (distributed
 * levels), until it is closed. Each {@link #grow} costs what {@link SparseRandomForest#grow} costs
 * without reading and binning.
 */
public final class BinnedTraining implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BinnedTraining.class);

  private final SparseRandomForest binnedFor;
  private final TrainingRows rows;
  private final int classes;
  private final int labels;
  private final Optional<BinnedSet> whole;
  private final Optional<DistributedRows> parts;

  private BinnedTraining(
      SparseRandomForest binnedFor,
      TrainingRows rows,
      int classes,
      int labels,
      Optional<BinnedSet> whole,
      Optional<DistributedRows> parts) {
    this.binnedFor = binnedFor;
    this.rows = rows;
    this.classes = classes;
    this.labels = labels;
    this.whole = whole;
    this.parts = parts;
  }

  /** Reads and bins; which plan it is decides where the result lies. */
  static BinnedTraining of(SparseRandomForest estimator, Dataset<?> dataset) {
    try (TrainingRows rows = estimator.read(dataset)) {
      int classes = estimator.classes(dataset.schema(), rows.summary());
      int labels = Math.max(classes, rows.summary().classCounts().length);
      ForestPlan plan = estimator.plan(rows, labels);
      LOG.info("{}", plan.describe());
      int maxBins = estimator.intOf(estimator.maxBins());
      return switch (plan.kind()) {
        case LOCAL_TREES ->
            new BinnedTraining(
                estimator,
                rows,
                classes,
                labels,
                Optional.of(rows.collect(maxBins, labels)),
                Optional.empty());
        case DISTRIBUTED_LEVELS ->
            new BinnedTraining(
                estimator,
                rows,
                classes,
                labels,
                Optional.empty(),
                Optional.of(rows.distribute(maxBins, labels, ForestPlan.PART_BYTES)));
      };
    }
  }

  /**
   * Grows a forest, with its out-of-bag estimate.
   *
   * @param variant an estimator with the same columns, bins and plan as the one that binned
   */
  public DeepForest grow(SparseRandomForest variant) {
    return grow(variant, Estimate.OUT_OF_BAG);
  }

  DeepForest grow(SparseRandomForest variant, Estimate estimate) {
    requireSameBins(variant);
    ForestPlan plan = variant.plan(rows, labels);
    GainRule gain = GainRule.valueOf(variant.textOf(variant.impurity()).toUpperCase(Locale.ROOT));
    long mass = whole.map(set -> set.rows().mass()).orElseGet(() -> parts.orElseThrow().mass());
    GrowthRules rules = variant.rules(rows.summary(), gain, mass);
    GrownForest grown =
        whole.isPresent()
            ? LocalTrees.grow(rows.context(), whole.get(), classes, rules, plan.trees(), estimate)
            : DistributedLevels.grow(parts.orElseThrow(), classes, rules, plan, estimate);
    FeatureBins bins =
        whole.map(BinnedSet::bins).orElseGet(() -> parts.orElseThrow().bins().value());
    return new DeepForest(
        variant.copy(new ParamMap()), bins, rows.scale(), gain, grown, plan, classCounts());
  }

  private void requireSameBins(SparseRandomForest variant) {
    List<Param<?>> fixed =
        List.of(
            binnedFor.featuresCol(),
            binnedFor.labelCol(),
            binnedFor.weightCol(),
            binnedFor.idCol(),
            binnedFor.background(),
            binnedFor.maxBins(),
            binnedFor.plan(),
            binnedFor.executorShare(),
            binnedFor.subtreeRows());
    for (Param<?> param : fixed) {
      Object binned = value(binnedFor, param);
      Object asked = value(variant, param);
      if (!binned.equals(asked)) {
        throw new IllegalArgumentException(
            param.name() + " is part of the binned set: it was " + binned + ", asked for " + asked);
      }
    }
  }

  private static Object value(SparseRandomForest forest, Param<?> param) {
    Param<?> own = forest.getParam(param.name());
    return forest.isDefined(own) ? forest.getOrDefault(own) : "";
  }

  /** Unweighted rows of each class. */
  private List<Long> classCounts() {
    long[] found = rows.summary().classCounts();
    List<Long> counts = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      counts.add(c < found.length ? found[c] : 0L);
    }
    return counts;
  }

  @Override
  public void close() {
    parts.ifPresent(DistributedRows::close);
  }
}
