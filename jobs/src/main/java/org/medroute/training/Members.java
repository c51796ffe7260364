package org.medroute.training;

import java.util.ArrayList;
import java.util.List;
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
    List<Member> members = new ArrayList<>();
    for (Row row :
        rows.select(
                Documents.DOCUMENT_ID,
                Documents.GROUP_ID,
                Frames.LABEL,
                Frames.JOURNAL_KEY,
                Frames.YEAR_NUMBER,
                Documents.GIVEN_SPLIT,
                Labels.AUTOMATED,
                Documents.TEXT_HASH,
                Frames.WEIGHT)
            .collectAsList()) {
      members.add(
          new Member(
              row.getString(0),
              row.getString(1),
              row.isNullAt(2) ? Member.SEVERAL : (int) row.getDouble(2),
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
