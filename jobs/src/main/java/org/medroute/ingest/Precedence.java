package org.medroute.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.medroute.table.Deletions;
import org.medroute.table.Documents;
import org.medroute.table.Revisions;
import org.medroute.table.Staged;

/**
 * Brings the revisions of each document together and lets {@link Register} decide.
 *
 * <p>The rule itself is plain Java, so that it can be tried on every order of arrival without
 * Spark. Cost: one shuffle by document of narrow rows (no text), sorted within partitions and
 * decided in one streaming pass; memory holds the revisions of one document.
 */
final class Precedence {
  private Precedence() {}

  /** The revisions of staged files: rows of {@link Staged} that are documents or deletions. */
  static Dataset<Row> staged(Dataset<Row> staged) {
    String document = Staged.DOCUMENT + ".";
    String deletion = Staged.DELETION + ".";
    return staged
        .where(col(Staged.KIND).isin(StagedRow.DOCUMENT, StagedRow.DELETION))
        .select(
            revision(
                coalesce(
                    col(document + Documents.DOCUMENT_ID), col(deletion + Deletions.DOCUMENT_ID)),
                Register.Origin.BATCH,
                col(Staged.FILE_INDEX),
                lit(false),
                col(document + Documents.GROUP_KEY),
                coalesce(col(document + Documents.VERSION), col(deletion + Deletions.VERSION)),
                col(Staged.KIND).equalTo(StagedRow.DELETION),
                col(document + Documents.DATE_REVISED),
                col(document + Documents.CONTENT_HASH),
                col(Staged.SOURCE)));
  }

  /** The rows of the documents table as revisions. */
  static Dataset<Row> documents(Dataset<Row> documents, Column voided) {
    return documents.select(
        revision(
            col(Documents.DOCUMENT_ID),
            Register.Origin.DOCUMENTS,
            lit(-1),
            voided,
            col(Documents.GROUP_KEY),
            col(Documents.VERSION),
            lit(false),
            col(Documents.DATE_REVISED),
            col(Documents.CONTENT_HASH),
            col(Documents.SOURCE)));
  }

  /** The tombstones as revisions. */
  static Dataset<Row> deletions(Dataset<Row> deletions, Column voided) {
    Column none = lit(null).cast(DataTypes.StringType);
    return deletions.select(
        revision(
            col(Deletions.DOCUMENT_ID),
            Register.Origin.DELETIONS,
            lit(-1),
            voided,
            none,
            col(Deletions.VERSION),
            lit(true),
            none,
            none,
            lit(IngestRequest.PUBMED)));
  }

  /** Decides every revision: rows of {@link Revisions#DECIDED}. */
  static Dataset<Row> decide(Dataset<Row> revisions) {
    MapPartitionsFunction<Row, Row> decide = ByDocument::new;
    return revisions
        .repartition(col(Revisions.DOCUMENT_ID))
        .sortWithinPartitions(Revisions.DOCUMENT_ID)
        .mapPartitions(decide, Encoders.row(Revisions.DECIDED));
  }

  /** The word for a decision in a row. */
  static String word(Enum<?> decision) {
    return decision.name().toLowerCase(Locale.ROOT);
  }

  private static Column[] revision(
      Column documentId,
      Register.Origin origin,
      Column fileIndex,
      Column voided,
      Column groupKey,
      Column version,
      Column tombstone,
      Column dateRevised,
      Column contentHash,
      Column source) {
    return new Column[] {
      documentId.as(Revisions.DOCUMENT_ID),
      lit(origin.name()).as(Revisions.ORIGIN),
      fileIndex.as(Revisions.FILE_INDEX),
      col(Staged.RECORD_ORDINAL).as(Revisions.RECORD_ORDINAL),
      voided.as(Revisions.VOID),
      groupKey.as(Revisions.GROUP_KEY),
      version.as(Revisions.VERSION),
      coalesce(col(Staged.RELEASE), lit(0)).as(Revisions.RELEASE),
      coalesce(col(Staged.FILE_NUMBER), lit(0)).as(Revisions.FILE_NUMBER),
      tombstone.as(Revisions.TOMBSTONE),
      coalesce(dateRevised, lit("")).as(Revisions.DATE_REVISED),
      coalesce(contentHash, lit("")).as(Revisions.CONTENT_HASH),
      col(Staged.SOURCE_FILE).as(Revisions.SOURCE_FILE),
      source.as(Revisions.SOURCE)
    };
  }

  /** Decides rows that are sorted by document, one document at a time. */
  private static final class ByDocument implements Iterator<Row> {
    private final Iterator<Row> rows;
    private Optional<Row> ahead;
    private Iterator<Row> decided = Collections.emptyIterator();

    ByDocument(Iterator<Row> rows) {
      this.rows = rows;
      this.ahead = next(rows);
    }

    @Override
    public boolean hasNext() {
      return decided.hasNext() || ahead.isPresent();
    }

    @Override
    public Row next() {
      if (!decided.hasNext()) {
        decided = document();
      }
      return decided.next();
    }

    private Iterator<Row> document() {
      List<Row> same = new ArrayList<>(2);
      String id = ahead.orElseThrow().getAs(Revisions.DOCUMENT_ID);
      while (ahead.isPresent() && id.equals(ahead.get().getAs(Revisions.DOCUMENT_ID))) {
        same.add(ahead.get());
        ahead = next(rows);
      }
      List<Register.Decision> decisions =
          Register.decide(same.stream().map(ByDocument::revision).toList());
      List<Row> out = new ArrayList<>(same.size());
      for (int i = 0; i < same.size(); i++) {
        out.add(with(same.get(i), decisions.get(i)));
      }
      return out.iterator();
    }

    private static Optional<Row> next(Iterator<Row> rows) {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }

    private static Register.Revision revision(Row row) {
      return new Register.Revision(
          Register.Origin.valueOf(row.getAs(Revisions.ORIGIN)),
          row.<Integer>getAs(Revisions.FILE_INDEX),
          row.<Boolean>getAs(Revisions.VOID),
          Rank.of(
              row.<Integer>getAs(Revisions.VERSION),
              row.<Integer>getAs(Revisions.RELEASE),
              row.<Integer>getAs(Revisions.FILE_NUMBER),
              row.<Boolean>getAs(Revisions.TOMBSTONE),
              row.getAs(Revisions.DATE_REVISED),
              row.getAs(Revisions.CONTENT_HASH),
              row.getAs(Revisions.SOURCE_FILE),
              row.<Long>getAs(Revisions.RECORD_ORDINAL),
              row.getAs(Revisions.SOURCE)));
    }

    private static Row with(Row row, Register.Decision decision) {
      Object[] values = new Object[row.size() + 3];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      values[row.size()] = decision.fate().map(Precedence::word).orElse(null);
      values[row.size() + 1] = decision.effect().map(Precedence::word).orElse(null);
      values[row.size() + 2] = decision.tomb().map(Precedence::word).orElse(null);
      return RowFactory.create(values);
    }
  }
}
