package org.medroute.medline;

/**
 * The stable short names of broken rules: the {@code rule} column of the quarantine table, and
 * {@link RefusedFileException#rule()}.
 */
public final class Rules {
  // One record is rejected, the file goes on.

  /** Bytes that are not UTF-8 (RFC 3629: no overlong forms, no surrogates). */
  public static final String INVALID_UTF8 = "invalid-utf8";

  /** A character below U+0020 other than tab, line feed and carriage return. */
  public static final String CONTROL_CHARACTER = "control-character";

  /** A JSON escape that names half of a surrogate pair. */
  public static final String LONE_SURROGATE = "lone-surrogate";

  /** Not well-formed XML. */
  public static final String NOT_WELL_FORMED = "not-well-formed";

  /** Not JSON, or a key twice in one object. */
  public static final String BROKEN_JSON = "broken-json";

  /** A line of a CSV table with more or fewer cells than its header. */
  public static final String BROKEN_CSV = "broken-csv";

  /** An entity other than the five of XML. */
  public static final String UNDECLARED_ENTITY = "undeclared-entity";

  /** The next record, or the end of the root, comes before the record's own end tag. */
  public static final String UNCLOSED_RECORD = "unclosed-record";

  /** Text or an element between records that no record type claims. */
  public static final String NOT_A_RECORD = "not-a-record";

  public static final String RECORD_TOO_LARGE = "record-too-large";
  public static final String TOO_DEEP = "too-deep";
  public static final String NO_PMID = "no-pmid";
  public static final String PMID_NOT_A_NUMBER = "pmid-not-a-number";

  /** A PMID is 1 to 99,999,999. */
  public static final String PMID_OUT_OF_RANGE = "pmid-out-of-range";

  /** A PMID version is 1 to 9,999. */
  public static final String VERSION_OUT_OF_RANGE = "version-out-of-range";

  public static final String NO_ID = "no-id";
  public static final String DUPLICATE_ID = "duplicate-id";

  /** A JSON value of another type than its column needs. */
  public static final String WRONG_TYPE = "wrong-type";

  /** A number outside the range of its column. */
  public static final String OUT_OF_RANGE = "out-of-range";

  // The file is refused.

  public static final String EMPTY_FILE = "empty-file";

  /** Name and content disagree about compression. */
  public static final String NOT_GZIP = "not-gzip";

  public static final String TRUNCATED_GZIP = "truncated-gzip";
  public static final String CORRUPT_GZIP = "corrupt-gzip";

  /** Bytes other than zero padding after the last gzip member. */
  public static final String TRAILING_BYTES = "trailing-bytes";

  public static final String RATIO_TOO_HIGH = "ratio-too-high";
  public static final String FILE_TOO_LARGE = "file-too-large";
  public static final String MD5_MISMATCH = "md5-mismatch";

  /** The side file holds no md5 of this file. */
  public static final String MD5_UNREADABLE = "md5-unreadable";

  public static final String NOT_XML = "not-xml";
  public static final String NOT_JSON = "not-json";

  /** The file states another encoding than UTF-8. */
  public static final String UNSUPPORTED_ENCODING = "unsupported-encoding";

  /** A DOCTYPE with declarations of its own. */
  public static final String INTERNAL_SUBSET = "internal-subset";

  public static final String WRONG_ROOT = "wrong-root";
  public static final String TRUNCATED_XML = "truncated-xml";
  public static final String TRUNCATED_JSON = "truncated-json";

  /** A data file of a table that cannot be read. */
  public static final String UNREADABLE_TABLE = "unreadable-table";

  public static final String CONTENT_AFTER_END = "content-after-end";

  private Rules() {}
}
