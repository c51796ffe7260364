package org.medroute.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ConfigurationException;
import org.medroute.config.IngestSettings;
import org.medroute.config.Progress;
import org.medroute.config.RefusedException;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.RunLock;
import org.medroute.delta.Warehouse;
import org.medroute.medline.RefusedFileException;
import org.medroute.table.Documents;

/**
 * Brings files into the documents table.
 *
 * <p>Reads files of one source. Writes documents, deletions, quarantine and file_ledger. Files
 * whose content the ledger knows are left; the others are read aside in bounded batches ({@link
 * Staging}), and of each batch the files that ended well are merged ({@link BatchMerge}) while the
 * refused ones leave a line in the ledger. A run that died is simply run again.
 *
 * <p>Runs on one warehouse take turns ({@link RunLock}).
 *
 * <p>Cost a batch: one pass over the files, one shuffle of narrow rows, one write of the texts
 * aside and one into the table; a merge instead of an append where documents of the table change.
 */
public final class Ingest {
  private final Warehouse warehouse;
  private final CommitInfo commit;
  private final Progress progress;
  private final IngestSettings settings;
  private final BatchCommit.Step step;

  public Ingest(
      Warehouse warehouse, CommitInfo commit, Progress progress, IngestSettings settings) {
    this(warehouse, commit, progress, settings, table -> {});
  }

  Ingest(
      Warehouse warehouse,
      CommitInfo commit,
      Progress progress,
      IngestSettings settings,
      BatchCommit.Step step) {
    this.warehouse = warehouse;
    this.commit = commit;
    this.progress = progress;
    this.settings = settings;
    this.step = step;
  }

  /**
   * Ingests what the request names.
   *
   * @throws ConfigurationException if a path names nothing or the mapping is unknown
   * @throws org.medroute.delta.LockHeldException if another ingest holds the warehouse too long
   */
  public IngestResult run(IngestRequest request) {
    Map<String, String> mapping = mapping(request);
    RunLock lock =
        RunLock.acquire(
            warehouse.spark().sparkContext().hadoopConfiguration(),
            warehouse.path(),
            "ingest",
            commit.runId(),
            settings.lockWait(),
            settings.lockStale());
    try {
      Staging staging = new Staging(warehouse, commit.runId(), settings);
      staging.removeLeftovers();
      try {
        return run(request, mapping, staging);
      } finally {
        staging.remove();
      }
    } finally {
      lock.close();
    }
  }

  private IngestResult run(IngestRequest request, Map<String, String> mapping, Staging staging) {
    RunTotals totals = new RunTotals();
    long before = documents();
    if (request.format() != IngestRequest.Format.FILES) {
      tables(request, mapping, staging, totals);
    } else if (request.baseline().isPresent()) {
      baseline(request, request.baseline().getAsInt(), staging, totals);
    } else {
      files(request, mapping, staging, totals);
    }
    IngestResult result = totals.result(before, sources());
    if (!result.balanced()) {
      throw new IllegalStateException(String.join("; ", result.equations()));
    }
    return result;
  }

  private void files(
      IngestRequest request, Map<String, String> mapping, Staging staging, RunTotals totals) {
    InputListing listing = list(request);
    Ledger ledger = Ledger.of(warehouse, request.source());
    FilePlan plan = FilePlan.of(warehouse.spark(), request, listing, ledger, settings);
    note(plan.notes(), totals);
    totals.add(plan.settled());
    UnitMerge units = units(mapping, ledger, totals);
    units.refuse(plan.settled());
    int batch = 0;
    int done = 0;
    for (List<InputFile> files : batches(plan.toRead())) {
      ReadFiles read = read(batch++, files, mapping, staging, done, plan.toRead().size());
      done += files.size();
      progress.step("merge files", done, plan.toRead().size());
      units.merge(read.rows(), read.files(), Replacement.of(read.files(), plan.replaced()));
    }
  }

  /** Every table is opened and compared with its mapping before anything of any is read. */
  private void tables(
      IngestRequest request, Map<String, String> mapping, Staging staging, RunTotals totals) {
    progress.step("open tables", 0, request.paths().size());
    List<TableInput> tables = TableInput.of(warehouse.spark(), request, mapping, settings);
    Ledger ledger = Ledger.of(warehouse, request.source());
    UnitMerge units = units(mapping, ledger, totals);
    int done = 0;
    for (TableInput table : tables) {
      progress.step("read tables", done, tables.size());
      table(table, done, request, mapping, staging, ledger, units, totals);
      done++;
      progress.step("merge tables", done, tables.size());
    }
  }

  private void table(
      TableInput table,
      int number,
      IngestRequest request,
      Map<String, String> mapping,
      Staging staging,
      Ledger ledger,
      UnitMerge units,
      RunTotals totals) {
    Optional<FilePlan> known =
        table.stamp().map(stamp -> FilePlan.of(table.file(), stamp, request, ledger));
    if (known.isPresent() && known.get().toRead().isEmpty()) {
      totals.add(known.get().settled());
      units.refuse(known.get().settled());
      return;
    }
    Dataset<Row> rows;
    try {
      rows = staging.rows(staging.read(number, table, mapping));
    } catch (RefusedFileException e) {
      totals.add(
          List.of(
              FileOutcome.without(
                  table.file(),
                  table.stamp().orElse(""),
                  FileOutcome.Fate.REFUSED,
                  Optional.of(e.rule()),
                  Optional.of(e.getMessage()))));
      return;
    }
    StagedFile file = staging.table(rows, table);
    FilePlan plan = FilePlan.of(table.file(), file.md5(), request, ledger);
    totals.add(plan.settled());
    units.refuse(plan.settled());
    if (!plan.toRead().isEmpty()) {
      units.merge(rows, List.of(file), Replacement.of(List.of(file), plan.replaced()));
    }
  }

  /**
   * Swaps a yearly baseline in: all its files as one unit of work, or none.
   *
   * @throws RefusedException if it is not complete, is older than the one in force, or holds files
   *     that were ingested with another content
   */
  private void baseline(IngestRequest request, int year, Staging staging, RunTotals totals) {
    Baseline baseline = Baseline.of(list(request), year, settings.baselineFiles());
    Ledger ledger = Ledger.of(warehouse, request.source());
    if (ledger.baseline() > year) {
      throw Baseline.refused(
          year, String.format("baseline %02d is in force and newer", ledger.baseline()));
    }
    note(baseline.notes(), totals);
    FilePlan plan =
        FilePlan.of(
            warehouse.spark(),
            request,
            new InputListing(baseline.files(), List.of()),
            ledger,
            settings);
    List<String> conflicts =
        plan.settled().stream()
            .filter(file -> file.fate() == FileOutcome.Fate.REFUSED)
            .flatMap(file -> file.message().stream())
            .toList();
    if (!conflicts.isEmpty()) {
      throw Baseline.refused(year, String.join("; ", conflicts));
    }
    if (ledger.baseline() == year && plan.toRead().isEmpty()) {
      totals.add(plan.settled());
      note(List.of(String.format("baseline %02d is in force already", year)), totals);
      return;
    }
    int size = baseline.files().size();
    ReadFiles read = read(0, baseline.files(), Map.of(), staging, 0, size);
    UnitMerge units = units(Map.of(), ledger, totals);
    List<FileOutcome> refused =
        read.files().stream().flatMap(file -> UnitMerge.refused(file).stream()).toList();
    if (!refused.isEmpty()) {
      units.refuse(refused);
      totals.add(refused);
      totals.add(waiting(read.files(), year));
      return;
    }
    progress.step("swap in baseline", size, size);
    Replacement swap =
        Replacement.baseline(Baseline.marker(year, read.files()), ledger.before(year));
    units.merge(read.rows(), read.files(), swap.and(Replacement.of(read.files(), plan.replaced())));
  }

  private static List<FileOutcome> waiting(List<StagedFile> files, int year) {
    String why = String.format("waits: baseline %02d is swapped in as a whole", year);
    return files.stream()
        .filter(file -> file.refusal().isEmpty())
        .map(
            file ->
                FileOutcome.without(
                    file.file(),
                    file.md5(),
                    FileOutcome.Fate.HELD,
                    Optional.empty(),
                    Optional.of(file.file().name() + " " + why)))
        .toList();
  }

  /** Files that were read aside. */
  private record ReadFiles(Dataset<Row> rows, List<StagedFile> files) {}

  private ReadFiles read(
      int batch,
      List<InputFile> files,
      Map<String, String> mapping,
      Staging staging,
      int done,
      int total) {
    progress.step("read files", done, total);
    TaskProgress counted =
        TaskProgress.of(warehouse.spark(), n -> progress.step("read files", done + n, total));
    Dataset<Row> rows;
    try {
      rows = staging.rows(staging.read(batch, files, mapping));
    } finally {
      counted.close();
    }
    return new ReadFiles(rows, staging.files(rows, files));
  }

  private InputListing list(IngestRequest request) {
    progress.step("list files", 0, 0);
    return InputListing.of(
        request, warehouse.spark().sparkContext().hadoopConfiguration(), settings.settle());
  }

  private UnitMerge units(Map<String, String> mapping, Ledger ledger, RunTotals totals) {
    return new UnitMerge(warehouse, commit, settings, mapping, ledger, totals, step);
  }

  private void note(List<String> notes, RunTotals totals) {
    notes.forEach(progress::note);
    totals.note(notes);
  }

  private List<List<InputFile>> batches(List<InputFile> files) {
    List<List<InputFile>> batches = new ArrayList<>();
    List<InputFile> batch = new ArrayList<>();
    long bytes = 0;
    for (InputFile file : files) {
      boolean full =
          batch.size() == settings.batchFiles() || bytes + file.bytes() > settings.batchBytes();
      if (full && !batch.isEmpty()) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(file);
      bytes += file.bytes();
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private Map<String, String> mapping(IngestRequest request) {
    if (request.mapping().isEmpty()) {
      return Map.of();
    }
    Map<String, String> mapping = settings.mappings().get(request.mapping().get());
    if (mapping == null) {
      throw new ConfigurationException(
          "ingest: no mapping "
              + request.mapping().get()
              + " under ingest.mappings; there are "
              + String.join(", ", new TreeMap<>(settings.mappings()).keySet()));
    }
    return mapping;
  }

  private long documents() {
    return warehouse.exists(Documents.TABLE) ? warehouse.read(Documents.TABLE).count() : 0;
  }

  private SortedMap<String, Long> sources() {
    SortedMap<String, Long> sources = new TreeMap<>();
    if (warehouse.exists(Documents.TABLE)) {
      Dataset<Row> documents = warehouse.read(Documents.TABLE);
      for (Row row : documents.groupBy(Documents.SOURCE).count().collectAsList()) {
        sources.put(row.getString(0), row.getLong(1));
      }
    }
    return sources;
  }
}
