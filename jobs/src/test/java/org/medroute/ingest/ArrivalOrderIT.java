package org.medroute.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.medroute.delta.Warehouse;
import org.medroute.table.Documents;

/**
 * Revisions, versions, delete entries, unnumbered files and copies, in several orders and batches:
 * the tables come out the same. Every order is tried without Spark by {@link RegisterTest}.
 */
class ArrivalOrderIT extends IngestCase {
  /** One PMID a case; the tens are the numbers of the cases of bad input. */
  private Map<String, Path> files() {
    Map<String, Path> files = new HashMap<>();
    write(
        files,
        "pubmed26n0009.xml.gz",
        new PubmedFile()
            .citation(27, "Older revision of a deleted one", "")
            .citation(60, "Sixty, first", "")
            .citation(50, "Fifty", LONG_TEXT));
    write(
        files,
        "pubmed26n0010.xml.gz",
        new PubmedFile()
            .citation(25, "Deleted later", "")
            .citation(28, 2, "", "Version two", "")
            .citation(29, "Twice, first", "")
            .citation(29, "Twice, last", "")
            .citation(60, "Sixty, second", "")
            .raw("<PubmedArticle><MedlineCitation/></PubmedArticle>"));
    write(
        files,
        "pubmed26n0011.xml.gz",
        new PubmedFile().citation(28, "Version one", "").citation(51, "Fifty-one", LONG_TEXT));
    write(
        files,
        "pubmed26n0012.xml.gz",
        new PubmedFile().delete(1, 25, 26, 27, 28).delete(1, 50).book());
    write(
        files,
        "a.xml",
        new PubmedFile()
            .citation(40, 1, "2021-01-01", "Newer date", "")
            .citation(41, "Below every number", "")
            .citation(52, "Fifty-two", LONG_TEXT));
    write(
        files,
        "b.xml",
        new PubmedFile()
            .citation(40, 1, "2020-01-01", "Older date", "")
            .citation(60, 1, "2026-01-01", "Unnumbered", ""));
    write(files, "pubmed25n0999.xml", new PubmedFile().citation(41, "Of last year", ""));
    return files;
  }

  private void write(Map<String, Path> files, String name, PubmedFile file) {
    files.put(name, file.write(input("in"), name));
  }

  @Test
  void ordersAndBatchesCannotBeTold() {
    Map<String, Path> files = files();
    Warehouse together = warehouse("together");
    run(together, files, new TreeSet<>(files.keySet()).stream().toList());
    assertThat(column(together, Documents.TITLE))
        .containsExactly(
            "pmid:28=Version two",
            "pmid:29=Twice, last",
            "pmid:40=Newer date",
            "pmid:41=Of last year",
            "pmid:51=Fifty-one",
            "pmid:52=Fifty-two",
            "pmid:60=Sixty, second");
    assertThat(column(together, Documents.GROUP_ID)).contains("pmid:51=pmid:51", "pmid:52=pmid:51");
    assertThat(tombstones(together))
        .containsExactly("pmid:25 v1", "pmid:26 v1", "pmid:27 v1", "pmid:28 v1", "pmid:50 v1");
    String expected = digest(together);

    Warehouse deletesFirst = warehouse("deletes-first");
    run(deletesFirst, files, List.of("pubmed26n0012.xml.gz", "a.xml", "pubmed25n0999.xml"));
    run(
        deletesFirst,
        files,
        List.of("pubmed26n0009.xml.gz", "pubmed26n0010.xml.gz", "b.xml", "pubmed26n0011.xml.gz"));
    assertThat(digest(deletesFirst)).isEqualTo(expected);

    Warehouse olderLast = warehouse("older-last");
    run(
        olderLast,
        files,
        List.of("pubmed26n0011.xml.gz", "b.xml", "pubmed26n0012.xml.gz", "pubmed26n0010.xml.gz"));
    run(olderLast, files, List.of("pubmed26n0009.xml.gz", "pubmed25n0999.xml", "a.xml", "b.xml"));
    assertThat(digest(olderLast)).isEqualTo(expected);
  }

  private void run(Warehouse warehouse, Map<String, Path> files, List<String> names) {
    IngestResult result = ingest(warehouse, names.stream().map(files::get).toArray(Path[]::new));
    assertThat(result.files()).hasSize(names.size()).allMatch(FileOutcome::balanced);
    assertThat(result.balanced()).isTrue();
    assertThat(result.equations()).hasSize(2).allMatch(line -> line.contains("holds"));
  }
}
