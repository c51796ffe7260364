package org.medroute.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.medroute.config.IngestSettings;
import org.medroute.config.Progress;
import org.medroute.delta.Warehouse;
import org.medroute.table.Deletions;
import org.medroute.table.Documents;
import org.medroute.table.FileLedger;
import org.medroute.table.Quarantine;
import org.medroute.table.Table;

class IngestIT extends IngestCase {
  @Test
  void everyRecordOfAFileIsAccountedFor() {
    new PubmedFile()
        .citation(1, "One", LONG_TEXT)
        .citation(2, "Two", "")
        .citation(2, "Two again", "")
        .citation(3, "Three", "short")
        .raw("<PubmedArticle><MedlineCitation><Article/></MedlineCitation></PubmedArticle>")
        .delete(1, 3, 999)
        .book()
        .write(input("in"), "pubmed26n0001.xml.gz");
    Warehouse warehouse = warehouse("a");

    IngestResult result = ingest(warehouse, input("in"));

    FileOutcome file = of(result, "pubmed26n0001.xml.gz");
    assertThat(file.read()).isEqualTo(8);
    assertThat(file.live()).isEqualTo(2);
    assertThat(file.superseded()).isEqualTo(1);
    assertThat(file.deleted()).isEqualTo(3);
    assertThat(file.quarantined()).isEqualTo(1);
    assertThat(file.skipped()).isEqualTo(1);
    assertThat(result.verdict()).isEqualTo(IngestResult.Verdict.DONE);
    assertThat(result.equations())
        .containsExactly(
            "per file: read 8 = live 2 + superseded 1 + deleted 3 + quarantined 1 + skipped 1:"
                + " holds in each of 1 files",
            "per run: documents after 2 = before 0 + inserted 2 - removed 0: holds");
    assertThat(column(warehouse, Documents.TITLE))
        .containsExactly("pmid:1=One", "pmid:2=Two again");
    assertThat(tombstones(warehouse)).containsExactly("pmid:3 v1", "pmid:999 v1");
    Row quarantined = warehouse.read(Quarantine.TABLE).first();
    assertThat(quarantined.<String>getAs(Quarantine.SOURCE_FILE)).isEqualTo("pubmed26n0001.xml.gz");
    assertThat(quarantined.<Long>getAs(Quarantine.RECORD_ORDINAL)).isEqualTo(5);
    assertThat(quarantined.<String>getAs(Quarantine.RULE)).isEqualTo("no-pmid");
    assertThat(quarantined.<String>getAs(Quarantine.RUN_ID)).isEqualTo("run-1");
    Row document = warehouse.read(Documents.TABLE).where("pmid = 1").first();
    assertThat(document.<Integer>getAs(Documents.RELEASE)).isEqualTo(26);
    assertThat(document.<Integer>getAs(Documents.FILE_NUMBER)).isEqualTo(1);
    assertThat(document.<Long>getAs(Documents.RECORD_ORDINAL)).isEqualTo(1);
    assertThat(document.<String>getAs(Documents.SOURCE)).isEqualTo("pubmed");
    assertThat(document.<String>getAs(Documents.TEXT_LANGUAGE)).isEqualTo("en");
    assertThat(document.<java.sql.Date>getAs(Documents.PUBLICATION_DATE)).hasToString("2015-01-01");
    assertThat(folder.resolve("warehouse-a/_staging").toFile().list()).isEmpty();

    String before = digestWithLedger(warehouse);
    long version = warehouse.version(Documents.TABLE);
    IngestResult again = ingest(warehouse, input("in"));
    assertThat(of(again, "pubmed26n0001.xml.gz").fate()).isEqualTo(FileOutcome.Fate.KNOWN);
    assertThat(again.inserted() + again.updated() + again.removed()).isZero();
    assertThat(again.verdict()).isEqualTo(IngestResult.Verdict.DONE);
    assertThat(digestWithLedger(warehouse)).isEqualTo(before);
    assertThat(warehouse.version(Documents.TABLE)).isEqualTo(version);

    Warehouse interrupted = warehouse("interrupted");
    for (Table table : List.of(Quarantine.TABLE, Deletions.TABLE, Documents.TABLE)) {
      assertThatThrownBy(() -> dieAfter(table, interrupted, input("in")))
          .hasMessage("died after " + table.name());
    }
    ingest(interrupted, input("in"));
    assertThat(digestWithLedger(interrupted)).isEqualTo(before);
  }

  private void dieAfter(Table table, Warehouse warehouse, Path path) {
    BatchCommit.Step step =
        committed -> {
          if (committed.equals(table.name())) {
            throw new IllegalStateException("died after " + committed);
          }
        };
    new Ingest(warehouse, run(), Progress.SILENT, settings(), step)
        .run(IngestRequest.pubmed(path.toString()));
  }

  @Test
  void sameNameWithOtherContentIsRefusedUnlessReplaced() {
    PubmedFile old =
        new PubmedFile()
            .citation(1, "Old one", "")
            .citation(2, "Two", "")
            .delete(1, 9)
            .raw("<PubmedArticle><MedlineCitation/></PubmedArticle>");
    Path file = old.write(input("in"), "a.xml");
    Warehouse warehouse = warehouse("a");
    ingest(warehouse, file);
    PubmedFile other = new PubmedFile().citation(1, "New one", "").citation(3, "Three", "");
    other.write(input("in"), "a.xml");

    IngestResult refused = ingest(warehouse, file);

    assertThat(refused.verdict()).isEqualTo(IngestResult.Verdict.REFUSED);
    assertThat(refused.refusals().get(0))
        .contains("a.xml was ingested by run run-1 with md5 ")
        .contains("pass --replace");
    assertThat(column(warehouse, Documents.TITLE)).containsExactly("pmid:1=Old one", "pmid:2=Two");

    IngestRequest replace =
        IngestRequest.pubmed(file.toString()).withConflicts(IngestRequest.Conflicts.REPLACE);
    IngestResult replaced = ingest(warehouse, settings(), replace);
    assertThat(replaced.verdict()).isEqualTo(IngestResult.Verdict.DONE);
    assertThat(replaced.equations().get(1))
        .isEqualTo("per run: documents after 2 = before 2 + inserted 1 - removed 1: holds");
    assertThat(column(warehouse, Documents.TITLE))
        .containsExactly("pmid:1=New one", "pmid:3=Three");
    assertThat(tombstones(warehouse)).isEmpty();
    assertThat(warehouse.read(Quarantine.TABLE).count()).isZero();
    assertThat(outcomes(warehouse)).containsExactlyInAnyOrder("replaced", "committed");

    assertThat(of(ingest(warehouse, file), "a.xml").fate()).isEqualTo(FileOutcome.Fate.KNOWN);

    // There and back again: neither content is taken for a repetition of its first arrival.
    old.write(input("in"), "a.xml");
    ingest(warehouse, settings(), replace);
    assertThat(column(warehouse, Documents.TITLE)).containsExactly("pmid:1=Old one", "pmid:2=Two");
    assertThat(tombstones(warehouse)).containsExactly("pmid:9 v1");
    other.write(input("in"), "a.xml");
    ingest(warehouse, settings(), replace);
    assertThat(column(warehouse, Documents.TITLE))
        .containsExactly("pmid:1=New one", "pmid:3=Three");
  }

  @Test
  void refusedFilesLeaveOnlyALineAndTheOthersAreCommitted() throws Exception {
    Path in = input("in");
    byte[] whole =
        PubmedFile.gzip(new PubmedFile().citation(1, "One", LONG_TEXT).xml().getBytes("UTF-8"));
    Files.createDirectories(in);
    Files.write(in.resolve("cut.xml.gz"), java.util.Arrays.copyOf(whole, whole.length - 12));
    Files.write(in.resolve("empty.xml.gz"), new byte[0]);
    Files.writeString(in.resolve("page.xml"), "<html><body>503</body></html>");
    Path good = new PubmedFile().citation(2, "Two", "").write(in, "good.xml");
    for (String name : List.of("cut.xml.gz", "empty.xml.gz", "page.xml", "good.xml")) {
      Files.writeString(in.resolve(name + ".md5"), md5(in.resolve(name)) + "  " + name + "\n");
    }
    new PubmedFile().citation(3, "Three", "").write(in, "bare.xml");
    Path wrong = new PubmedFile().citation(4, "Four", "").write(in, "wrong.xml");
    Files.writeString(in.resolve("wrong.xml.md5"), "MD5(wrong.xml)= " + "0".repeat(32));
    Warehouse warehouse = warehouse("a");
    IngestSettings require = with(settings(), IngestSettings.Md5.REQUIRE, IngestSettings.Gaps.WARN);
    IngestRequest request = IngestRequest.pubmed(in.toString());

    IngestResult result = ingest(warehouse, require, request);

    assertThat(result.verdict()).isEqualTo(IngestResult.Verdict.REFUSED);
    assertThat(ids(warehouse)).containsExactly("pmid:2");
    assertThat(of(result, good.getFileName().toString()).fate())
        .isEqualTo(FileOutcome.Fate.COMMITTED);
    assertThat(of(result, "bare.xml").rule()).contains("md5-missing");
    assertThat(of(result, "cut.xml.gz").rule()).contains("truncated-gzip");
    assertThat(of(result, "empty.xml.gz").rule()).contains("empty-file");
    assertThat(of(result, "page.xml").rule()).contains("wrong-root");
    assertThat(of(result, "wrong.xml").rule()).contains("md5-mismatch");
    assertThat(result.refusals()).hasSize(5).allMatch(text -> text.contains("."));
    assertThat(outcomes(warehouse))
        .containsExactlyInAnyOrder(
            "committed", "refused", "refused", "refused", "refused", "refused");

    String before = digestWithLedger(warehouse);
    assertThat(ingest(warehouse, require, request).verdict())
        .isEqualTo(IngestResult.Verdict.REFUSED);
    assertThat(digestWithLedger(warehouse)).isEqualTo(before);

    Files.delete(in.resolve("wrong.xml.md5"));
    assertThat(of(ingest(warehouse, wrong), "wrong.xml").fate())
        .isEqualTo(FileOutcome.Fate.COMMITTED);
    assertThat(ids(warehouse)).containsExactly("pmid:2", "pmid:4");
  }

  @Test
  void gapsAreSaidByNumberAndHoldWhereConfigured() {
    Path in = input("in");
    for (int number : new int[] {3, 4, 6, 9}) {
      new PubmedFile()
          .citation(number, "Number " + number, "")
          .write(in, String.format("pubmed26n%04d.xml", number));
    }
    Warehouse warehouse = warehouse("a");
    IngestSettings hold = with(settings(), IngestSettings.Md5.WARN, IngestSettings.Gaps.HOLD);
    IngestResult first = ingest(warehouse, hold, IngestRequest.pubmed(in.toString()));
    assertThat(first.verdict()).isEqualTo(IngestResult.Verdict.HELD);
    assertThat(first.notes())
        .containsExactly("release 26: numbers 5, 7-8 are missing between 3 and 9");
    assertThat(ids(warehouse)).containsExactly("pmid:3", "pmid:4");

    new PubmedFile().citation(5, "Number 5", "").write(in, "pubmed26n0005.xml");
    ingest(warehouse, hold, IngestRequest.pubmed(in.toString()));
    assertThat(ids(warehouse)).containsExactly("pmid:3", "pmid:4", "pmid:5", "pmid:6");

    IngestResult warned = ingest(warehouse, in);
    assertThat(warned.notes())
        .containsExactly("release 26: numbers 7-8 are missing between 3 and 9");
    assertThat(warned.verdict()).isEqualTo(IngestResult.Verdict.DONE);
    assertThat(ids(warehouse)).contains("pmid:9");
  }

  private static String md5(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
  }

  private static List<String> outcomes(Warehouse warehouse) {
    return warehouse.read(FileLedger.TABLE).select(FileLedger.OUTCOME).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
