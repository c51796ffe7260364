package org.medroute.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.IngestSettings;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;

/**
 * Brings one unit of work after the other into the tables: names the unit, lets {@link BatchMerge}
 * decide and commit, writes the ledger last and adds up.
 */
final class UnitMerge {
  private final Warehouse warehouse;
  private final CommitInfo commit;
  private final IngestSettings settings;
  private final Map<String, String> mapping;
  private final Ledger ledger;
  private final RunTotals totals;
  private final BatchCommit.Step step;

  UnitMerge(
      Warehouse warehouse,
      CommitInfo commit,
      IngestSettings settings,
      Map<String, String> mapping,
      Ledger ledger,
      RunTotals totals,
      BatchCommit.Step step) {
    this.warehouse = warehouse;
    this.commit = commit;
    this.settings = settings;
    this.mapping = mapping;
    this.ledger = ledger;
    this.totals = totals;
    this.step = step;
  }

  /**
   * Merges the files that ended well; the others leave a line in the ledger.
   *
   * @param replacement what gives way
   */
  void merge(Dataset<Row> rows, List<StagedFile> files, Replacement replacement) {
    BatchCommit commits =
        new BatchCommit(warehouse, commit, unit(files, replacement), Instant.now(), step);
    List<StagedFile> usable = files.stream().filter(f -> f.refusal().isEmpty()).toList();
    List<FileOutcome> outcomes = new ArrayList<>();
    files.forEach(file -> refused(file).ifPresent(outcomes::add));
    if (!usable.isEmpty()) {
      BatchMerge.Merged merged =
          new BatchMerge(warehouse, rows, usable, replacement).commit(commits);
      outcomes.addAll(merged.files());
      totals.add(merged.decision());
    }
    List<Row> ledgerRows = new ArrayList<>(outcomes.stream().map(commits::ledgerRow).toList());
    replacement.entries().stream()
        .map(entry -> entry.withOutcome(Ledger.REPLACED))
        .forEach(ledgerRows::add);
    replacement.baseline().ifPresent(marker -> ledgerRows.add(commits.baselineRow(marker)));
    boolean known =
        !replacement.entries().isEmpty()
            || replacement.baseline().isPresent()
            || outcomes.stream().anyMatch(outcome -> ledger.has(outcome.file(), outcome.md5()));
    commits.ledger(ledgerRows, known);
    totals.add(outcomes);
  }

  /** Files that are refused for their name alone leave a line in the ledger, too. */
  void refuse(List<FileOutcome> settled) {
    List<FileOutcome> refused =
        settled.stream()
            .filter(file -> file.fate() == FileOutcome.Fate.REFUSED && !file.md5().isEmpty())
            .toList();
    if (!refused.isEmpty()) {
      List<String> lines =
          refused.stream()
              .map(file -> String.join("\0", file.source(), file.file(), file.md5(), "refused"))
              .toList();
      BatchCommit commits = new BatchCommit(warehouse, commit, unit(lines), Instant.now(), step);
      boolean known = refused.stream().anyMatch(file -> ledger.has(file.file(), file.md5()));
      commits.ledger(refused.stream().map(commits::ledgerRow).toList(), known);
    }
  }

  /** The outcome of a file whose reading ended badly. */
  static Optional<FileOutcome> refused(StagedFile file) {
    return file.refusal()
        .map(
            refusal ->
                FileOutcome.without(
                    file.file(),
                    file.md5(),
                    FileOutcome.Fate.REFUSED,
                    Optional.of(refusal.rule()),
                    Optional.of(refusal.detail())));
  }

  /**
   * The unit is named by what is done: files, contents, how their reading ended, what they replace
   * and the bounds they were read with.
   */
  private UnitOfWork unit(List<StagedFile> files, Replacement replacement) {
    List<String> lines = new ArrayList<>();
    for (StagedFile file : files) {
      String refused = file.refusal().map(StagedFile.Refusal::rule).orElse("");
      lines.add(String.join("\0", file.file().source(), file.file().name(), file.md5(), refused));
    }
    for (Ledger.Entry entry : replacement.entries()) {
      lines.add(String.join("\0", "replaced", entry.name(), entry.md5(), entry.runId()));
    }
    replacement.baseline().ifPresent(marker -> lines.add("baseline\0" + marker.release()));
    return unit(lines);
  }

  private UnitOfWork unit(List<String> lines) {
    MessageDigest digest = Checksums.algorithm("SHA-256");
    lines.stream()
        .sorted()
        .forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
    digest.update(StagingTask.Limits.of(settings).toString().getBytes(StandardCharsets.UTF_8));
    digest.update(new TreeMap<>(mapping).toString().getBytes(StandardCharsets.UTF_8));
    return UnitOfWork.of("ingest:" + HexFormat.of().formatHex(digest.digest()), commit);
  }
}
