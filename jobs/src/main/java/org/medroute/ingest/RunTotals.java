package org.medroute.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Adds up what the units of work of one run came to. */
final class RunTotals {
  private final List<FileOutcome> files = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long inserted;
  private long updated;
  private long removed;

  void note(List<String> lines) {
    notes.addAll(lines);
  }

  void add(BatchCommit.Decision decision) {
    inserted += decision.inserted();
    updated += decision.updated();
    removed += decision.removed();
  }

  void add(List<FileOutcome> outcomes) {
    files.addAll(outcomes);
  }

  /**
   * @param sources documents by source after the run
   */
  IngestResult result(long before, SortedMap<String, Long> sources) {
    for (FileOutcome file : files) {
      if (file.fate() == FileOutcome.Fate.COMMITTED) {
        file.message().ifPresent(notes::add);
      }
    }
    long after = sources.values().stream().mapToLong(Long::longValue).sum();
    return new IngestResult(files, before, inserted, removed, after, updated, sources, notes);
  }
}
