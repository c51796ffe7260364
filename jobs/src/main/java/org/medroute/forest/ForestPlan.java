package org.medroute.forest;

import java.util.Locale;

/**
 * How a forest will be grown and what it needs, known before it is.
 *
 * <p>The plan never changes the model, only time and memory.
 *
 * @param kind which of the two plans
 * @param rows training rows
 * @param features size of the feature vectors
 * @param nonZeros non-zero values of all rows
 * @param classes number of classes
 * @param trees number of trees
 * @param compactBytes the compact training set: rows, 3 to 5 bytes a non-zero
 * @param bytesPerExecutor what one executor will hold: compact rows, their columns, working memory
 *     of its cores; with distributed levels without the rows that it keeps, which go to disk where
 *     memory is short
 * @param driverBytes what the driver will hold, without the finished trees (about 20 bytes a node)
 * @param executorBytes heap of an executor
 * @param share the share of that heap that the plan may use
 * @param cores cores of an executor
 * @param subtreeRows distributed levels only: a node of at most this many rows is moved to one
 *     executor and finished there
 * @param treesPerPass trees that grow together: all of them with local trees, with distributed
 *     levels as many as their histograms allow
 */
public record ForestPlan(
    Kind kind,
    long rows,
    int features,
    long nonZeros,
    int classes,
    int trees,
    long compactBytes,
    long bytesPerExecutor,
    long driverBytes,
    long executorBytes,
    double share,
    int cores,
    long subtreeRows,
    int treesPerPass) {

  /** The plans. */
  public enum Kind {
    /** The training set is sent to every executor once; whole trees are tasks. */
    LOCAL_TREES,
    /** The training set stays apart; levels are grown together, small nodes moved. */
    DISTRIBUTED_LEVELS
  }

  /** Which plan is wanted. */
  public enum Choice {
    /** Local trees if they fit, distributed levels otherwise. */
    AUTO,
    LOCAL,
    DISTRIBUTED;

    /** Reads a parameter value. */
    static Choice parse(String name) {
      for (Choice choice : values()) {
        if (choice.name().equalsIgnoreCase(name)) {
          return choice;
        }
      }
      throw new IllegalArgumentException("plan must be auto, local or distributed, found " + name);
    }
  }

  private static final long BYTES_A_ROW = 18;
  private static final long SCRATCH_A_ROW = 13;
  private static final long OPEN_NODE_BYTES = 200;
  private static final long MOST_NON_ZEROS = Integer.MAX_VALUE - 8L;

  /** With distributed levels, the compact rows that a task works on at a time. */
  static final long PART_BYTES = 32L << 20;

  /** What the cluster offers. */
  record Resources(long executorBytes, long driverBytes, int cores, boolean driverIsExecutor) {}

  /**
   * Chooses a plan.
   *
   * @param featuresPerNode features that a node may split on
   * @param share of the heap that may be used, in (0, 1]
   * @param subtreeRows rows of a node that may be moved; 0 or less lets the memory decide
   */
  static ForestPlan choose(
      Choice choice,
      TrainingSummary summary,
      int classes,
      int trees,
      int maxBins,
      int featuresPerNode,
      Resources resources,
      double share,
      long subtreeRows) {
    long extra = (long) (summary.features() > 1 << 16 ? 1 : 0) + (maxBins > 1 << 8 ? 1 : 0);
    long compact = summary.nonZeros() * (3 + extra) + summary.rows() * BYTES_A_ROW;
    long columns = summary.nonZeros() * (5 + (maxBins > 1 << 8 ? 1 : 0)) + 4L * summary.features();
    long scratch = resources.cores() * (SCRATCH_A_ROW * summary.rows() + 8L * summary.features());
    // Collected parts, the sorted copy and the serialised broadcast live side by side for a moment.
    long driver = 3 * compact;
    long executor = 2 * compact + columns + scratch;
    if (resources.driverIsExecutor()) {
      executor = Math.max(driver, executor);
      driver = executor;
    }
    boolean possible = summary.nonZeros() <= MOST_NON_ZEROS && summary.rows() <= MOST_NON_ZEROS;
    boolean fits =
        possible
            && executor <= share * resources.executorBytes()
            && driver <= share * resources.driverBytes();
    if (choice == Choice.LOCAL && !possible) {
      throw new IllegalArgumentException(
          "plan = local holds at most 2^31 non-zeros, the training set has "
              + summary.nonZeros()
              + "; use plan = auto or distributed");
    }
    boolean local = choice == Choice.LOCAL || (choice == Choice.AUTO && fits);
    if (local) {
      return new ForestPlan(
          Kind.LOCAL_TREES,
          summary.rows(),
          summary.features(),
          summary.nonZeros(),
          classes,
          trees,
          compact,
          executor,
          driver,
          resources.executorBytes(),
          share,
          resources.cores(),
          0,
          trees);
    }
    long rows = Math.max(1, summary.rows());
    double rowBytes = (double) (2 * compact + columns + scratch) / rows;
    double room = share * resources.executorBytes() / (2.0 * resources.cores());
    long movable = subtreeRows > 0 ? subtreeRows : Math.max(1000, (long) (room / rowBytes));
    movable = Math.min(movable, MOST_NON_ZEROS);
    long openNodes = 1 + rows / movable;
    double histograms =
        NodeSums.ENTRY_BYTES
            * Math.min(
                (double) openNodes * featuresPerNode * maxBins * (classes + 1),
                2.0 * summary.nonZeros() * featuresPerNode / summary.features());
    double allowed = share * resources.executorBytes() / 4;
    int treesPerPass = (int) Math.max(1, Math.min(trees, allowed / Math.max(1, histograms)));
    double part = Math.min(compact, PART_BYTES) / (double) compact * rows * rowBytes;
    double subtrees = 2 * Math.min(movable, rows) * rowBytes;
    double bins = 8.0 * Math.min(summary.nonZeros(), (double) summary.features() * maxBins);
    return new ForestPlan(
        Kind.DISTRIBUTED_LEVELS,
        summary.rows(),
        summary.features(),
        summary.nonZeros(),
        classes,
        trees,
        compact,
        (long) (resources.cores() * (part + subtrees) + treesPerPass * histograms + bins),
        (long) (bins + treesPerPass * openNodes * (OPEN_NODE_BYTES + 16.0 * classes)),
        resources.executorBytes(),
        share,
        resources.cores(),
        movable,
        treesPerPass);
  }

  /** The plan in a few lines, for a log or a dry run. */
  public String describe() {
    String text =
        String.format(
            Locale.ROOT,
            "forest plan: %s%n"
                + "  training set: %,d rows, %,d features, %,d non-zeros (%.1f a row), %d classes%n"
                + "  trees: %,d%n"
                + "  compact set: %,d bytes (%.1f a row; a dense one would take %,d)%n"
                + "  an executor holds: %,d bytes of %,d (allowed: share %.2f = %,d)%n"
                + "  the driver holds: %,d bytes",
            kind == Kind.LOCAL_TREES ? "local trees" : "distributed levels",
            rows,
            features,
            nonZeros,
            nonZeros / (double) Math.max(1, rows),
            classes,
            trees,
            compactBytes,
            compactBytes / (double) Math.max(1, rows),
            4L * features * rows,
            bytesPerExecutor,
            executorBytes,
            share,
            (long) (share * executorBytes),
            driverBytes);
    if (kind == Kind.DISTRIBUTED_LEVELS) {
      text +=
          String.format(
              Locale.ROOT,
              "%n  trees that grow together: %,d; nodes up to %,d rows are finished on one executor",
              treesPerPass,
              subtreeRows);
    }
    return text;
  }
}
