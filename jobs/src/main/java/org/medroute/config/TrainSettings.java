package org.medroute.config;

import java.util.List;

/**
 * How a model is trained and held against its test part.
 *
 * @param task names the model line, its splits and metrics
 * @param labelSet label set to learn
 * @param split the split that the published model is trained on
 * @param sideBySide further kinds of split, each with a model of its own that is only measured
 * @param sampleShare share of the training part that trains, above 0 to 1: a learning curve
 * @param cv cross-validation
 * @param partitions fixed number of partitions of the training rows: part of the result with
 *     MLlib's forest
 * @param goldenDocuments documents stored with their scores to check the model at every load
 * @param promote whether the new model becomes champion at once
 * @param planOnly whether only the plan of the forest is wanted, not the forest
 */
public record TrainSettings(
    String task,
    String labelSet,
    Split split,
    List<SplitKind> sideBySide,
    double sampleShare,
    CrossValidation cv,
    int partitions,
    int goldenDocuments,
    boolean promote,
    boolean planOnly) {

  /** How documents are held out. */
  public enum SplitKind {
    RANDOM,
    TIME,
    JOURNAL,
    GIVEN,
    NONE
  }

  /** What keeps folds apart. */
  public enum FoldUnit {
    GROUP,
    JOURNAL
  }

  /**
   * @param testShare share of the documents that test (random, journal), 0..1
   * @param testFromYear first year of the test part (time)
   */
  public record Split(SplitKind kind, double testShare, int testFromYear, long seed) {
    /** The same split of another kind. */
    public Split as(SplitKind other) {
      return new Split(other, testShare, testFromYear, seed);
    }

    /** The word in tables and file names. */
    public String name() {
      return Settings.kebab(kind);
    }
  }

  /**
   * @param folds 2 or more, or 0 for none: then nothing is tuned and nothing calibrated
   */
  public record CrossValidation(int folds, FoldUnit unit, long seed, Grid grid) {}

  /** The axes of the grid; an empty one stands for the value of the features or the forest. */
  public record Grid(
      List<Integer> numTrees,
      List<Integer> maxDepth,
      List<Integer> selected,
      List<Integer> minInstancesPerNode,
      List<String> featureSubset) {
    public Grid {
      numTrees = List.copyOf(numTrees);
      maxDepth = List.copyOf(maxDepth);
      selected = List.copyOf(selected);
      minInstancesPerNode = List.copyOf(minInstancesPerNode);
      featureSubset = List.copyOf(featureSubset);
    }

    static Grid from(Settings grid, int deepest) {
      List<String> subsets = grid.texts("feature-subset");
      if (!subsets.stream().allMatch(ForestSettings::isFeatureSubset)) {
        throw grid.problem("feature-subset", "a list of " + ForestSettings.FEATURE_SUBSETS);
      }
      return new Grid(
          grid.integers("num-trees", 2, 10_000),
          grid.integers("max-depth", 1, deepest),
          grid.integers("selected", 1, 1_000_000),
          grid.integers("min-instances-per-node", 1, Integer.MAX_VALUE),
          subsets);
    }
  }

  public TrainSettings {
    sideBySide = List.copyOf(sideBySide);
  }

  public static TrainSettings from(Settings settings) {
    Settings train = settings.section("train");
    Settings split = train.section("split");
    Settings cv = train.section("cross-validation");
    int folds = cv.integer("folds", 0, 100);
    if (folds == 1) {
      throw cv.problem("folds", "0 (none), or 2 and more");
    }
    String task = train.text("task");
    if (!task.matches("[a-z0-9][a-z0-9_-]*")) {
      throw train.problem("task", "lower-case letters, digits, dashes");
    }
    return new TrainSettings(
        task,
        settings.text("labels.set"),
        new Split(
            split.choice("kind", SplitKind.class),
            split.number("test-share", 0.01, 0.9),
            split.integer("test-from-year", 1800, 2200),
            split.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE)),
        train.texts("side-by-side").stream()
            .map(
                name -> {
                  for (SplitKind kind : SplitKind.values()) {
                    if (Settings.kebab(kind).equals(name)) {
                      return kind;
                    }
                  }
                  throw train.problem("side-by-side", "a list of random, time, journal, given");
                })
            .toList(),
        train.number("sample-share", 0.001, 1),
        new CrossValidation(
            folds,
            cv.choice("unit", FoldUnit.class),
            cv.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE),
            Grid.from(
                cv.section("grid"), ForestSettings.from(settings).implementation().deepest())),
        train.integer("partitions", 1, 100_000),
        train.integer("golden-documents", 1, 1000),
        train.flag("promote"),
        train.flag("plan-only"));
  }
}
