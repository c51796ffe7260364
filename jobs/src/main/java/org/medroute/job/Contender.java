package org.medroute.job;

import java.util.Locale;
import org.medroute.metrics.ClassificationMetrics;
import org.medroute.metrics.Predictions;

/**
 * One learner of a comparison.
 *
 * @param predictions calibrated, of documents that the model was not fitted on
 * @param fitSeconds of one fit on the whole training part, features included
 * @param scoreSeconds a document, text to probabilities, one thread, compiled form
 * @param bytes of the compiled form
 */
record Contender(
    String name, Predictions predictions, double fitSeconds, double scoreSeconds, long bytes) {

  String line() {
    ClassificationMetrics metrics = ClassificationMetrics.of(predictions);
    return String.format(
        Locale.ROOT,
        "%s: macro-F1 %.4f, accuracy %.4f",
        name,
        metrics.macroF1(),
        metrics.accuracy());
  }
}
