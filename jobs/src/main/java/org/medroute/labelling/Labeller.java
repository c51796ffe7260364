package org.medroute.labelling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.medroute.config.ConfigurationException;
import org.medroute.config.LabelSettings;
import org.medroute.pipeline.DocumentCondition;
import org.medroute.table.Columns;
import org.medroute.table.Corrections;
import org.medroute.table.Documents;
import org.medroute.table.LabelDecisions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Runs the rules of a label set over documents.
 *
 * <p>Driver side: reads the tree and journal tables (through Hadoop's file systems, so the paths
 * may lie anywhere) and broadcasts the rules. Executor side: one narrow pass that reads the
 * headings, given labels and journal of each document, never its text. With corrections one join by
 * document_id is added; they are reduced to the newest of each document first.
 */
public final class Labeller {
  private final SparkSession spark;
  private final LabelSettings settings;
  private final LabelRules rules;

  private Labeller(SparkSession spark, LabelSettings settings, LabelRules rules) {
    this.spark = spark;
    this.settings = settings;
    this.rules = rules;
  }

  /**
   * Reads the rules.
   *
   * @throws org.medroute.config.RefusedException if a table of the rules has a row that is none
   * @throws ConfigurationException if such a table does not exist
   */
  public static Labeller of(SparkSession spark, LabelSettings settings) {
    return new Labeller(spark, settings, LabelRules.read(settings, path -> open(spark, path)));
  }

  /** The rules in use. */
  public LabelRules rules() {
    return rules;
  }

  /**
   * Decides about every document. Nothing runs until the result is read; each reading of it is one
   * pass over the documents.
   *
   * @param documents columns of the documents table; pin its version, for the result is read more
   *     than once
   * @param corrections columns of the corrections table, where there are any
   * @throws ConfigurationException if labels.where is not a condition over documents
   */
  public Labelling label(Dataset<Row> documents, Optional<Dataset<Row>> corrections, String runId) {
    Dataset<Row> evidence = documents.select(evidenceColumns(documents));
    if (corrections.isPresent()) {
      evidence =
          evidence
              .drop(LabelDecisions.EXPERT)
              .join(newest(corrections.get()), seqOf(Documents.DOCUMENT_ID), "left")
              .select(columns(EVIDENCE));
    }
    Broadcast<LabelRules> shared = spark.sparkContext().broadcast(rules, ruleTag());
    Dataset<Row> decisions =
        evidence.map(
            (MapFunction<Row, Row>) row -> decide(shared.value(), row),
            Encoders.row(LabelDecisions.SCHEMA));
    return new Labelling(settings, rules, decisions, runId);
  }

  private static scala.reflect.ClassTag<LabelRules> ruleTag() {
    return scala.reflect.ClassTag$.MODULE$.apply(LabelRules.class);
  }

  private static final List<String> EVIDENCE =
      List.of(
          Documents.DOCUMENT_ID,
          Documents.GIVEN_LABELS,
          Documents.MESH,
          Documents.JOURNAL,
          Documents.INDEXING_METHOD,
          Documents.PUBLICATION_YEAR,
          LabelDecisions.REACHED,
          LabelDecisions.EXPERT);

  private static final int ID = 0;
  private static final int GIVEN = 1;
  private static final int MESH = 2;
  private static final int JOURNAL = 3;
  private static final int INDEXING = 4;
  private static final int YEAR = 5;
  private static final int REACHED = 6;
  private static final int EXPERT = 7;

  private Column[] evidenceColumns(Dataset<Row> documents) {
    Column reached = lit(true);
    if (settings.where().isPresent()) {
      reached = DocumentCondition.of(documents, "labels.where", settings.where().get());
    }
    List<Column> columns = new ArrayList<>();
    for (String name : EVIDENCE.subList(0, REACHED)) {
      columns.add(col(name));
    }
    columns.add(reached.as(LabelDecisions.REACHED));
    columns.add(lit(null).cast(DataTypes.StringType).as(LabelDecisions.EXPERT));
    return columns.toArray(Column[]::new);
  }

  /** document_id and the class of its newest correction. */
  private static Dataset<Row> newest(Dataset<Row> corrections) {
    Column newest =
        max(
            struct(
                col(Corrections.REVIEWED_AT),
                col(Corrections.REVIEWER),
                col(Corrections.SPECIALTY)));
    return corrections
        .groupBy(col(Corrections.DOCUMENT_ID))
        .agg(newest.getField(Corrections.SPECIALTY).as(LabelDecisions.EXPERT));
  }

  private static Row decide(LabelRules rules, Row row) {
    Integer year = row.isNullAt(YEAR) ? null : row.getInt(YEAR);
    if (!row.getBoolean(REACHED)) {
      return RowFactory.create(
          row.getString(ID),
          Labelling.OUTSIDE,
          null,
          new String[0],
          null,
          "",
          0.0,
          false,
          year,
          new String[0],
          new String[0],
          null,
          new String[0]);
    }
    LabelRules.Decision decision = rules.decide(evidence(row));
    return RowFactory.create(
        row.getString(ID),
        decision.outcome().name().toLowerCase(Locale.ROOT),
        decision.label(),
        decision.labels().toArray(String[]::new),
        decision.basis() == null ? null : decision.basis().column(),
        decision.rule(),
        decision.weight(),
        decision.automated(),
        year,
        decision.unknownHeadings().toArray(String[]::new),
        decision.carveOuts().toArray(String[]::new),
        decision.journal(),
        decision.unmapped().toArray(String[]::new));
  }

  private static LabelRules.Evidence evidence(Row row) {
    List<LabelRules.Heading> headings = new ArrayList<>();
    for (Row heading : row.<Row>getList(MESH)) {
      headings.add(
          new LabelRules.Heading(
              heading.getString(heading.fieldIndex(Columns.UI)),
              heading.getString(heading.fieldIndex(Columns.NAME)),
              heading.getBoolean(heading.fieldIndex(Columns.MAJOR))));
    }
    Row journal = row.getStruct(JOURNAL);
    return new LabelRules.Evidence(
        row.getString(EXPERT),
        row.<String>getList(GIVEN),
        headings,
        journal == null ? null : journal.getString(journal.fieldIndex(Columns.ISSN)),
        journal == null ? null : journal.getString(journal.fieldIndex(Columns.ABBREVIATION)),
        journal == null ? null : journal.getString(journal.fieldIndex(Columns.TITLE)),
        "Automated".equals(row.getString(INDEXING)));
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }

  private static scala.collection.immutable.Seq<String> seqOf(String name) {
    return CollectionConverters.asScala(List.of(name)).toSeq();
  }

  private static BufferedReader open(SparkSession spark, String name) {
    Path path = new Path(name);
    try {
      InputStream in = path.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(path);
      return new BufferedReader(
          new InputStreamReader(
              name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(
          "Label rules: file " + name + " does not exist; see labels in the configuration", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Label rules: file " + name + " cannot be read", e);
    }
  }
}
