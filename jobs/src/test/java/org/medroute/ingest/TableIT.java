package org.medroute.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.medroute.config.IngestSettings;
import org.medroute.delta.TableContractException;
import org.medroute.delta.Warehouse;
import org.medroute.table.Documents;
import org.medroute.table.FileLedger;
import org.medroute.table.Quarantine;
import org.medroute.table.Tables;

/** Tables of other people become documents by the rules of files. */
class TableIT extends IngestCase {
  private static final Map<String, String> MAPPING =
      Map.of(
          "id", "key",
          "title", "heading",
          "abstract", "body",
          "year", "year",
          "date", "day",
          "given-labels", "labels",
          "given-confidence", "sure",
          "metadata", "*");
  private static final StructType COLUMNS =
      new StructType()
          .add("key", DataTypes.IntegerType)
          .add("heading", DataTypes.StringType)
          .add("body", DataTypes.StringType)
          .add("year", DataTypes.IntegerType)
          .add("day", DataTypes.DateType)
          .add("labels", DataTypes.createArrayType(DataTypes.StringType))
          .add("sure", DataTypes.DoubleType)
          .add("ward.no", DataTypes.LongType);

  @Override
  IngestSettings settings() {
    return with(super.settings(), new IngestSettings.Csv(",", ";"), Map.of("ward", MAPPING));
  }

  private static IngestRequest table(IngestRequest.Format format, Path path) {
    return IngestRequest.mapped("ward", path.toString()).withFormat(format);
  }

  private static Row row(Integer key, String heading, String body, Double sure) {
    return RowFactory.create(
        key,
        heading,
        body,
        1999,
        java.sql.Date.valueOf(LocalDate.of(1999, 2, 3)),
        new String[] {"Cardiology", "Other"},
        sure,
        7L);
  }

  private Path write(String format, String name, int files, List<Row> rows) {
    Path path = input(name);
    spark
        .createDataFrame(rows, COLUMNS)
        .repartition(files)
        .write()
        .mode("overwrite")
        .format(format)
        .save(path.toString());
    return path;
  }

  @Test
  void rowsAreReadByTheRulesOfJsonRecords() throws IOException {
    List<Row> rows = new ArrayList<>();
    rows.add(row(2, "Two", LONG_TEXT, 0.9));
    rows.add(row(10, "Ten", null, 0.1));
    rows.add(row(10, "Tenth", "text", 0.1));
    rows.add(row(null, "Nobody", "text", null));
    rows.add(row(3, "Three", "text", 1.5));
    rows.add(row(4, "Bell \u0007", "text", 0.5));
    Warehouse warehouse = warehouse("parquet");

    IngestResult result =
        ingest(
            warehouse,
            settings(),
            table(IngestRequest.Format.PARQUET, write("parquet", "beds", 2, rows)));

    FileOutcome table = of(result, "beds");
    assertThat(table.equation())
        .isEqualTo(
            "beds: read 6 = live 2 + superseded 0 + deleted 0 + quarantined 4 + skipped 0: holds");
    assertThat(result.equations().get(1))
        .isEqualTo("per run: documents after 2 = before 0 + inserted 2 - removed 0: holds");
    assertThat(result.sources()).containsExactly(Map.entry("ward", 2L));
    assertThat(column(warehouse, Documents.TITLE)).containsExactly("ward:10=Ten", "ward:2=Two");
    // Sorted by id as text, rows without one first: null, 10, 10, 2, 3, 4.
    assertThat(column(warehouse, Documents.RECORD_ORDINAL))
        .containsExactly("ward:10=2", "ward:2=4");
    assertThat(warehouse.read(Quarantine.TABLE).orderBy(Quarantine.RECORD_ORDINAL).collectAsList())
        .extracting(row -> row.getAs(Quarantine.RECORD_ORDINAL) + " " + row.getAs(Quarantine.RULE))
        .containsExactly("1 no-id", "3 duplicate-id", "5 out-of-range", "6 control-character");
    Row two = warehouse.read(Documents.TABLE).where("document_id = 'ward:2'").first();
    assertThat(two.<Integer>getAs(Documents.PUBLICATION_YEAR)).isEqualTo(1999);
    assertThat(two.<java.sql.Date>getAs(Documents.PUBLICATION_DATE)).hasToString("1999-02-03");
    assertThat(two.<Double>getAs(Documents.GIVEN_CONFIDENCE)).isEqualTo(0.9);
    assertThat(two.getList(two.fieldIndex(Documents.GIVEN_LABELS)))
        .isEqualTo(List.of("Cardiology", "Other"));
    assertThat(two.getJavaMap(two.fieldIndex(Documents.METADATA)))
        .isEqualTo(Map.of("ward.no", "7"));

    Path json =
        Files.writeString(
            input("beds.jsonl"),
            "{\"key\":2,\"heading\":\"Two\",\"body\":\""
                + LONG_TEXT
                + "\",\"year\":1999,\"day\":\"1999-02-03\",\"labels\":[\"Cardiology\",\"Other\"],"
                + "\"sure\":0.9,\"ward.no\":7}\n");
    Warehouse fromJson = warehouse("json");
    ingest(fromJson, settings(), IngestRequest.mapped("ward", json.toString()));
    assertThat(column(warehouse, Documents.CONTENT_HASH))
        .containsAll(column(fromJson, Documents.CONTENT_HASH));

    Collections.reverse(rows);
    IngestResult again =
        ingest(
            warehouse,
            settings(),
            table(IngestRequest.Format.PARQUET, write("parquet", "beds", 3, rows)));
    assertThat(of(again, "beds").fate()).isEqualTo(FileOutcome.Fate.KNOWN);
  }

  @Test
  void csvLinesOfAnotherLengthAreKeptAside() throws IOException {
    Path csv =
        Files.writeString(
            input("beds.csv"),
            "key,heading,body,year,day,labels,sure,ward.no\n"
                + "007,\"One, \"\"quoted\"\"\",\"first line\nsecond line\",1999,1999-02-03,A; B,0.25,x\n"
                + "b,Short\n"
                + "c,Long,,,,,,,,9\n"
                + "d,Sure,,1999,,A,high,\n");
    Warehouse warehouse = warehouse("csv");

    IngestResult result = ingest(warehouse, settings(), table(IngestRequest.Format.CSV, csv));

    assertThat(of(result, "beds.csv").equation())
        .startsWith("beds.csv: read 4 = live 1 + superseded 0 + deleted 0 + quarantined 3");
    assertThat(column(warehouse, Documents.TITLE)).containsExactly("ward:007=One, \"quoted\"");
    assertThat(column(warehouse, Documents.GIVEN_LABELS)).containsExactly("ward:007=[A, B]");
    assertThat(column(warehouse, Documents.GIVEN_CONFIDENCE)).containsExactly("ward:007=0.25");
    assertThat(column(warehouse, Documents.ABSTRACT_SECTIONS).get(0))
        .contains("first line\nsecond line");
    assertThat(warehouse.read(Quarantine.TABLE).collectAsList())
        .extracting(row -> row.<String>getAs(Quarantine.RULE))
        .containsExactlyInAnyOrder("broken-csv", "broken-csv", "wrong-type");
  }

  @Test
  void deltaTableIsKnownByItsVersion() {
    Path path =
        write("delta", "beds", 1, List.of(row(1, "One", "a", 0.5), row(2, "Two", "b", 0.5)));
    IngestRequest request = table(IngestRequest.Format.DELTA, path);
    Warehouse warehouse = warehouse("delta");
    ingest(warehouse, settings(), request);
    assertThat(warehouse.read(FileLedger.TABLE).first().<String>getAs(FileLedger.MD5))
        .matches("delta:[0-9a-f-]{36}@0");

    assertThat(of(ingest(warehouse, settings(), request), "beds").fate())
        .isEqualTo(FileOutcome.Fate.KNOWN);

    write("delta", "beds", 1, List.of(row(2, "Two", "b", 0.5), row(3, "Three", "c", 0.5)));
    IngestResult refused = ingest(warehouse, settings(), request);
    assertThat(refused.verdict()).isEqualTo(IngestResult.Verdict.REFUSED);
    assertThat(refused.refusals().get(0))
        .contains("beds was ingested by run")
        .contains("--replace");
    assertThat(ids(warehouse)).containsExactly("ward:1", "ward:2");

    IngestResult replaced =
        ingest(warehouse, settings(), request.withConflicts(IngestRequest.Conflicts.REPLACE));
    assertThat(replaced.equations().get(1))
        .isEqualTo("per run: documents after 2 = before 2 + inserted 1 - removed 1: holds");
    assertThat(ids(warehouse)).containsExactly("ward:2", "ward:3");
  }

  @Test
  void wholeDifferenceIsSaidAndNothingIsWritten() {
    StructType columns =
        new StructType()
            .add("Key", DataTypes.IntegerType)
            .add("heading", DataTypes.LongType)
            .add("text", DataTypes.StringType)
            .add("year", DataTypes.ShortType)
            .add("day", DataTypes.DateType)
            .add("labels", DataTypes.StringType)
            .add("sure", DataTypes.FloatType);
    Path path = input("other");
    spark.createDataFrame(List.of(), columns).write().parquet(path.toString());
    Warehouse warehouse = warehouse("none");

    assertThatThrownBy(
            () -> ingest(warehouse, settings(), table(IngestRequest.Format.PARQUET, path)))
        .isInstanceOf(TableContractException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains("other differs from what mapping ward reads: ")
                    .contains("column key (string) is missing, perhaps renamed to Key")
                    .contains("column heading is bigint, expected string")
                    .contains("column body (string) is missing, perhaps renamed to text")
                    .contains("column year is smallint (narrowed), expected int")
                    .contains("column sure is float (narrowed), expected double")
                    .contains("It has Key (int), heading (bigint), text (string)")
                    .endsWith("Nothing was written"));
    assertThat(Tables.ALL).noneMatch(warehouse::exists);
  }

  @Test
  void tableThatCannotBeReadIsRefused() throws IOException {
    Path path = write("parquet", "beds", 1, List.of(row(1, "One", LONG_TEXT, 0.5)));
    Path part;
    try (Stream<Path> all = Files.list(path)) {
      part = all.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    // The footer stays whole, the pages do not.
    byte[] bytes = Files.readAllBytes(part);
    java.util.Arrays.fill(bytes, 4, 40, (byte) 0);
    Files.write(part, bytes);
    Files.delete(part.resolveSibling("." + part.getFileName() + ".crc"));
    Warehouse warehouse = warehouse("broken");

    IngestResult result = ingest(warehouse, settings(), table(IngestRequest.Format.PARQUET, path));

    assertThat(result.verdict()).isEqualTo(IngestResult.Verdict.REFUSED);
    assertThat(of(result, "beds").rule()).contains("unreadable-table");
    assertThat(ids(warehouse)).isEmpty();

    assertThatThrownBy(() -> ingest(warehouse, settings(), table(IngestRequest.Format.DELTA, path)))
        .hasMessageContaining("is no Delta table. Nothing was written");
  }
}
