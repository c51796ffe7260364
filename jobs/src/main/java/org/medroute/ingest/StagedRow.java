package org.medroute.ingest;

import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.medroute.medline.ParseOutcome;
import org.medroute.table.Staged;

/** Rows of {@link Staged#SCHEMA}. */
final class StagedRow {
  static final String DOCUMENT = "document";
  static final String DELETION = "deletion";
  static final String REJECTION = "rejection";
  static final String FILE = "file";

  private StagedRow() {}

  /** The row of a record; none for one that is skipped. */
  static Optional<Row> of(int index, InputFile file, ParseOutcome outcome) {
    if (outcome instanceof ParseOutcome.Parsed parsed) {
      Row document = DocumentRow.of(parsed.citation(), file.source());
      return Optional.of(row(index, file, outcome.ordinal(), DOCUMENT, document, null, null, null));
    }
    if (outcome instanceof ParseOutcome.Deleted deleted) {
      Row deletion = RowFactory.create(DocumentRow.pubmedId(deleted.pmid()), deleted.version());
      return Optional.of(row(index, file, outcome.ordinal(), DELETION, null, deletion, null, null));
    }
    if (outcome instanceof ParseOutcome.Rejected no) {
      Row rejection =
          RowFactory.create(
              no.documentId().orElse(null), no.rule(), no.detail(), no.rawHash(), no.raw());
      return Optional.of(
          row(index, file, outcome.ordinal(), REJECTION, null, null, rejection, null));
    }
    return Optional.empty();
  }

  /** The row of the file itself. */
  static Row ofFile(int index, InputFile file, Row summary) {
    return row(index, file, 0, FILE, null, null, null, summary);
  }

  private static Row row(
      int index,
      InputFile file,
      long ordinal,
      String kind,
      Row document,
      Row deletion,
      Row rejection,
      Row summary) {
    return RowFactory.create(
        index,
        file.source(),
        file.name(),
        file.release(),
        file.number(),
        ordinal,
        kind,
        document,
        deletion,
        rejection,
        summary);
  }
}
