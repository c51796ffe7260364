package org.medroute.config;

/**
 * How gradient-boosted trees are fitted, one class against the others: section {@code
 * boosted-trees}; names and meanings are those of MLlib's GBTClassifier.
 *
 * @param iterations trees a class, 1 to 10,000
 * @param maxDepth of each tree, 1 to 30
 * @param stepSize what each tree counts, above 0 to 1
 * @param featureSubset features that a node may split on: auto, all, sqrt, log2, onethird, a number
 *     of features or a share
 * @param subsamplingRate share of the rows that each tree is fitted on, above 0 to 1
 * @param minInstancesPerNode rows that each child must hold, 1 or more
 * @param classesAtOnce classes fitted at the same time, 1 to 100: speed and memory, no part of the
 *     result
 */
public record BoostedTreesSettings(
    int iterations,
    int maxDepth,
    double stepSize,
    String featureSubset,
    double subsamplingRate,
    int minInstancesPerNode,
    int classesAtOnce,
    long seed) {

  /** Reads section {@code boosted-trees}. */
  public static BoostedTreesSettings from(Settings settings) {
    Settings trees = settings.section("boosted-trees");
    if (!ForestSettings.isFeatureSubset(trees.text("feature-subset"))) {
      throw trees.problem("feature-subset", ForestSettings.FEATURE_SUBSETS);
    }
    return new BoostedTreesSettings(
        trees.integer("iterations", 1, 10_000),
        trees.integer("max-depth", 1, 30),
        trees.number("step-size", 1e-6, 1),
        trees.text("feature-subset"),
        trees.number("subsampling-rate", 1e-6, 1),
        trees.integer("min-instances-per-node", 1, Integer.MAX_VALUE),
        trees.integer("classes-at-once", 1, 100),
        trees.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
