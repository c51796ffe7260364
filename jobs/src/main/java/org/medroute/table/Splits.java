package org.medroute.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One row a labelled document of a task: its part and fold; and one a document of several true
 * classes or of none that trained beside them. Key: task, document_id.
 */
public final class Splits {
  public static final String TASK = "task";

  public static final String DOCUMENT_ID = "document_id";

  public static final String GROUP_ID = "group_id";

  /**
   * Train, validation or test; or train_conflict for documents of several classes, train_background
   * for those of none.
   */
  public static final String PART = "part";

  /**
   * Of the training part, from 0; of a document without a label the one that must not see it, null
   * for none.
   */
  public static final String FOLD = "fold";

  public static final String RUN_ID = "run_id";

  public static final StructType SCHEMA =
      new StructType()
          .add(TASK, DataTypes.StringType, false)
          .add(DOCUMENT_ID, DataTypes.StringType, false)
          .add(GROUP_ID, DataTypes.StringType, false)
          .add(PART, DataTypes.StringType, false)
          .add(FOLD, DataTypes.IntegerType, true)
          .add(RUN_ID, DataTypes.StringType, false);

  public static final Table TABLE = new Table("splits", SCHEMA, List.of(TASK, DOCUMENT_ID));

  public static final String TRAIN = "train";
  public static final String VALIDATION = "validation";
  public static final String TEST = "test";
  public static final String TRAIN_CONFLICT = "train_conflict";
  public static final String TRAIN_BACKGROUND = "train_background";

  /** The task column of one kind of split of a model line. */
  public static String taskOf(String task, String kind) {
    return task + "/" + kind;
  }

  private Splits() {}
}
