package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.table.Labels;

/** Brings labelled documents to the driver as placement sees them: about 300 bytes each. */
final class Members {
  private Members() {}

  /** Every row of labelled documents, in order of document ids. */
  static List<Member> of(Dataset<Row> rows) {
    return of(rows, col(Frames.LABEL));
  }

  /** Every row of documents of several classes or of none, likewise. */
  static List<Member> companions(Dataset<Row> rows) {
    return of(
        rows, when(size(col(Frames.LABELS)).equalTo(0), Member.NONE).otherwise(Member.SEVERAL));
  }

  private static List<Member> of(Dataset<Row> rows, Column label) {
    List<Member> members = new ArrayList<>();
    for (Row row :
        rows.select(
                col(Documents.DOCUMENT_ID),
                col(Documents.GROUP_ID),
                label.cast("int"),
                col(Frames.JOURNAL_KEY),
                col(Frames.YEAR_NUMBER),
                col(Documents.GIVEN_SPLIT),
                col(Labels.AUTOMATED),
                col(Documents.TEXT_HASH),
                col(Frames.WEIGHT))
            .collectAsList()) {
      members.add(
          new Member(
              row.getString(0),
              row.getString(1),
              row.getInt(2),
              row.getString(3),
              row.isNullAt(4) ? null : row.getInt(4),
              row.getString(5),
              row.getBoolean(6),
              row.getString(7),
              row.getDouble(8)));
    }
    members.sort(java.util.Comparator.comparing(Member::documentId));
    return List.copyOf(members);
  }
}
