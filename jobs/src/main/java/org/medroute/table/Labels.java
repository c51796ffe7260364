package org.medroute.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One row a document with evidence of its specialty, within one label set. Key: label_set,
 * document_id.
 */
public final class Labels {
  public static final String LABEL_SET = "label_set";

  public static final String DOCUMENT_ID = "document_id";

  /** Null where several target classes apply (conflict), or none (background). */
  public static final String LABEL = "label";

  /** Every class that the evidence names, in class order; empty for the background. */
  public static final String LABELS = "labels";

  /** Expert, given, mesh_major, mesh or journal. */
  public static final String BASIS = "basis";

  /** The rule that decided. */
  public static final String RULE = "rule";

  /** Training weight by basis. */
  public static final String WEIGHT = "weight";

  /** Rests on Automated indexing: never in a test. */
  public static final String AUTOMATED = "automated";

  /** Sha256 of the rules. */
  public static final String RULES_VERSION = "rules_version";

  public static final String RUN_ID = "run_id";

  public static final StructType SCHEMA =
      new StructType()
          .add(LABEL_SET, DataTypes.StringType, false)
          .add(DOCUMENT_ID, DataTypes.StringType, false)
          .add(LABEL, DataTypes.StringType, true)
          .add(LABELS, Columns.STRINGS, false)
          .add(BASIS, DataTypes.StringType, false)
          .add(RULE, DataTypes.StringType, false)
          .add(WEIGHT, DataTypes.DoubleType, false)
          .add(AUTOMATED, DataTypes.BooleanType, false)
          .add(RULES_VERSION, DataTypes.StringType, false)
          .add(RUN_ID, DataTypes.StringType, false);

  public static final Table TABLE = new Table("labels", SCHEMA, List.of(LABEL_SET, DOCUMENT_ID));

  private Labels() {}
}
