package org.medroute.table;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Frames in which revisions of a document compete: one row a citation, delete entry or row of the
 * tables. They live only inside a run.
 */
public final class Revisions {
  public static final String DOCUMENT_ID = Documents.DOCUMENT_ID;

  /** Batch, documents or deletions. */
  public static final String ORIGIN = "origin";

  /** Number of the file within its batch; -1 for rows of the tables. */
  public static final String FILE_INDEX = Staged.FILE_INDEX;

  public static final String RECORD_ORDINAL = Documents.RECORD_ORDINAL;

  /** Whether a row of the tables takes no part, for its file or release is being replaced. */
  public static final String VOID = "void";

  public static final String GROUP_KEY = Documents.GROUP_KEY;
  public static final String VERSION = Documents.VERSION;

  /** 0 for unnumbered files, and so is the number. */
  public static final String RELEASE = Documents.RELEASE;

  public static final String FILE_NUMBER = Documents.FILE_NUMBER;

  /** True for a delete entry, false for a citation. */
  public static final String TOMBSTONE = "tombstone";

  /** Empty where the record does not say. */
  public static final String DATE_REVISED = Documents.DATE_REVISED;

  public static final String CONTENT_HASH = Documents.CONTENT_HASH;
  public static final String SOURCE_FILE = Documents.SOURCE_FILE;
  public static final String SOURCE = Documents.SOURCE;

  /** Live, superseded or deleted: what became of a row of the batch. */
  public static final String FATE = "fate";

  /** Insert, update, remove or yield: what the row does to the documents table; null: nothing. */
  public static final String EFFECT = "effect";

  /** Add or drop: what a tombstone does to the deletions table; null: nothing. */
  public static final String TOMB = "tomb";

  public static final String GROUP_ID = Documents.GROUP_ID;

  /** Smallest document_id of a group after the commit. */
  public static final String SMALLEST = "smallest";

  /** Number of rows. */
  public static final String ROWS = "rows";

  /** Revisions before anything is decided. */
  public static final StructType SCHEMA =
      new StructType()
          .add(DOCUMENT_ID, DataTypes.StringType, false)
          .add(ORIGIN, DataTypes.StringType, false)
          .add(FILE_INDEX, DataTypes.IntegerType, false)
          .add(RECORD_ORDINAL, DataTypes.LongType, false)
          .add(VOID, DataTypes.BooleanType, false)
          .add(GROUP_KEY, DataTypes.StringType, true)
          .add(VERSION, DataTypes.IntegerType, false)
          .add(RELEASE, DataTypes.IntegerType, false)
          .add(FILE_NUMBER, DataTypes.IntegerType, false)
          .add(TOMBSTONE, DataTypes.BooleanType, false)
          .add(DATE_REVISED, DataTypes.StringType, false)
          .add(CONTENT_HASH, DataTypes.StringType, false)
          .add(SOURCE_FILE, DataTypes.StringType, false)
          .add(SOURCE, DataTypes.StringType, false);

  /** Revisions with what was decided of them. */
  public static final StructType DECIDED =
      SCHEMA
          .add(FATE, DataTypes.StringType, true)
          .add(EFFECT, DataTypes.StringType, true)
          .add(TOMB, DataTypes.StringType, true);

  private Revisions() {}
}
