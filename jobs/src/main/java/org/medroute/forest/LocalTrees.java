package org.medroute.forest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The plan for training sets that fit an executor: the compact set is broadcast once and a task
 * grows some whole trees. Driver: the set and the finished trees. Executors: set, columns, 13 bytes
 * a row for each core. No shuffle.
 */
final class LocalTrees {
  /**
   * Tasks for each core: enough to even out trees of different size, few enough to cost nothing.
   */
  private static final int TASKS_PER_CORE = 4;

  private LocalTrees() {}

  /** A finished tree and its number, on its way to the driver. */
  private record Grown(int index, PackedTree tree) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Grows the trees 0 to {@code trees} - 1 and, if asked, their out-of-bag estimate.
   *
   * @param classes that leaves vote for: rows of the set with a further label have no vote
   */
  static GrownForest grow(
      JavaSparkContext context,
      BinnedSet set,
      int classes,
      GrowthRules rules,
      int trees,
      Estimate estimate) {
    Broadcast<BinnedSet> shared = context.broadcast(set);
    try {
      int tasks = Math.min(trees, TASKS_PER_CORE * context.defaultParallelism());
      List<Integer> indexes = IntStream.range(0, trees).boxed().toList();
      List<Grown> grown =
          context
              .parallelize(indexes, tasks)
              .mapPartitions(some -> growSome(shared.value(), rules, some))
              .collect();
      PackedTree[] result =
          grown.stream()
              .sorted(Comparator.comparingInt(Grown::index))
              .map(one -> one.tree().ofFirst(classes))
              .toArray(PackedTree[]::new);
      Optional<OutOfBag> outOfBag =
          estimate == Estimate.OUT_OF_BAG && rules.bags().leavesRowsOut()
              ? Optional.of(outOfBag(context, shared, rules, result))
              : Optional.empty();
      return new GrownForest(result, outOfBag);
    } finally {
      shared.destroy();
    }
  }

  private static Iterator<Grown> growSome(
      BinnedSet set, GrowthRules rules, Iterator<Integer> some) {
    TreeGrower grower = new TreeGrower(set, rules);
    List<Grown> grown = new ArrayList<>();
    while (some.hasNext()) {
      int tree = some.next();
      grown.add(new Grown(tree, grower.grow(tree)));
    }
    return grown.iterator();
  }

  private static OutOfBag outOfBag(
      JavaSparkContext context,
      Broadcast<BinnedSet> shared,
      GrowthRules rules,
      PackedTree[] trees) {
    Broadcast<PackedTree[]> forest = context.broadcast(trees);
    try {
      int rows = shared.value().rows().rows();
      int slices = Math.max(1, Math.min(rows, 2 * context.defaultParallelism()));
      List<Integer> indexes = IntStream.range(0, slices).boxed().toList();
      return context
          .parallelize(indexes, slices)
          .map(
              slice -> {
                BinnedSet set = shared.value();
                int from = (int) ((long) rows * slice / slices);
                int to = (int) ((long) rows * (slice + 1) / slices);
                return OutOfBag.of(set.rows(), from, to, set.bins(), forest.value(), rules.bags());
              })
          .reduce(OutOfBag::merge);
    } finally {
      forest.destroy();
    }
  }
}
