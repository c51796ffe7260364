package org.medroute.bench;

import java.util.Optional;

/** Tasks on real text with a split of their source, by the name of their experiment. */
public interface BenchTasks {
  /**
   * Ingests and labels a task.
   *
   * @param task such as s5
   * @return empty if its text is not there
   */
  Optional<BenchCorpus> open(String task);

  /** What their text is read from. */
  String source();
}
