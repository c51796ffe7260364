package org.medroute.table;

/** Columns of frames that live only inside a run: training rows, scoring rows, predictions. */
public final class Frames {
  /** Title, newline, sections of the abstract joined by newlines. */
  public static final String TEXT = "text";

  /** Struct of extent and language: what routing must know of the text. */
  public static final String TEXT_STATE = "text_state";

  public static final String EXTENT = "extent";
  public static final String TEXT_LANGUAGE = "language";

  /** Class index as a double, as Spark ML wants it. */
  public static final String LABEL = "label";

  /** Class indexes as integers: one, or all of a document with several true classes. */
  public static final String LABELS = "labels";

  public static final String WEIGHT = "weight";
  public static final String FEATURES = "features";
  public static final String RAW_PREDICTION = "rawPrediction";
  public static final String PROBABILITY = "probability";
  public static final String PREDICTION = "prediction";

  /** Probabilities as a plain array. */
  public static final String PROBABILITIES = "probabilities";

  /** Struct of everything that scoring decides of a document. */
  public static final String DECISION = "decision";

  /** Class name by IndexToString. */
  public static final String PREDICTED_LABEL = "predicted_label";

  public static final String FOLD = "fold";
  public static final String PART = "part";
  public static final String JOURNAL_KEY = "journal_key";

  /** Publication year as a number, null where unknown. */
  public static final String YEAR_NUMBER = "year_number";

  private Frames() {}
}
