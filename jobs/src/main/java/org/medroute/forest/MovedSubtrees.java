package org.medroute.forest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.spark.Partitioner;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Finishes nodes of few rows: their rows are shuffled, sorted by node, and a task grows one subtree
 * after the other as in the local plan. Because a subtree depends on its rows and its path alone,
 * it is the one that would have grown in place.
 *
 * <p>Cost: a drawn row travels once for each tree. The nodes of one job are bounded such that the
 * shuffle files stay below {@value #LARGEST_MOVE} compact sets (or {@value #SMALL_MOVE} bytes).
 * Memory: the rows of one subtree for each core, twice.
 */
final class MovedSubtrees {
  private static final int LARGEST_MOVE = 4;
  private static final long SMALL_MOVE = 1L << 30;
  private static final int TASKS_PER_CORE = 4;

  private final DistributedRows rows;
  private final GrowthRules rules;
  private final ForestPlan plan;

  MovedSubtrees(DistributedRows rows, GrowthRules rules, ForestPlan plan) {
    this.rows = rows;
    this.rules = rules;
    this.plan = plan;
  }

  /** Which subtree of which tree to finish. */
  private record Wanted(GrowingTree tree, int node) {
    long draws() {
      return tree.seed(node).draws();
    }
  }

  private record Grown(int number, PackedTree subtree) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Gives every task about as many rows as the others. */
  private static final class Balanced extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int[] partitions;
    private final int count;

    Balanced(List<Wanted> wanted, int count) {
      this.partitions = new int[wanted.size()];
      this.count = count;
      PriorityQueue<long[]> loads =
          new PriorityQueue<>(
              Comparator.<long[]>comparingLong(load -> load[0]).thenComparing(load -> load[1]));
      for (int p = 0; p < count; p++) {
        loads.add(new long[] {0, p});
      }
      List<Integer> largestFirst = new ArrayList<>();
      for (int i = 0; i < partitions.length; i++) {
        largestFirst.add(i);
      }
      largestFirst.sort(Comparator.comparing(i -> -wanted.get(i).draws()));
      for (int i : largestFirst) {
        long[] least = loads.remove();
        partitions[i] = (int) least[1];
        least[0] += wanted.get(i).draws();
        loads.add(least);
      }
    }

    @Override
    public int numPartitions() {
      return count;
    }

    @Override
    public int getPartition(Object number) {
      return partitions[(Integer) number];
    }
  }

  /** Finishes all movable nodes of these trees. */
  void finish(List<GrowingTree> trees) {
    double rowBytes = plan.compactBytes() / (double) Math.max(1, plan.rows());
    double limit = Math.max(SMALL_MOVE, LARGEST_MOVE * (double) plan.compactBytes());
    List<Wanted> job = new ArrayList<>();
    double bytes = 0;
    for (GrowingTree tree : trees) {
      for (int node : tree.in(GrowingTree.State.MOVABLE)) {
        Wanted wanted = new Wanted(tree, node);
        bytes += wanted.draws() * rowBytes;
        if (bytes > limit && !job.isEmpty()) {
          move(job);
          job.clear();
          bytes = wanted.draws() * rowBytes;
        }
        job.add(wanted);
      }
    }
    if (!job.isEmpty()) {
      move(job);
    }
  }

  private void move(List<Wanted> job) {
    Broadcast<TreeTop[]> sent = rows.context().broadcast(tops(job));
    Broadcast<FeatureBins> bins = rows.bins();
    GrowthRules common = rules;
    int classes = rows.classes();
    int tasks = Math.min(job.size(), TASKS_PER_CORE * rows.context().defaultParallelism());
    try {
      List<Grown> grown =
          rows.parts()
              .flatMapToPair(
                  part -> {
                    BinnedSet set = new BinnedSet(bins.value(), part, classes);
                    return new PartNodes<>(
                        set, common.bags(), sent.value(), bag -> moving(set, bag));
                  })
              .repartitionAndSortWithinPartitions(new Balanced(job, tasks))
              .<Grown>mapPartitions(
                  moved -> new Growing(moved, bins.value(), classes, common, sent.value()))
              .collect();
      for (Grown one : grown) {
        Wanted wanted = job.get(one.number());
        wanted.tree().finish(wanted.node(), one.subtree());
      }
    } finally {
      sent.destroy();
    }
  }

  private static TreeTop[] tops(List<Wanted> job) {
    List<TreeTop> tops = new ArrayList<>();
    int from = 0;
    while (from < job.size()) {
      GrowingTree tree = job.get(from).tree();
      List<Integer> nodes = new ArrayList<>();
      int to = from;
      while (to < job.size() && job.get(to).tree() == tree) {
        nodes.add(job.get(to++).node());
      }
      tops.add(tree.top(from, nodes));
      from = to;
    }
    return tops.toArray(TreeTop[]::new);
  }

  private static PartNodes.Visitor<BinnedRows> moving(BinnedSet set, BagState bag) {
    BinnedRows rows = set.rows();
    return (top, node, from, to) -> {
      int nonZeros = 0;
      for (int i = from; i < to; i++) {
        int row = bag.order()[i];
        nonZeros += rows.starts[row + 1] - rows.starts[row];
      }
      BinnedRows.Builder builder =
          new BinnedRows.Builder(set.bins().features(), set.bins().mostBins(), to - from, nonZeros);
      for (int i = from; i < to; i++) {
        int row = bag.order()[i];
        builder.copy(rows, row, rows.keys[row]);
      }
      return Optional.of(builder.build());
    };
  }

  /** Puts the pieces of each node together and grows its subtree. */
  private static final class Growing implements Iterator<Grown> {
    private final Iterator<Tuple2<Integer, BinnedRows>> moved;
    private final FeatureBins bins;
    private final int classes;
    private final GrowthRules rules;
    private final TreeTop[] tops;
    private Optional<Tuple2<Integer, BinnedRows>> ahead;

    Growing(
        Iterator<Tuple2<Integer, BinnedRows>> moved,
        FeatureBins bins,
        int classes,
        GrowthRules rules,
        TreeTop[] tops) {
      this.moved = moved;
      this.bins = bins;
      this.classes = classes;
      this.rules = rules;
      this.tops = tops;
      this.ahead = read();
    }

    private Optional<Tuple2<Integer, BinnedRows>> read() {
      return moved.hasNext() ? Optional.of(moved.next()) : Optional.empty();
    }

    @Override
    public boolean hasNext() {
      return ahead.isPresent();
    }

    @Override
    public Grown next() {
      int number = ahead.orElseThrow(NoSuchElementException::new)._1();
      List<BinnedRows> pieces = new ArrayList<>();
      int rowCount = 0;
      int nonZeros = 0;
      while (ahead.isPresent() && ahead.get()._1() == number) {
        BinnedRows piece = ahead.get()._2();
        pieces.add(piece);
        rowCount += piece.rows();
        nonZeros = Math.addExact(nonZeros, piece.nonZeros());
        ahead = read();
      }
      BinnedRows.Builder builder =
          new BinnedRows.Builder(bins.features(), bins.mostBins(), rowCount, nonZeros);
      for (BinnedRows piece : pieces) {
        for (int row = 0; row < piece.rows(); row++) {
          builder.copy(piece, row, piece.keys[row]);
        }
      }
      TreeTop top = TreeTop.holding(tops, number);
      OpenNode root = top.nodes()[number - top.first()];
      TreeGrower grower = new TreeGrower(new BinnedSet(bins, builder.build(), classes), rules);
      return new Grown(number, grower.grow(top.tree(), root.path(), root.depth()));
    }
  }
}
