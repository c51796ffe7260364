package org.medroute.config;

import java.util.Optional;

/**
 * What is scored by which model.
 *
 * @param model champion, latest, or a version
 * @param task the model line that champion and latest refer to
 * @param implementation by what the texts go through the model
 * @param evidenceTerms terms of evidence kept a document, 0 for none
 * @param table a table to score instead of documents
 * @param review what asks for a person
 */
public record ScoreSettings(
    String model,
    String task,
    Implementation implementation,
    int evidenceTerms,
    Optional<TableMapping> table,
    ReviewSettings review) {
  private static final int MOST_TERMS = 100;

  /** By what a text goes through a model; scores are the same. */
  public enum Implementation {
    /** In one pass by the compiled form of the model. */
    COMPILED,
    /** By its Spark ML stages, one after another. */
    STAGES
  }

  /** Storage of a mapped table. */
  public enum TableFormat {
    DELTA,
    PARQUET,
    CSV
  }

  /**
   * Columns of a table by their meaning.
   *
   * @param source prefix of the document ids
   * @param id column that identifies a row
   * @param title column with the title, if there is one
   * @param text column with the abstract or body
   */
  public record TableMapping(
      String path,
      TableFormat format,
      String source,
      String id,
      Optional<String> title,
      String text) {}

  public static ScoreSettings from(Settings settings) {
    Settings scoring = settings.section("scoring");
    Settings table = scoring.section("table");
    Optional<TableMapping> mapping =
        table
            .optionalText("path")
            .map(
                path ->
                    new TableMapping(
                        path,
                        table.choice("format", TableFormat.class),
                        table.text("source"),
                        table.text("id"),
                        table.optionalText("title"),
                        table.text("text")));
    Implementation implementation = scoring.choice("implementation", Implementation.class);
    int evidenceTerms = scoring.integer("evidence-terms", 0, MOST_TERMS);
    if (evidenceTerms > 0 && implementation == Implementation.STAGES) {
      throw scoring.problem(
          "evidence-terms", "0 where scoring.implementation is stages, which give no evidence");
    }
    return new ScoreSettings(
        scoring.text("model"),
        settings.text("train.task"),
        implementation,
        evidenceTerms,
        mapping,
        ReviewSettings.from(settings));
  }
}
