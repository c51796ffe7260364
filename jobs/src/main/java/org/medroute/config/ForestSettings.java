package org.medroute.config;

/**
 * How a random forest is grown; names and meanings are those of MLlib's RandomForestClassifier.
 *
 * @param implementation who grows it; the model is MLlib's either way
 * @param maxDepth 0 is a single leaf; MLlib's own forest goes to 30
 * @param featureSubset auto, all, sqrt, log2, onethird, a number of features or a share
 * @param featureDraws samples of so many features that a node draws until one of them splits it
 *     (sparse implementation)
 * @param impurity gini or entropy
 * @param splitter how the cut of a feature is found (sparse implementation)
 * @param bootstrap whether rows are drawn with replacement
 * @param subsamplingRate share of the rows that each tree is fitted on in expectation, 0..1
 * @param backgroundWeight training weight of a document known to be of none of the classes (sparse
 *     implementation)
 * @param plan where trees are grown (sparse implementation)
 * @param executorShare share of an executor's memory that the compact training set may take for
 *     local trees
 * @param subtreeRows distributed levels: nodes of at most this many rows are finished on one
 *     executor; 0 lets the memory decide
 */
public record ForestSettings(
    Implementation implementation,
    int numTrees,
    int maxDepth,
    int maxBins,
    int minInstancesPerNode,
    double minInfoGain,
    String featureSubset,
    int featureDraws,
    Impurity impurity,
    Splitter splitter,
    boolean bootstrap,
    double subsamplingRate,
    long seed,
    double backgroundWeight,
    Plan plan,
    double executorShare,
    long subtreeRows) {

  static final String FEATURE_SUBSETS =
      "auto, all, onethird, sqrt, log2, a number (1 or more) or a share (above 0.0, at most 1.0)";

  /** Who grows the trees. */
  public enum Implementation {
    SPARSE(1000),
    MLLIB(30);

    private final int deepest;

    Implementation(int deepest) {
      this.deepest = deepest;
    }

    /** Greatest depth that it grows. */
    public int deepest() {
      return deepest;
    }
  }

  /** How the cut of a sampled feature is found. */
  public enum Splitter {
    BEST,
    RANDOM
  }

  /** What a split reduces. */
  public enum Impurity {
    GINI,
    ENTROPY
  }

  /** Where trees are grown. */
  public enum Plan {
    AUTO,
    LOCAL,
    DISTRIBUTED
  }

  /** Whether documents of none of the classes part its nodes. */
  public boolean hearsBackground() {
    return implementation == Implementation.SPARSE && backgroundWeight > 0;
  }

  /** The same forest in another size. */
  public ForestSettings withSize(int trees, int depth) {
    return with(trees, depth, minInstancesPerNode, featureSubset, seed);
  }

  /** The same forest with other limits of its nodes. */
  public ForestSettings withNodes(int minInstances, String subset) {
    return with(numTrees, maxDepth, minInstances, subset, seed);
  }

  /** Another draw of the same forest. */
  public ForestSettings withSeed(long other) {
    return with(numTrees, maxDepth, minInstancesPerNode, featureSubset, other);
  }

  private ForestSettings with(int trees, int depth, int minInstances, String subset, long drawn) {
    return new ForestSettings(
        implementation,
        trees,
        depth,
        maxBins,
        minInstances,
        minInfoGain,
        subset,
        featureDraws,
        impurity,
        splitter,
        bootstrap,
        subsamplingRate,
        drawn,
        backgroundWeight,
        plan,
        executorShare,
        subtreeRows);
  }

  /** Whether MLlib knows a feature subset of this name. */
  static boolean isFeatureSubset(String name) {
    return name.matches(
        "auto|all|onethird|sqrt|log2|[1-9][0-9]{0,8}|0?\\.[0-9]*[1-9][0-9]*|1\\.0+");
  }

  public static ForestSettings from(Settings settings) {
    Settings forest = settings.section("forest");
    if (!isFeatureSubset(forest.text("feature-subset"))) {
      throw forest.problem("feature-subset", FEATURE_SUBSETS);
    }
    Implementation implementation = forest.choice("implementation", Implementation.class);
    Splitter splitter = forest.choice("splitter", Splitter.class);
    if (splitter == Splitter.RANDOM && implementation == Implementation.MLLIB) {
      throw forest.problem("splitter", "best: MLlib's forest draws no cuts");
    }
    int featureDraws = forest.integer("feature-draws", 1, 1000);
    if (featureDraws > 1 && implementation == Implementation.MLLIB) {
      throw forest.problem("feature-draws", "1: a node of MLlib's forest draws its features once");
    }
    return new ForestSettings(
        implementation,
        forest.integer("num-trees", 1, 10_000),
        forest.integer("max-depth", 0, implementation.deepest()),
        forest.integer("max-bins", 2, 65_536),
        forest.integer("min-instances-per-node", 1, Integer.MAX_VALUE),
        forest.number("min-info-gain", 0, Double.MAX_VALUE),
        forest.text("feature-subset"),
        featureDraws,
        forest.choice("impurity", Impurity.class),
        splitter,
        forest.flag("bootstrap"),
        forest.number("subsampling-rate", 1e-6, 1),
        forest.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        forest.number("background-weight", 0, 1),
        forest.choice("plan", Plan.class),
        forest.number("executor-share", 0.01, 0.9),
        forest.longInteger("subtree-rows", 0, Integer.MAX_VALUE));
  }
}
