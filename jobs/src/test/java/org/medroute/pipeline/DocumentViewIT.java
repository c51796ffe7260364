package org.medroute.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.medroute.metrics.TextState;
import org.medroute.table.Columns;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.testing.LocalSpark;

/** The compiled scorer reads of a document what the expressions give the stages. */
class DocumentViewIT {
  private static final StructType DOCUMENTS =
      new StructType()
          .add(Documents.DOCUMENT_ID, DataTypes.StringType)
          .add(Documents.TEXT_HASH, DataTypes.StringType)
          .add(Documents.TITLE, DataTypes.StringType)
          .add(Documents.ABSTRACT_SECTIONS, Columns.SECTIONS)
          .add(Documents.TEXT_LANGUAGE, DataTypes.StringType);

  private static final List<String> PIECES =
      Arrays.asList(
          null,
          "",
          " ",
          "\t\n",
          "\u2003",
          "\u00a0",
          "12 (3.4)",
          "Heart failure",
          "  心不全 ",
          "\ud835\udc00 1",
          "1\ufffd",
          " trailing ",
          "\u001c",
          "β");

  @Test
  void textAndExtentAreThoseOfTheExpressions() {
    List<Row> rows = new ArrayList<>();
    for (String title : PIECES) {
      rows.add(RowFactory.create("", "", title, null, "en"));
      rows.add(RowFactory.create("", "", title, sections(), "en"));
      for (String first : PIECES) {
        if (first != null) {
          rows.add(RowFactory.create("", "", title, sections(first), "en"));
          rows.add(RowFactory.create("", "", title, sections(first, "second\nline"), "en"));
          rows.add(RowFactory.create("", "", title, sections("", first), null));
        }
      }
    }
    List<Row> expected =
        ScoringFrame.of(LocalSpark.session().createDataFrame(rows, DOCUMENTS).coalesce(1))
            .select(col(Frames.TEXT), col(Frames.TEXT_STATE).getField(Frames.EXTENT))
            .collectAsList();

    DocumentView view = new DocumentView();
    assertThat(expected).hasSize(rows.size());
    assertThat(expected.stream().map(row -> row.getString(1)).distinct())
        .hasSize(TextState.Extent.values().length);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      view.read(
          row.getString(2),
          row.isNullAt(3)
              ? List.of()
              : Arrays.stream((Row[]) row.get(3)).map(section -> section.getString(2)).toList());
      assertThat(view.text()).as("%s", row).isEqualTo(expected.get(i).getString(0));
      assertThat(view.extent().name()).as("%s", row).isEqualTo(expected.get(i).getString(1));
    }
  }

  private static Row[] sections(String... texts) {
    return Arrays.stream(texts)
        .map(text -> RowFactory.create(null, null, text))
        .toArray(Row[]::new);
  }
}
