package org.medroute.forest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.RealData;

/** Both plans on the words of real documents: one digest, whatever the partitions. */
@Tag("long")
class RealPlansIT {
  @Test
  void oneForestFromBothPlans() {
    Dataset<Row> train =
        TextFeatures.s6(LocalSpark.session(), RealData.path("ohsumed.jsonl.gz").getParent())
            .train
            .cache();
    DeepForest local = grow(train, "local", 0);
    assertThat(local.plan().features()).isEqualTo(10_000);

    for (int partitions : List.of(1, 2, 8)) {
      DeepForest levels = grow(train.repartition(partitions), "distributed", 400);
      assertThat(levels.plan().kind()).isEqualTo(ForestPlan.Kind.DISTRIBUTED_LEVELS);
      assertThat(ForestDigest.of(levels.model())).isEqualTo(ForestDigest.of(local.model()));
      assertThat(levels.outOfBag().orElseThrow().confusion())
          .isDeepEqualTo(local.outOfBag().orElseThrow().confusion());
    }
    train.unpersist();
  }

  private static DeepForest grow(Dataset<Row> rows, String plan, long subtreeRows) {
    SparseRandomForest forest = new SparseRandomForest("forest");
    forest.set(forest.numTrees(), 40);
    forest.set(forest.maxDepth(), 20);
    forest.set(forest.weightCol(), "weight");
    forest.set(forest.idCol(), "id");
    forest.set(forest.plan(), plan);
    forest.set(forest.subtreeRows(), subtreeRows);
    long start = System.nanoTime();
    DeepForest grown = forest.grow(rows);
    System.out.printf(
        "RealPlansIT %s, %d partitions: %.1f s%n",
        plan, rows.rdd().getNumPartitions(), (System.nanoTime() - start) / 1e9);
    return grown;
  }
}
