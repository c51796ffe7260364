package org.medroute.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medroute.config.IngestSettings;
import org.medroute.config.RefusedException;
import org.medroute.delta.Warehouse;
import org.medroute.table.Documents;
import org.medroute.table.Quarantine;

class BaselineIT extends IngestCase {
  @Override
  IngestSettings settings() {
    return with(
        super.settings(),
        new IngestSettings.Csv(",", ""),
        Map.of("notes", Map.of("id", "id", "title", "title", "abstract", "text")));
  }

  private Path[] older() {
    return new Path[] {
      new PubmedFile()
          .citation(1, "Old one", LONG_TEXT)
          .citation(2, "Old two", "")
          .raw("<PubmedArticle><MedlineCitation/></PubmedArticle>")
          .write(input("old"), "pubmed25n0001.xml"),
      new PubmedFile().delete(1, 8, 9).write(input("old"), "pubmed25n0002.xml"),
      new PubmedFile().citation(7, "Unnumbered", "").write(input("old"), "a.xml")
    };
  }

  private Path notes() throws IOException {
    return Files.writeString(
        input("notes.jsonl"), "{\"id\":\"x\",\"title\":\"Ours\",\"text\":\"" + LONG_TEXT + "\"}\n");
  }

  private Path number(int number, PubmedFile file) {
    return file.write(input("new"), String.format("pubmed26n%04d.xml", number));
  }

  private IngestRequest baseline() {
    return IngestRequest.pubmed(input("new").toString()).withBaseline(26);
  }

  @Test
  void swapIsOneCommitWhenCompleteAndNothingBefore() throws IOException {
    Warehouse warehouse = warehouse("a");
    ingest(warehouse, settings(), IngestRequest.mapped("notes", notes().toString()));
    ingest(warehouse, older());
    assertThat(column(warehouse, Documents.GROUP_ID)).contains("pmid:1=notes:x", "notes:x=notes:x");
    String before = digestWithLedger(warehouse);
    number(1, new PubmedFile().citation(1, "New one", LONG_TEXT).citation(9, "Nine", ""));
    number(4, new PubmedFile().citation(3, "Three", ""));

    assertThatThrownBy(() -> ingest(warehouse, settings(), baseline()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "Baseline 26 was not swapped in, and nothing was written: of 1 to 4, numbers 2-3 are"
                + " missing");
    assertThatThrownBy(
            () ->
                ingest(
                    warehouse,
                    withBaselineFiles(settings(), 6),
                    IngestRequest.pubmed(input("new").toString()).withBaseline(26)))
        .hasMessageContaining("of 1 to 6, numbers 2-3, 5-6 are missing");
    assertThatThrownBy(
            () ->
                ingest(
                    warehouse,
                    settings(),
                    IngestRequest.pubmed(input("old").toString()).withBaseline(26)))
        .hasMessageContaining("none of the 3 files given is of release 26");

    number(2, new PubmedFile().delete(1, 2));
    Path cut = number(3, new PubmedFile().citation(5, "Five", ""));
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 12));
    assertThat(digestWithLedger(warehouse)).isEqualTo(before);
    IngestResult refused = ingest(warehouse, settings(), baseline());
    assertThat(refused.verdict()).isEqualTo(IngestResult.Verdict.REFUSED);
    assertThat(of(refused, "pubmed26n0003.xml").rule()).contains("truncated-xml");
    assertThat(of(refused, "pubmed26n0001.xml").fate()).isEqualTo(FileOutcome.Fate.HELD);
    assertThat(digest(warehouse) + "")
        .as("documents, deletions, quarantine")
        .isEqualTo(before.substring(0, digest(warehouse).length()));

    Files.write(cut, whole);
    long version = warehouse.version(Documents.TABLE);
    IngestResult swapped = ingest(warehouse, settings(), baseline());

    assertThat(swapped.verdict()).isEqualTo(IngestResult.Verdict.DONE);
    assertThat(warehouse.version(Documents.TABLE)).isEqualTo(version + 1);
    // 1 is updated; 9, 3 and 5 come; 2 and 7 go.
    assertThat(swapped.equations().get(1))
        .isEqualTo("per run: documents after 5 = before 4 + inserted 3 - removed 2: holds");
    assertThat(swapped.updated()).isEqualTo(1);
    assertThat(swapped.sources()).containsExactly(Map.entry("notes", 1L), Map.entry("pubmed", 4L));
    assertThat(column(warehouse, Documents.TITLE))
        .containsExactly(
            "notes:x=Ours", "pmid:1=New one", "pmid:3=Three", "pmid:5=Five", "pmid:9=Nine");
    assertThat(tombstones(warehouse)).containsExactly("pmid:2 v1");
    assertThat(warehouse.read(Quarantine.TABLE).count()).isZero();

    Warehouse fresh = warehouse("fresh");
    ingest(fresh, settings(), IngestRequest.mapped("notes", notes().toString()));
    ingest(fresh, input("new"));
    assertThat(digest(warehouse)).isEqualTo(digest(fresh));

    String after = digestWithLedger(warehouse);
    IngestResult again = ingest(warehouse, settings(), baseline());
    assertThat(again.count(FileOutcome.Fate.KNOWN)).isEqualTo(4);
    assertThat(again.notes()).containsExactly("baseline 26 is in force already");
    IngestResult late = ingest(warehouse, input("old"));
    assertThat(late.count(FileOutcome.Fate.OBSOLETE)).isEqualTo(3);
    assertThat(late.notes()).contains("left aside: 3 files from before baseline 26");
    assertThatThrownBy(
            () ->
                ingest(
                    warehouse,
                    settings(),
                    IngestRequest.pubmed(input("old").toString()).withBaseline(25)))
        .hasMessageContaining("baseline 26 is in force and newer");
    assertThat(digestWithLedger(warehouse)).isEqualTo(after);
  }

  @Test
  void updateFilesOfTheSameYearKeepTheirPlace() {
    Path[] files = {
      number(1, new PubmedFile().citation(1, "One", "").citation(2, "Two", "")),
      number(2, new PubmedFile().citation(1, "One, updated", "").delete(1, 2))
    };
    Warehouse first = warehouse("first");
    ingest(first, files[1]);
    IngestResult swapped =
        ingest(
            first,
            withBaselineFiles(settings(), 1),
            IngestRequest.pubmed(input("new").toString()).withBaseline(26));
    assertThat(swapped.notes())
        .containsExactly("left aside, for they are no part of baseline 26: pubmed26n0002.xml");
    assertThat(column(first, Documents.TITLE)).containsExactly("pmid:1=One, updated");
    assertThat(tombstones(first)).containsExactly("pmid:2 v1");
  }
}
