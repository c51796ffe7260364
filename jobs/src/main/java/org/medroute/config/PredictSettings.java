package org.medroute.config;

/**
 * How single texts are predicted.
 *
 * @param model champion, latest, or a version
 * @param task the model line that champion and latest refer to
 * @param evidenceTerms terms of evidence shown a text
 * @param review what asks for a person
 */
public record PredictSettings(String model, String task, int evidenceTerms, ReviewSettings review) {
  /** Shortest text, in characters without white space around it. */
  public static final int SHORTEST = 10;

  /** Longest text, in characters without white space around it. */
  public static final int LONGEST = 10_000;

  private static final int MOST_TERMS = 100;

  public static PredictSettings from(Settings settings) {
    Settings predict = settings.section("predict");
    return new PredictSettings(
        predict.text("model"),
        settings.text("train.task"),
        predict.integer("evidence-terms", 0, MOST_TERMS),
        ReviewSettings.from(settings));
  }
}
