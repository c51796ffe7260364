package org.medroute.table;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One row a document on its way to labels: what was decided and what was met on the way. It is
 * computed, not stored: labels keeps the decided ones, the report counts all. Names it shares with
 * labels and documents are those of {@link Labels} and {@link Documents}.
 */
public final class LabelDecisions {
  /**
   * Labelled, conflict, background, unlabelled, or outside where the label set does not reach the
   * document.
   */
  public static final String OUTCOME = "outcome";

  /** Headings that the tree table lacks. */
  public static final String UNKNOWN_HEADINGS = "unknown_headings";

  /** Carve-outs that took a heading of the document from a class. */
  public static final String CARVE_OUTS = "carve_outs";

  /** Abbreviation of its journal where that stands in the journal table. */
  public static final String MATCHED_JOURNAL = "matched_journal";

  /** Given labels and corrections that name no class. */
  public static final String UNMAPPED = "unmapped";

  /** Class by the newest correction: input of a decision. */
  public static final String EXPERT = "expert";

  /** Whether the label set reaches the document: input of a decision. */
  public static final String REACHED = "reached";

  public static final StructType SCHEMA =
      new StructType()
          .add(Labels.DOCUMENT_ID, DataTypes.StringType, false)
          .add(OUTCOME, DataTypes.StringType, false)
          .add(Labels.LABEL, DataTypes.StringType, true)
          .add(Labels.LABELS, Columns.STRINGS, false)
          .add(Labels.BASIS, DataTypes.StringType, true)
          .add(Labels.RULE, DataTypes.StringType, false)
          .add(Labels.WEIGHT, DataTypes.DoubleType, false)
          .add(Labels.AUTOMATED, DataTypes.BooleanType, false)
          .add(Documents.PUBLICATION_YEAR, DataTypes.IntegerType, true)
          .add(UNKNOWN_HEADINGS, Columns.STRINGS, false)
          .add(CARVE_OUTS, Columns.STRINGS, false)
          .add(MATCHED_JOURNAL, DataTypes.StringType, true)
          .add(UNMAPPED, Columns.STRINGS, false);

  /** What a tally is about. */
  public static final String SECTION = "section";

  public static final String NAME = "name";

  public static final String YEAR = "year";

  public static final String COUNT = "count";

  /** One row a thing to count, before counting. */
  public static final StructType TALLY =
      new StructType()
          .add(SECTION, DataTypes.StringType, false)
          .add(NAME, DataTypes.StringType, false)
          .add(Labels.BASIS, DataTypes.StringType, true)
          .add(YEAR, DataTypes.IntegerType, true);

  private LabelDecisions() {}
}
