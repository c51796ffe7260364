package org.medroute.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.medroute.table.Deletions;
import org.medroute.table.Documents;

/**
 * What a unit of work takes the place of.
 *
 * @param entries the ledger's entries that are no longer in force
 * @param files names whose quarantined records give way
 * @param documents selects the rows of documents that give way; empty if none do
 * @param deletions selects the tombstones that give way; empty if none do
 * @param baseline the baseline that the unit is, if it is one
 */
record Replacement(
    List<Ledger.Entry> entries,
    Set<String> files,
    Optional<Column> documents,
    Optional<Column> deletions,
    Optional<Marker> baseline) {

  /**
   * A baseline.
   *
   * @param release two digits of its year
   * @param content digest of its files' names and contents
   */
  record Marker(int release, String content) {}

  static final Replacement NONE =
      new Replacement(List.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

  Replacement {
    entries = List.copyOf(entries);
    files = Set.copyOf(files);
  }

  /** The earlier contents of those among the files that have one. */
  static Replacement of(List<StagedFile> files, Map<String, Ledger.Entry> replaced) {
    List<Ledger.Entry> entries = new ArrayList<>();
    String source = "";
    for (StagedFile file : files) {
      Ledger.Entry entry = replaced.get(file.file().name());
      if (entry != null && file.refusal().isEmpty()) {
        entries.add(entry);
        source = file.file().source();
      }
    }
    if (entries.isEmpty()) {
      return NONE;
    }
    Set<String> names = names(entries);
    Column documents =
        col(Documents.SOURCE).equalTo(source).and(col(Documents.SOURCE_FILE).isin(names.toArray()));
    // Only PubMed deletes.
    Optional<Column> deletions =
        source.equals(IngestRequest.PUBMED)
            ? Optional.of(col(Deletions.SOURCE_FILE).isin(names.toArray()))
            : Optional.empty();
    return new Replacement(entries, names, Optional.of(documents), deletions, Optional.empty());
  }

  /**
   * Everything that came from PubMed before a baseline: files of older releases and files without a
   * number.
   *
   * @param entries the ledger's entries of such files
   */
  static Replacement baseline(Marker marker, List<Ledger.Entry> entries) {
    Column older = coalesce(col(Documents.RELEASE), lit(0)).lt(marker.release());
    return new Replacement(
        entries,
        names(entries),
        Optional.of(col(Documents.SOURCE).equalTo(IngestRequest.PUBMED).and(older)),
        Optional.of(coalesce(col(Deletions.RELEASE), lit(0)).lt(marker.release())),
        Optional.of(marker));
  }

  /** Both at once. */
  Replacement and(Replacement other) {
    List<Ledger.Entry> all = new ArrayList<>(entries);
    all.addAll(other.entries);
    Set<String> names = new TreeSet<>(files);
    names.addAll(other.files);
    return new Replacement(
        all,
        names,
        either(documents, other.documents),
        either(deletions, other.deletions),
        baseline.or(other::baseline));
  }

  private static Optional<Column> either(Optional<Column> one, Optional<Column> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().or(other.get()))
        : one.or(() -> other);
  }

  private static Set<String> names(List<Ledger.Entry> entries) {
    Set<String> names = new TreeSet<>();
    entries.forEach(entry -> names.add(entry.name()));
    return names;
  }
}
