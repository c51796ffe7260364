package org.medroute.ingest;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.medroute.delta.Warehouse;
import org.medroute.table.FileLedger;

/**
 * The ledger of one source as a run finds it: which contents of which files are done. Bounded by
 * the number of files ever ingested, a few thousand for all of PubMed.
 */
final class Ledger {
  static final String COMMITTED = "committed";
  static final String REFUSED = "refused";
  static final String REPLACED = "replaced";

  /** A line that stands for a swap of everything before a yearly baseline, not for a file. */
  static final String BASELINE = "baseline";

  /**
   * One content of one file.
   *
   * @param release 0 for unnumbered files
   */
  record Entry(String name, String md5, String outcome, String runId, int release, Row row) {
    /** The entry as a row of the ledger, with another outcome. */
    Row withOutcome(String other) {
      Object[] values = new Object[row.size()];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      values[FileLedger.SCHEMA.fieldIndex(FileLedger.OUTCOME)] = other;
      return RowFactory.create(values);
    }
  }

  private final Map<String, List<Entry>> byName = new HashMap<>();
  private final SortedMap<Integer, SortedSet<Integer>> numbers = new TreeMap<>();
  private int baseline;

  private Ledger() {}

  static Ledger of(Warehouse warehouse, String source) {
    Ledger ledger = new Ledger();
    if (!warehouse.exists(FileLedger.TABLE)) {
      return ledger;
    }
    Dataset<Row> rows = warehouse.read(FileLedger.TABLE);
    for (Row row : rows.where(col(FileLedger.SOURCE).equalTo(source)).collectAsList()) {
      ledger.add(row);
    }
    return ledger;
  }

  private void add(Row row) {
    Integer release = row.getAs(FileLedger.RELEASE);
    Entry entry =
        new Entry(
            row.getAs(FileLedger.SOURCE_FILE),
            row.getAs(FileLedger.MD5),
            row.getAs(FileLedger.OUTCOME),
            row.getAs(FileLedger.RUN_ID),
            release == null ? 0 : release,
            row);
    if (entry.outcome().equals(BASELINE)) {
      baseline = Math.max(baseline, entry.release());
    }
    byName.computeIfAbsent(row.getAs(FileLedger.SOURCE_FILE), name -> new ArrayList<>()).add(entry);
    Integer number = row.getAs(FileLedger.FILE_NUMBER);
    if (entry.outcome().equals(COMMITTED) && release != null && number != null) {
      numbers.computeIfAbsent(release, year -> new TreeSet<>()).add(number);
    }
  }

  /** The content of the file that stands in the tables. */
  Optional<Entry> committed(String name) {
    return byName.getOrDefault(name, List.of()).stream()
        .filter(entry -> entry.outcome().equals(COMMITTED))
        .findFirst();
  }

  /** Whether the ledger has a row for this content, whatever its outcome. */
  boolean has(String name, String md5) {
    return byName.getOrDefault(name, List.of()).stream().anyMatch(entry -> entry.md5().equals(md5));
  }

  /** Whether this content once stood in the tables and gave way. */
  boolean replaced(String name, String md5) {
    return byName.getOrDefault(name, List.of()).stream()
        .anyMatch(entry -> entry.md5().equals(md5) && entry.outcome().equals(REPLACED));
  }

  /** Whether the name may be recognised by its content. */
  boolean knows(String name) {
    return byName.getOrDefault(name, List.of()).stream()
        .anyMatch(entry -> !entry.outcome().equals(REFUSED));
  }

  /** The entries in force that a baseline takes the place of, in the order of their names. */
  List<Entry> before(int release) {
    return new TreeMap<>(byName)
        .values().stream()
            .flatMap(List::stream)
            .filter(entry -> entry.outcome().equals(COMMITTED) && entry.release() < release)
            .toList();
  }

  /** The release of the newest baseline that was swapped in, 0 if none was. */
  int baseline() {
    return baseline;
  }

  /** The numbers that are committed, by release. */
  SortedMap<Integer, SortedSet<Integer>> numbers() {
    return numbers;
  }
}
