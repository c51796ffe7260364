package org.medroute.labelling;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.medroute.config.LabelSettings;
import org.medroute.labelling.LabelReport.Section;
import org.medroute.table.Documents;
import org.medroute.table.LabelDecisions;
import org.medroute.table.Labels;

/** The decisions of one label set about a corpus: what to store, and what to report. */
public final class Labelling {
  static final String OUTSIDE = "outside";

  private static final ArrayType TALLIES = DataTypes.createArrayType(LabelDecisions.TALLY, false);

  private final LabelSettings settings;
  private final LabelRules rules;
  private final Dataset<Row> decisions;
  private final String runId;

  Labelling(LabelSettings settings, LabelRules rules, Dataset<Row> decisions, String runId) {
    this.settings = settings;
    this.rules = rules;
    this.decisions = decisions;
    this.runId = runId;
  }

  /** One row a document, see {@link LabelDecisions#SCHEMA}. */
  public Dataset<Row> decisions() {
    return decisions;
  }

  /**
   * Rows for the labels table, columns of {@link Labels#SCHEMA}: documents with a label, and
   * conflicts and background with a null label. One narrow pass over the documents.
   */
  public Dataset<Row> labels() {
    return decisions
        .filter(col(Labels.BASIS).isNotNull())
        .select(
            lit(settings.set()).as(Labels.LABEL_SET),
            col(Labels.DOCUMENT_ID),
            col(Labels.LABEL),
            col(Labels.LABELS),
            col(Labels.BASIS),
            col(Labels.RULE),
            col(Labels.WEIGHT),
            col(Labels.AUTOMATED),
            lit(rules.version()).as(Labels.RULES_VERSION),
            lit(runId).as(Labels.RUN_ID));
  }

  /**
   * Counts everything that a reader of labels must know. One pass over the documents and one
   * shuffle of counts; what reaches the driver is bounded by classes, years, rules and journals,
   * and {@link LabelReport#LISTED} unknown names.
   */
  public LabelReport report() {
    Dataset<Row> tallies =
        decisions
            .select(explode(tallies()).as(LabelDecisions.SECTION))
            .select(LabelDecisions.SECTION + ".*")
            .groupBy(
                col(LabelDecisions.SECTION),
                col(LabelDecisions.NAME),
                col(Labels.BASIS),
                col(LabelDecisions.YEAR))
            .count()
            .persist();
    try {
      return LabelReport.of(settings, rules, tallies);
    } finally {
      tallies.unpersist();
    }
  }

  /** What one document adds to the report: an array of tallies. */
  private static Column tallies() {
    Column reached = col(LabelDecisions.OUTCOME).notEqual(lit(OUTSIDE));
    Column undecided = col(Labels.BASIS).isNull();
    Column labelled = col(Labels.LABEL).isNotNull();
    Column background =
        col(LabelDecisions.OUTCOME)
            .equalTo(LabelRules.Outcome.BACKGROUND.name().toLowerCase(Locale.ROOT));
    return concat(
        array(tally(Section.OUTCOME, col(LabelDecisions.OUTCOME))).cast(TALLIES),
        one(reached.and(undecided), tally(Section.UNLABELLED, col(Labels.RULE))),
        one(
            background,
            tally(Section.BACKGROUND, col(Labels.RULE), col(Labels.BASIS), none("integer"))),
        one(
            not(undecided.or(labelled).or(background)),
            tally(
                Section.CONFLICT,
                array_join(col(Labels.LABELS), " + "),
                col(Labels.BASIS),
                none("integer"))),
        one(
            labelled,
            tally(
                Section.LABEL,
                col(Labels.LABEL),
                col(Labels.BASIS),
                col(Documents.PUBLICATION_YEAR))),
        one(labelled.and(col(Labels.AUTOMATED)), tally(Section.AUTOMATED, col(Labels.LABEL))),
        one(
            col(LabelDecisions.MATCHED_JOURNAL).isNotNull(),
            tally(Section.JOURNAL, col(LabelDecisions.MATCHED_JOURNAL))),
        each(Section.CARVE_OUT, LabelDecisions.CARVE_OUTS),
        each(Section.UNKNOWN_HEADING, LabelDecisions.UNKNOWN_HEADINGS),
        each(Section.UNMAPPED, LabelDecisions.UNMAPPED));
  }

  /** A tally where a condition holds; name must not be null then. */
  private static Column one(Column condition, Column tally) {
    return when(condition, array(tally)).otherwise(array()).cast(TALLIES);
  }

  private static Column each(Section section, String column) {
    return transform(array_distinct(col(column)), name -> tally(section, name)).cast(TALLIES);
  }

  private static Column tally(Section section, Column name) {
    return tally(section, name, none("string"), none("integer"));
  }

  private static Column tally(Section section, Column name, Column basis, Column year) {
    return struct(
        lit(section.name()).as(LabelDecisions.SECTION),
        coalesce(name, lit("")).as(LabelDecisions.NAME),
        basis.as(Labels.BASIS),
        year.as(LabelDecisions.YEAR));
  }

  private static Column none(String type) {
    return lit(null).cast(type);
  }
}
