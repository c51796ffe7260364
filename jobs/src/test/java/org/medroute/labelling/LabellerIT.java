package org.medroute.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ConfigurationException;
import org.medroute.config.LabelSettings;
import org.medroute.config.SettingsLoader;
import org.medroute.delta.SchemaDifference;
import org.medroute.labelling.LabelReport.Section;
import org.medroute.table.Corrections;
import org.medroute.table.Documents;
import org.medroute.table.LabelDecisions;
import org.medroute.table.Labels;
import org.medroute.testing.LocalSpark;

/** Labels and report of documents made by hand, by the rules that the project ships. */
class LabellerIT {
  private static final Path LABELS = Path.of("..", "conf", "labels");

  private final SparkSession spark = LocalSpark.session();

  @Test
  void labelsDocumentsByTheShippedRules() {
    Labelling labelling =
        labeller("")
            .label(
                documents(
                    row("1", 2020, null, false, "Heart Arrest*"),
                    row("2", 2020, null, false, "Asthma", "Humans"),
                    row("3", 2021, null, true, "Psoriasis*"),
                    row("4", 2021, null, false, "Asthma*", "Crohn Disease*"),
                    row("5", 2021, null, false, "Schizophrenia*", "Humans", "Male"),
                    row("6", null, "Gut", false),
                    row("7", 2022, "PLoS One", false),
                    row("8", 2022, null, false, "Crohn Disease*"),
                    row("9", 2022, null, false, "Cystic Fibrosis*", "Not A Heading")),
                Optional.of(
                    corrections(
                        correction("8", "2026-01-02 00:00:00", "Dermatology"),
                        correction("8", "2026-01-03 00:00:00", "Other"),
                        correction("7", "2026-01-01 00:00:00", "Neurology"),
                        correction("none", "2026-01-01 00:00:00", "Other"))),
                "run-1");

    List<Row> labels = labelling.labels().orderBy(Labels.DOCUMENT_ID).collectAsList();
    assertThat(labels)
        .extracting(
            row -> row.getAs(Labels.DOCUMENT_ID),
            row -> row.getAs(Labels.LABEL),
            row -> row.getAs(Labels.BASIS),
            row -> row.getAs(Labels.WEIGHT),
            row -> row.getAs(Labels.AUTOMATED))
        .containsExactly(
            tuple("1", "Emergency", "mesh_major", 1.0, false),
            tuple("2", "Pulmonology", "mesh", 0.7, false),
            tuple("3", "Dermatology", "mesh_major", 0.5, true),
            tuple("4", null, "mesh_major", 1.0, false),
            tuple("5", "Other", "mesh", 0.7, false),
            tuple("6", "Gastroenterology", "journal", 0.4, false),
            tuple("8", "Other", "expert", 1.0, false),
            tuple("9", "Pulmonology", "mesh_major", 1.0, false));
    assertThat(labels.get(3).getList(labels.get(3).fieldIndex(Labels.LABELS)))
        .isEqualTo(List.of("Pulmonology", "Gastroenterology"));
    assertThat(SchemaDifference.between(Labels.SCHEMA, labelling.labels().schema())).isEmpty();
    assertThat(labels).extracting(row -> row.getAs(Labels.RUN_ID)).containsOnly("run-1");

    LabelReport report = labelling.report();
    assertThat(report.documents()).isEqualTo(9);
    assertThat(report.labelled()).isEqualTo(7);
    assertThat(report.conflicts()).isEqualTo(1);
    assertThat(report.unlabelled()).isEqualTo(1);
    assertThat(report.outside()).isZero();
    assertThat(report.lines(Section.CONFLICT))
        .containsExactly(
            new LabelReport.Line(
                Section.CONFLICT, "Pulmonology + Gastroenterology", "mesh_major", null, 1));
    assertThat(report.count(Section.CARVE_OUT, "Heart Arrest leaves Cardiology")).isEqualTo(1);
    assertThat(report.count(Section.CARVE_OUT, "Cystic Fibrosis leaves Gastroenterology"))
        .isEqualTo(1);
    assertThat(report.lines(Section.CARVE_OUT)).hasSize(2);
    assertThat(report.unknownHeadings()).isEqualTo(1);
    assertThat(report.count(Section.UNKNOWN_HEADING, "Not A Heading")).isEqualTo(1);
    assertThat(report.count(Section.UNMAPPED, "Neurology")).isEqualTo(1);
    assertThat(report.count(Section.AUTOMATED, "Dermatology")).isEqualTo(1);
    assertThat(report.journalsMatched()).isEqualTo(1);
    assertThat(report.lines(Section.LABEL))
        .contains(new LabelReport.Line(Section.LABEL, "Emergency", "mesh_major", 2020, 1))
        .contains(new LabelReport.Line(Section.LABEL, "Gastroenterology", "journal", null, 1));
    assertThat(report.absentRules()).isEmpty();
    assertThat(report.undecidedOverlaps()).isEmpty();
    assertThat(report.text())
        .contains("documents 9 = labelled 7 + conflicts 1 + unlabelled 1 + outside 0\n")
        .contains("  Pulmonology + Gastroenterology (mesh_major)  1\n")
        .contains("Journals matched: 1 of ")
        .contains("  Heart Arrest leaves Cardiology           1\n");
  }

  @Test
  void benchmarksRunThroughTheSameCode() {
    Dataset<Row> documents =
        documents(
            given("a", true, "C14"),
            given("b", true, "C06", "C14"),
            given("c", false, "C04"),
            given("d", true, "C04", "C23"));

    assertThat(labels("ohsumed-s5.conf", documents)).isEqualTo("a=Cardiology b=null c=null d=null");
    assertThat(labels("ohsumed-s6.conf", documents))
        .isEqualTo("a=Cardiology b=null c=Other d=Other");
    // c is not in the single-label set; b and d have no label, but train
    assertThat(labels("oh23.conf", documents)).isEqualTo("a=C14 b=null d=null");
  }

  @Test
  void countsDocumentsThatTheConditionLeavesOut() {
    LabelReport report =
        labeller("labels.where = \"publication_year >= 2021\"")
            .label(
                documents(
                    row("1", 2020, null, false, "Asthma*"),
                    row("2", 2021, null, false, "Asthma*"),
                    row("3", null, null, false, "Asthma*")),
                Optional.empty(),
                "run")
            .report();

    assertThat(report.documents()).isEqualTo(3);
    assertThat(report.labelled()).isEqualTo(1);
    assertThat(report.outside()).isEqualTo(2);
  }

  @Test
  void refusesAConditionThatIsNone() {
    Dataset<Row> documents = documents(row("1", 2020, null, false));

    assertThatThrownBy(
            () ->
                labeller("labels.where = \"no_such_column = 1\"")
                    .label(documents, Optional.empty(), "run"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("setting labels.where")
        .hasMessageContaining("no_such_column");
    assertThatThrownBy(
            () -> labeller("labels.where = title").label(documents, Optional.empty(), "run"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected a condition")
        .hasMessageContaining("string");
  }

  @Test
  void refusesRulesThatAreNotThere(@TempDir Path directory) {
    assertThatThrownBy(() -> labeller("labels.journals = \"" + directory + "/none.tsv\""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none.tsv does not exist");
  }

  @Test
  void readsAGzippedTreeTable(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("trees.tsv.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("tree_number\tdescriptor\nC08.127.108\tAsthma\n".getBytes("UTF-8"));
    }
    Labelling labelling =
        labeller("labels.mesh.trees = \"" + file + "\"")
            .label(documents(row("1", 2020, null, false, "asthma")), Optional.empty(), "run");

    assertThat(labelling.labels().collectAsList())
        .extracting(row -> row.getAs(Labels.LABEL))
        .containsExactly("Pulmonology");
    assertThat(labelling.report().absentRules()).contains("Heart Arrest");
  }

  @Test
  void decisionsDoNotDependOnPartitions() {
    Dataset<Row> documents =
        documents(
            row("1", 2020, null, false, "Asthma*"),
            row("2", 2021, "Gut", false),
            row("3", null, null, false, "Asthma*", "Psoriasis*"));

    assertThat(decided(documents.repartition(1))).isEqualTo(decided(documents.repartition(3)));
  }

  private List<Row> decided(Dataset<Row> documents) {
    return labeller("")
        .label(documents, Optional.empty(), "run")
        .decisions()
        .orderBy(LabelDecisions.SCHEMA.fieldNames()[0])
        .collectAsList();
  }

  private String labels(String conf, Dataset<Row> documents) {
    LabelSettings settings =
        LabelSettings.from(
            SettingsLoader.withDefaults()
                .file(LABELS.resolve("specialties.conf"))
                .file(LABELS.resolve(conf))
                .load());
    return String.join(
        " ",
        Labeller.of(spark, settings)
            .label(documents, Optional.empty(), "run")
            .labels()
            .orderBy(Labels.DOCUMENT_ID)
            .collectAsList()
            .stream()
            .map(row -> row.getAs(Labels.DOCUMENT_ID) + "=" + row.getAs(Labels.LABEL))
            .toList());
  }

  private Labeller labeller(String overlay) {
    return Labeller.of(
        spark,
        LabelSettings.from(
            SettingsLoader.withDefaults()
                .file(LABELS.resolve("specialties.conf"))
                .set("labels.mesh.trees=" + LABELS.resolve("mesh-sample.tsv"))
                .set("labels.journals=" + LABELS.resolve("journals.tsv"))
                .text("test", overlay)
                .load()));
  }

  private Dataset<Row> documents(Row... rows) {
    return spark.createDataFrame(List.of(rows), Documents.SCHEMA);
  }

  /** A document of PubMed; a heading with a star is a major one. */
  private static Row row(
      String id, Integer year, String journal, boolean automated, String... headings) {
    Row[] mesh =
        List.of(headings).stream()
            .map(
                text ->
                    RowFactory.create(
                        null, text.replace("*", ""), text.endsWith("*"), new String[0]))
            .toArray(Row[]::new);
    return document(
        id,
        Map.of(
            Documents.MESH, mesh,
            Documents.SOURCE, "pubmed",
            Documents.PUBLICATION_YEAR, Optional.ofNullable(year),
            Documents.INDEXING_METHOD, Optional.ofNullable(automated ? "Automated" : null),
            Documents.JOURNAL,
                Optional.ofNullable(
                    journal == null ? null : RowFactory.create(null, journal, null, null, null))));
  }

  private static Row given(String id, boolean single, String... labels) {
    return document(
        id,
        Map.of(
            Documents.GIVEN_LABELS,
            labels,
            Documents.SOURCE,
            "ohsumed",
            Documents.METADATA,
            Map.of("in_single23", String.valueOf(single))));
  }

  /** A row of the documents table: given values, else something of the right type, or null. */
  private static Row document(String id, Map<String, Object> values) {
    Object[] cells = new Object[Documents.SCHEMA.size()];
    for (int i = 0; i < cells.length; i++) {
      StructField field = Documents.SCHEMA.fields()[i];
      Object value = values.get(field.name());
      if (value instanceof Optional<?> optional) {
        cells[i] = optional.orElse(null);
      } else if (value != null) {
        cells[i] = value;
      } else if (!field.nullable()) {
        cells[i] =
            switch (field.dataType().typeName()) {
              case "string" -> id;
              case "integer" -> 1;
              case "long" -> 1L;
              case "boolean" -> false;
              case "timestamp" -> Timestamp.valueOf("2026-01-01 00:00:00");
              case "array" -> new Object[0];
              case "map" -> Map.of();
              default -> throw new IllegalStateException(field.toString());
            };
      }
    }
    return RowFactory.create(cells);
  }

  private Dataset<Row> corrections(Row... rows) {
    return spark
        .createDataFrame(List.of(rows), Corrections.SCHEMA)
        .orderBy(functions.col(Corrections.SPECIALTY));
  }

  private static Row correction(String id, String at, String specialty) {
    return RowFactory.create(id, Timestamp.valueOf(at), null, "reviewer", specialty, null, "run");
  }
}
