package org.medroute.job;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.medroute.compiled.Evidence;
import org.medroute.pipeline.Prediction;
import org.medroute.table.TextTable;
import org.medroute.table.TextTable.Column;

/** Predictions as a person reads them. */
final class PredictionPrinter {
  private PredictionPrinter() {}

  /** A prediction with all that belongs to it. */
  static void block(PrintStream out, Prediction prediction) {
    prediction.specialty().ifPresent(name -> out.println("  specialty   " + name));
    if (prediction.specialty().isPresent()) {
      out.printf(Locale.ROOT, "  confidence  %.4f%n", prediction.confidence());
    }
    out.println("  route       " + prediction.route().text());
    out.println("  reason      " + prediction.reason());
    if (!prediction.probabilities().isEmpty()) {
      TextTable table = TextTable.of(Column.left("class"), Column.right("probability"));
      prediction
          .probabilities()
          .forEach((name, value) -> table.add(name, String.format(Locale.ROOT, "%.4f", value)));
      out.println();
      out.print(table.render());
    }
    if (!prediction.evidence().isEmpty()) {
      TextTable table = TextTable.of(Column.left("evidence"), Column.right("weight"));
      for (Evidence term : prediction.evidence()) {
        table.add(term.marked(), String.format(Locale.ROOT, "%+.4f", term.weight()));
      }
      out.println();
      out.print(table.render());
    }
    out.println();
  }

  /**
   * A prediction on one line: number, specialty, confidence, route, reason, other classes, terms.
   */
  static void line(PrintStream out, long number, Prediction prediction) {
    out.printf(
        Locale.ROOT,
        "%d  %s  %s  %s  [%s]  %s%n",
        number,
        prediction
            .specialty()
            .map(name -> name + String.format(Locale.ROOT, " %.4f", prediction.confidence()))
            .orElse("-"),
        prediction.route().text(),
        prediction.reason(),
        prediction.probabilities().entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(entry -> String.format(Locale.ROOT, "%s %.3f", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ")),
        prediction.evidence().stream().map(Evidence::marked).collect(Collectors.joining("; ")));
  }
}
