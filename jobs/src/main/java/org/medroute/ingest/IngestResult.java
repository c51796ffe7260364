package org.medroute.ingest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a run came to.
 *
 * @param files one a file, in their order
 * @param documentsBefore rows of documents before the run
 * @param inserted documents that were not there before
 * @param removed documents that are no longer there
 * @param documentsAfter rows of documents after the run
 * @param updated documents whose content changed; part of neither inserted nor removed
 * @param sources documents by source after the run, sources in alphabetical order
 * @param notes what should be said: gaps by number, padding, missing side files, files in transfer
 */
public record IngestResult(
    List<FileOutcome> files,
    long documentsBefore,
    long inserted,
    long removed,
    long documentsAfter,
    long updated,
    SortedMap<String, Long> sources,
    List<String> notes) {

  /** How the run ended, worst first. */
  public enum Verdict {
    /** Files wait behind a gap or for a baseline: nothing of them was published. */
    HELD,
    /** Files were refused; the others are committed. */
    REFUSED,
    DONE
  }

  public IngestResult {
    files = List.copyOf(files);
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    notes = List.copyOf(notes);
  }

  public Verdict verdict() {
    if (count(FileOutcome.Fate.REFUSED) > 0) {
      return Verdict.REFUSED;
    }
    return count(FileOutcome.Fate.HELD) > 0 ? Verdict.HELD : Verdict.DONE;
  }

  public long count(FileOutcome.Fate fate) {
    return files.stream().filter(file -> file.fate() == fate).count();
  }

  /** A sum over the files of this run, such as {@code sum(FileOutcome::live)}. */
  public long sum(ToLongFunction<FileOutcome> column) {
    return files.stream().mapToLong(column).sum();
  }

  /** Whether documents after = before + inserted - removed. */
  public boolean balanced() {
    return documentsAfter == documentsBefore + inserted - removed;
  }

  /** Both equations with their verdicts: per file summed up, and per run. */
  public List<String> equations() {
    boolean all = files.stream().allMatch(FileOutcome::balanced);
    return List.of(
        String.format(
            "per file: read %,d = live %,d + superseded %,d + deleted %,d + quarantined %,d"
                + " + skipped %,d: %s in each of %,d files",
            sum(FileOutcome::read),
            sum(FileOutcome::live),
            sum(FileOutcome::superseded),
            sum(FileOutcome::deleted),
            sum(FileOutcome::quarantined),
            sum(FileOutcome::skipped),
            all ? "holds" : "DOES NOT HOLD",
            count(FileOutcome.Fate.COMMITTED)),
        String.format(
            "per run: documents after %,d = before %,d + inserted %,d - removed %,d: %s",
            documentsAfter,
            documentsBefore,
            inserted,
            removed,
            balanced() ? "holds" : "DOES NOT HOLD"));
  }

  /** Files that were refused, each with its reason. */
  public List<String> refusals() {
    return files.stream()
        .filter(file -> file.fate() == FileOutcome.Fate.REFUSED)
        .map(file -> file.message().orElse(file.file()))
        .toList();
  }

  /** The counts in the order in which they are printed. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("files_committed", count(FileOutcome.Fate.COMMITTED));
    counts.put("files_known", count(FileOutcome.Fate.KNOWN));
    counts.put("files_refused", count(FileOutcome.Fate.REFUSED));
    counts.put("files_held", count(FileOutcome.Fate.HELD));
    if (count(FileOutcome.Fate.OBSOLETE) > 0) {
      counts.put("files_obsolete", count(FileOutcome.Fate.OBSOLETE));
    }
    counts.put("read", sum(FileOutcome::read));
    counts.put("live", sum(FileOutcome::live));
    counts.put("superseded", sum(FileOutcome::superseded));
    counts.put("deleted", sum(FileOutcome::deleted));
    counts.put("quarantined", sum(FileOutcome::quarantined));
    counts.put("skipped", sum(FileOutcome::skipped));
    counts.put("inserted", inserted);
    counts.put("updated", updated);
    counts.put("removed", removed);
    counts.put("documents", documentsAfter);
    return counts;
  }

  /** Joins the results of runs that followed each other on one warehouse. */
  public IngestResult then(IngestResult next) {
    List<FileOutcome> all = new ArrayList<>(files);
    all.addAll(next.files);
    List<String> said = new ArrayList<>(notes);
    said.addAll(next.notes);
    return new IngestResult(
        all,
        documentsBefore,
        inserted + next.inserted,
        removed + next.removed,
        next.documentsAfter,
        updated + next.updated,
        next.sources,
        said);
  }
}
