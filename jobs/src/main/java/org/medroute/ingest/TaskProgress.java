package org.medroute.ingest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the tasks that end well in the first job that the calling thread starts while this is
 * open: the reading of files, one task a file.
 */
final class TaskProgress extends SparkListener implements AutoCloseable {
  private static final String OWNER = "medroute.ingest.progress";

  private final SparkSession spark;
  private final IntConsumer ended;
  private final String owner = Integer.toHexString(System.identityHashCode(this));
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final AtomicInteger tasks = new AtomicInteger();

  private TaskProgress(SparkSession spark, IntConsumer ended) {
    this.spark = spark;
    this.ended = ended;
  }

  /**
   * @param ended is told how many have ended, on a thread of Spark's
   */
  static TaskProgress of(SparkSession spark, IntConsumer ended) {
    TaskProgress progress = new TaskProgress(spark, ended);
    spark.sparkContext().setLocalProperty(OWNER, progress.owner);
    spark.sparkContext().addSparkListener(progress);
    return progress;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (stages.isEmpty() && owner.equals(job.properties().getProperty(OWNER))) {
      CollectionConverters.asJava(job.stageIds()).forEach(id -> stages.add((Integer) id));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (stages.contains(task.stageId()) && task.taskInfo().successful()) {
      ended.accept(tasks.incrementAndGet());
    }
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
    spark.sparkContext().setLocalProperty(OWNER, null);
  }
}
