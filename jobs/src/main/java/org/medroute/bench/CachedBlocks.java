package org.medroute.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.apache.spark.storage.RDDBlockId;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The most bytes that some work held in cached RDDs, memory and disk, by Spark's storage info. What
 * was cached before the work does not count.
 */
final class CachedBlocks extends SparkListener {
  private final Set<Integer> before = new HashSet<>();
  private final Map<String, Long> blocks = new HashMap<>();
  private long now;
  private long most;

  private CachedBlocks(SparkContext context) {
    for (Object id : CollectionConverters.asJava(context.getPersistentRDDs()).keySet()) {
      before.add((Integer) id);
    }
  }

  /** Does the work, on the thread of the caller; nothing else may cache meanwhile. */
  static long peak(SparkContext context, Runnable work) {
    CachedBlocks listener = new CachedBlocks(context);
    context.addSparkListener(listener);
    try {
      work.run();
      // what the executors said of their blocks arrives on another thread
      context.listenerBus().waitUntilEmpty();
      return listener.most();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark's listeners do not keep up with its events", e);
    } finally {
      context.removeSparkListener(listener);
    }
  }

  private synchronized long most() {
    return most;
  }

  @Override
  public synchronized void onBlockUpdated(SparkListenerBlockUpdated update) {
    BlockUpdatedInfo block = update.blockUpdatedInfo();
    if (block.blockId() instanceof RDDBlockId id && !before.contains(id.rddId())) {
      long bytes = block.storageLevel().isValid() ? block.memSize() + block.diskSize() : 0;
      Long old = blocks.put(id.name(), bytes);
      now += bytes - (old == null ? 0 : old);
      most = Math.max(most, now);
    }
  }
}
