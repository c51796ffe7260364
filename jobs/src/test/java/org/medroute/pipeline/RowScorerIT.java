package org.medroute.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.compiled.HandMadeScorer;
import org.medroute.table.Documents;
import org.medroute.table.Scores;
import org.medroute.testing.LocalSpark;

/** The expression that scores gives the same rows generated and interpreted, whatever is null. */
class RowScorerIT {
  private static final StructType SCHEMA =
      new StructType()
          .add(Documents.DOCUMENT_ID, DataTypes.StringType, false)
          .add(Documents.TEXT_HASH, DataTypes.StringType, false)
          .add(Documents.TITLE, DataTypes.StringType, true)
          .add(
              Documents.ABSTRACT_SECTIONS,
              DataType.fromDDL("array<struct<label: string, category: string, text: string>>"),
              true)
          .add(Documents.TEXT_LANGUAGE, DataTypes.StringType, true);

  @TempDir Path directory;

  private static Row row(String id, String title, String language, String... texts) {
    Object sections =
        texts == null
            ? null
            : Arrays.stream(texts).map(text -> RowFactory.create(null, null, text)).toArray();
    return RowFactory.create(id, "hash of " + id, title, sections, language);
  }

  @Test
  void generatedAndInterpretedCodeGiveTheSameRows() {
    List<Row> documents =
        List.of(
            row("all", "Heart and skin", "en", "The valve of the heart.", "Skin."),
            row("no title", null, "en", "Heart, heart and heart again in the heart."),
            row("no sections", "Skin, Métastases", "en", (String[]) null),
            row("a null section", "Heart", "en", null, "valve"),
            row("no language", "Heart", null, "skin"),
            row("another language", "Herz", "de", "Haut"),
            row("nothing", null, null, (String[]) null),
            row("no words", "12 - 5", "en"));
    String path = directory.resolve("documents").toUri().toString();
    LocalSpark.session().createDataFrame(documents, SCHEMA).write().parquet(path);

    List<Row> generated = scored(path, "true", "CODEGEN_ONLY");

    assertThat(generated).isEqualTo(scored(path, "false", "NO_CODEGEN"));
    assertThat(generated).hasSize(documents.size());
    Row all = find(generated, "all");
    assertThat(all.<String>getAs(Scores.SPECIALTY)).isIn("A", "B");
    assertThat(all.getJavaMap(all.fieldIndex(Scores.PROBABILITIES))).hasSize(2);
    assertThat(all.getList(all.fieldIndex(Scores.EVIDENCE))).isNotEmpty();
    for (String id : List.of("another language", "nothing", "no words")) {
      Row row = find(generated, id);
      assertThat(row.<String>getAs(Scores.ROUTE)).isEqualTo("unscorable");
      assertThat(row.isNullAt(row.fieldIndex(Scores.SPECIALTY))).isTrue();
    }
    assertThat(find(generated, "no language").<String>getAs(Scores.ROUTE))
        .isNotEqualTo("unscorable");
  }

  private static Row find(List<Row> rows, String id) {
    return rows.stream().filter(row -> row.getString(0).equals(id)).findFirst().orElseThrow();
  }

  private static List<Row> scored(String path, String wholeStage, String mode) {
    SparkSession session = LocalSpark.session().newSession();
    session.conf().set("spark.sql.codegen.wholeStage", wholeStage);
    session.conf().set("spark.sql.codegen.factoryMode", mode);
    session.conf().set("spark.sql.codegen.fallback", "false");
    try (CompiledDocuments scorer =
        new CompiledDocuments(session, CompiledModel.of(HandMadeScorer.scorer()), 3)) {
      return new ArrayList<>(
          scorer
              .decisions(session.read().schema(SCHEMA).parquet(path))
              .orderBy(Documents.DOCUMENT_ID)
              .collectAsList());
    }
  }
}
