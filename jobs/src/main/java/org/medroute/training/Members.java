package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

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

  /** Every row, in order of document ids. Without a label: as many classes as labels has. */
  static List<Member> of(Dataset<Row> rows) {
    List<Member> members = new ArrayList<>();
    boolean ofOneClass = !List.of(rows.columns()).contains(Frames.LABELS);
    Column classes = ofOneClass ? lit(1) : size(col(Frames.LABELS));
    for (Row row :
        rows.select(
                col(Documents.DOCUMENT_ID),
                col(Documents.GROUP_ID),
                col(Frames.LABEL),
                col(Frames.JOURNAL_KEY),
                col(Frames.YEAR_NUMBER),
                col(Documents.GIVEN_SPLIT),
                col(Labels.AUTOMATED),
                col(Documents.TEXT_HASH),
                col(Frames.WEIGHT),
                classes)
            .collectAsList()) {
      members.add(
          new Member(
              row.getString(0),
              row.getString(1),
              row.isNullAt(2) ? unlabelled(row.getInt(9)) : (int) row.getDouble(2),
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

  private static int unlabelled(int classes) {
    return classes == 0 ? Member.NONE : Member.SEVERAL;
  }
}
