package org.medroute.table;

import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One row a record of a file that is being ingested, and one row a file: what the reading tasks
 * write aside and the merge takes from there. Exactly one of document, deletion, rejection and file
 * is set, as {@code kind} says.
 */
public final class Staged {
  /** Number of the file within its batch, from 0. */
  public static final String FILE_INDEX = "file_index";

  public static final String SOURCE = Documents.SOURCE;
  public static final String SOURCE_FILE = Documents.SOURCE_FILE;
  public static final String RELEASE = Documents.RELEASE;
  public static final String FILE_NUMBER = Documents.FILE_NUMBER;
  public static final String RECORD_ORDINAL = Documents.RECORD_ORDINAL;

  /** Which of the four structs is set. */
  public static final String KIND = "kind";

  public static final String DOCUMENT = "document";
  public static final String DELETION = "deletion";
  public static final String REJECTION = "rejection";
  public static final String FILE = "file";

  /** What documents take from the envelope or receive when they are committed. */
  private static final Set<String> NOT_OF_THE_RECORD =
      Set.of(
          SOURCE,
          SOURCE_FILE,
          RELEASE,
          FILE_NUMBER,
          RECORD_ORDINAL,
          Documents.GROUP_ID,
          Documents.RUN_ID,
          Documents.INGESTED_AT);

  /** The columns of {@link Documents#SCHEMA} that the record itself decides, in its order. */
  public static final StructType DOCUMENT_FIELDS = documentFields();

  public static final StructType DELETION_FIELDS =
      new StructType()
          .add(Deletions.DOCUMENT_ID, DataTypes.StringType, false)
          .add(Deletions.VERSION, DataTypes.IntegerType, false);

  public static final StructType REJECTION_FIELDS =
      new StructType()
          .add(Quarantine.DOCUMENT_ID, DataTypes.StringType, true)
          .add(Quarantine.RULE, DataTypes.StringType, false)
          .add(Quarantine.DETAIL, DataTypes.StringType, false)
          .add(Quarantine.RAW_HASH, DataTypes.StringType, false)
          .add(Quarantine.RAW, DataTypes.StringType, false);

  /** Rule that the file as a whole broke; null if it ended well. */
  public static final String REFUSED_RULE = "refused_rule";

  /** Citations, without delete entries and rejected records. */
  public static final String CITATIONS = "citations";

  public static final String DELETE_ENTRIES = "delete_entries";
  public static final String REJECTED = "rejected";

  /** Zero bytes after the data that were accepted. */
  public static final String PADDING_BYTES = "padding_bytes";

  /** Whether the md5 was compared with a side file. */
  public static final String MD5_CHECKED = "md5_checked";

  public static final StructType FILE_FIELDS =
      new StructType()
          .add(FileLedger.MD5, DataTypes.StringType, false)
          .add(REFUSED_RULE, DataTypes.StringType, true)
          .add(FileLedger.REFUSAL, DataTypes.StringType, true)
          .add(CITATIONS, DataTypes.LongType, false)
          .add(DELETE_ENTRIES, DataTypes.LongType, false)
          .add(REJECTED, DataTypes.LongType, false)
          .add(FileLedger.SKIPPED, DataTypes.LongType, false)
          .add(PADDING_BYTES, DataTypes.LongType, false)
          .add(MD5_CHECKED, DataTypes.BooleanType, false);

  /** What a row of a table is sorted by before it is numbered: its id. */
  public static final String TABLE_KEY = "table_key";

  /** A row of a table as a JSON object. */
  public static final String TABLE_OBJECT = "table_object";

  /** The line of a CSV table that could not be cut into its cells; null otherwise. */
  public static final String CORRUPT_LINE = "_corrupt_line";

  public static final StructType SCHEMA =
      new StructType()
          .add(FILE_INDEX, DataTypes.IntegerType, false)
          .add(SOURCE, DataTypes.StringType, false)
          .add(SOURCE_FILE, DataTypes.StringType, false)
          .add(RELEASE, DataTypes.IntegerType, true)
          .add(FILE_NUMBER, DataTypes.IntegerType, true)
          .add(RECORD_ORDINAL, DataTypes.LongType, false)
          .add(KIND, DataTypes.StringType, false)
          .add(DOCUMENT, DOCUMENT_FIELDS, true)
          .add(DELETION, DELETION_FIELDS, true)
          .add(REJECTION, REJECTION_FIELDS, true)
          .add(FILE, FILE_FIELDS, true);

  private Staged() {}

  private static StructType documentFields() {
    StructType fields = new StructType();
    for (StructField field : Documents.SCHEMA.fields()) {
      if (!NOT_OF_THE_RECORD.contains(field.name())) {
        fields = fields.add(field);
      }
    }
    return fields;
  }
}
