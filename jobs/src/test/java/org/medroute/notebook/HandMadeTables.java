package org.medroute.notebook;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.medroute.delta.CommitInfo;
import org.medroute.delta.UnitOfWork;
import org.medroute.delta.Warehouse;
import org.medroute.table.Deletions;
import org.medroute.table.Documents;
import org.medroute.table.FileLedger;
import org.medroute.table.Labels;
import org.medroute.table.Models;
import org.medroute.table.Quarantine;
import org.medroute.table.Scores;
import org.medroute.table.Splits;
import org.medroute.table.Table;

/**
 * A warehouse whose rows are few enough to count by hand: ten scored documents, six labelled ones
 * in the test part (one of them without a score), three files (one refused, one whose counts do not
 * add up), a deleted document and a broken record. Columns that no row names get a neutral value.
 */
final class HandMadeTables {
  private static final String MODEL = "specialty-0001";
  private static final CommitInfo COMMIT =
      new CommitInfo("hand-made", "test", Optional.empty(), "none", "unknown");

  private final Warehouse warehouse;
  private final String traced;

  private HandMadeTables(Warehouse warehouse, String traced) {
    this.warehouse = warehouse;
    this.traced = traced;
  }

  /**
   * Writes the tables.
   *
   * @param traced id of the document that every table knows
   */
  static Warehouse write(SparkSession spark, Path place, String traced) {
    HandMadeTables tables = new HandMadeTables(new Warehouse(spark, place.toString()), traced);
    tables.writeFiles();
    tables.writeDocuments();
    tables.writeLabels();
    tables.writeScores();
    return tables.warehouse;
  }

  private void writeFiles() {
    write(
        FileLedger.TABLE,
        List.of(
            ledger("a.xml.gz", "committed", null, 10, 7),
            ledger("b.xml.gz", "refused", "no closing root tag", 0, 0),
            ledger("c.xml.gz", "committed", null, 5, 1)));
    write(
        Quarantine.TABLE,
        List.of(
            Map.of(
                Quarantine.SOURCE_FILE,
                "a.xml.gz",
                Quarantine.RECORD_ORDINAL,
                4L,
                Quarantine.RULE,
                "pmid-missing",
                Quarantine.DETAIL,
                "no PMID",
                Quarantine.RAW,
                "<PubmedArticle>")));
    write(
        Deletions.TABLE,
        List.of(
            Map.of(
                Deletions.DOCUMENT_ID,
                "pmid:66",
                Deletions.VERSION,
                2,
                Deletions.SOURCE_FILE,
                "c.xml.gz")));
  }

  /** Of the records read, one each is superseded, deleted and quarantined in a committed file. */
  private static Map<String, Object> ledger(
      String file, String outcome, String refusal, long read, long live) {
    long one = outcome.equals("committed") ? 1 : 0;
    Map<String, Object> row =
        new HashMap<>(
            Map.of(
                FileLedger.SOURCE_FILE, file,
                FileLedger.OUTCOME, outcome,
                FileLedger.READ, read,
                FileLedger.LIVE, live,
                FileLedger.SUPERSEDED, one,
                FileLedger.DELETED, one,
                FileLedger.QUARANTINED, one));
    row.put(FileLedger.REFUSAL, refusal);
    return row;
  }

  private void writeDocuments() {
    write(
        Documents.TABLE,
        List.of(
            Map.of(
                Documents.DOCUMENT_ID,
                traced,
                Documents.VERSION,
                3,
                Documents.TITLE,
                "A <i>made-up</i> heart",
                Documents.SOURCE_FILE,
                "a.xml.gz",
                Documents.RECORD_ORDINAL,
                7L,
                Documents.PUBLICATION_YEAR,
                2024,
                Documents.JOURNAL,
                RowFactory.create("Circulation", "Circ", null, null, null)),
            Map.of(Documents.DOCUMENT_ID, "E", Documents.TITLE, "A made-up skin")));
  }

  private void writeLabels() {
    List<Map<String, Object>> labels = new ArrayList<>();
    labels.add(label(traced, "Cardiology", false));
    labels.add(label("B", "Cardiology", false));
    labels.add(label("C", "Dermatology", false));
    labels.add(label("D", "Dermatology", false));
    labels.add(label("E", "Dermatology", false));
    labels.add(label("G", "Other", false));
    labels.add(label("K", "Cardiology", false));
    labels.add(label("H", "Cardiology", true)); // rests on automated indexing: tests nothing
    labels.add(label("F", null, false)); // a conflict: tests nothing
    Map<String, Object> elsewhere = label("B", "Dermatology", false);
    elsewhere.put(Labels.LABEL_SET, "another");
    labels.add(elsewhere);
    write(Labels.TABLE, labels);

    List<Map<String, Object>> splits = new ArrayList<>();
    for (String tested : List.of("B", "C", "D", "E", "F", "G", "H", "K")) {
      splits.add(split("specialty/random", tested, "test", null));
      splits.add(split("another", tested, "train", 0));
    }
    splits.add(split("specialty/random", traced, "train", 1));
    splits.add(split("another", traced, "test", null));
    write(Splits.TABLE, splits);
  }

  private static Map<String, Object> label(String id, String label, boolean automated) {
    Map<String, Object> row =
        new HashMap<>(
            Map.of(
                Labels.LABEL_SET,
                "specialty",
                Labels.DOCUMENT_ID,
                id,
                Labels.LABELS,
                label == null ? List.of("Cardiology", "Dermatology") : List.of(label),
                Labels.BASIS,
                "mesh_major",
                Labels.RULE,
                "C14 Cardiovascular Diseases",
                Labels.AUTOMATED,
                automated));
    row.put(Labels.LABEL, label);
    return row;
  }

  private static Map<String, Object> split(String task, String id, String part, Integer fold) {
    Map<String, Object> row =
        new HashMap<>(Map.of(Splits.TASK, task, Splits.DOCUMENT_ID, id, Splits.PART, part));
    row.put(Splits.FOLD, fold);
    return row;
  }

  private void writeScores() {
    write(Models.TABLE, List.of(Map.of(Models.MODEL_VERSION, MODEL, Models.STATUS, "champion")));
    List<Map<String, Object>> scores = new ArrayList<>();
    scores.add(score(traced, "Cardiology", 0.95, "auto", "0.95 >= 0.85 cut-off of Cardiology"));
    scores.add(score("B", "Cardiology", 0.9, "auto", "0.90 >= 0.85 cut-off of Cardiology"));
    scores.add(score("C", "Cardiology", 0.6, "review", "0.60 < 0.85 cut-off of Cardiology"));
    scores.add(score("D", "Dermatology", 0.88, "auto", "0.88 >= 0.85 cut-off of Dermatology"));
    scores.add(score("E", "Dermatology", 0.84, "review", "0.84 < 0.85 cut-off of Dermatology"));
    scores.add(
        score("F", "Dermatology", 0.5, "review", "0.50 < 0.85 cut-off of Dermatology; title only"));
    scores.add(score("G", "Other", 0.91, "out_of_scope", "0.91 >= 0.85 cut-off of Other"));
    scores.add(score("H", "Other", 0.4, "review", "0.40 < 0.85 cut-off of Other"));
    scores.add(
        score("I", null, null, "unscorable", "text is French (fr), the model reads English (en)"));
    scores.add(score("J", null, null, "unscorable", "no title and no abstract"));
    write(Scores.TABLE, scores);
  }

  /** The rest of the probability goes to one other class. */
  private static Map<String, Object> score(
      String id, String specialty, Double confidence, String route, String reason) {
    Map<String, Object> row =
        new HashMap<>(
            Map.of(
                Scores.DOCUMENT_ID,
                id,
                Scores.ROUTE,
                route,
                Scores.REASON,
                reason,
                Scores.CALIBRATION,
                "sigmoid",
                Scores.MODEL_VERSION,
                MODEL,
                Scores.EVIDENCE,
                List.of(RowFactory.create("made-up", 0.5))));
    row.put(Scores.SPECIALTY, specialty);
    row.put(Scores.CONFIDENCE, confidence);
    if (specialty != null) {
      row.put(Scores.PROBABILITIES, Map.of(specialty, confidence, "Pulmonology", 1 - confidence));
    }
    return row;
  }

  private void write(Table table, List<Map<String, Object>> rows) {
    List<Row> full = rows.stream().map(row -> row(table, row)).toList();
    warehouse
        .append(
            table,
            warehouse.spark().createDataFrame(full, table.schema()).coalesce(1),
            UnitOfWork.ofRun(COMMIT, table.name()))
        .expectRows(rows.size());
  }

  private static Row row(Table table, Map<String, Object> named) {
    List<String> columns = List.of(table.schema().fieldNames());
    for (String column : named.keySet()) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(table.name() + " has no column " + column);
      }
    }
    Object[] values =
        Arrays.stream(table.schema().fields())
            .map(
                field -> named.get(field.name()) == null ? neutral(field) : named.get(field.name()))
            .toArray();
    return RowFactory.create(values);
  }

  private static Object neutral(StructField field) {
    DataType type = field.dataType();
    if (field.nullable()) {
      return null;
    } else if (type.equals(DataTypes.StringType)) {
      return "specialty";
    } else if (type.equals(DataTypes.LongType)) {
      return 0L;
    } else if (type.equals(DataTypes.IntegerType)) {
      return 1;
    } else if (type.equals(DataTypes.DoubleType)) {
      return 1.0;
    } else if (type.equals(DataTypes.BooleanType)) {
      return false;
    } else if (type.equals(DataTypes.TimestampType)) {
      return Instant.parse("2026-01-05T06:07:08Z");
    } else if (type instanceof ArrayType) {
      return List.of();
    } else if (type instanceof MapType) {
      return Map.of();
    }
    throw new IllegalArgumentException("No neutral value for " + field);
  }
}
