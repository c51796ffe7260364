package org.medroute.bench;

import java.lang.management.ManagementFactory;

/**
 * How much more of the heap is in use while some work is done than before it: collections are asked
 * for, {@value #PAUSE_MILLIS} ms after each other or {@value #WORK_TO_COLLECTION} times as long as
 * the last one took, and what is left after one is live. A peak between two of them is missed; the
 * work takes longer by them, so that its time is worth nothing.
 */
final class LiveHeap {
  private static final long PAUSE_MILLIS = 100;
  private static final long WORK_TO_COLLECTION = 4;
  private static final int MOST_ROUNDS = 20;
  private static final long CLEANER_MILLIS = 500;
  private static final long STILL_BYTES = 1 << 18;

  private volatile boolean done;
  private long most;

  private LiveHeap() {}

  /** Bytes at the peak. */
  static long growth(Runnable work) {
    LiveHeap heap = new LiveHeap();
    long before = settled();
    Thread sampler = new Thread(heap::sample, "live-heap");
    sampler.setDaemon(true);
    sampler.start();
    try {
      work.run();
    } finally {
      heap.done = true;
      heap.join(sampler);
    }
    return Math.max(0, heap.most - before);
  }

  private void join(Thread sampler) {
    try {
      sampler.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the heap was measured", e);
    }
  }

  private void sample() {
    try {
      long pause = PAUSE_MILLIS;
      while (!done) {
        Thread.sleep(pause);
        long start = System.nanoTime();
        most = Math.max(most, live());
        pause =
            Math.max(PAUSE_MILLIS, WORK_TO_COLLECTION * (System.nanoTime() - start) / 1_000_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is live once Spark's cleaner, too, has let go of what earlier work left behind. */
  private static long settled() {
    long last = live();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      try {
        Thread.sleep(CLEANER_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the heap was measured", e);
      }
      long now = live();
      if (now > last - STILL_BYTES) {
        return Math.min(now, last);
      }
      last = now;
    }
    return last;
  }

  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
