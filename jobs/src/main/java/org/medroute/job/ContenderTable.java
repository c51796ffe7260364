package org.medroute.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.medroute.config.EvaluateSettings;
import org.medroute.metrics.BootstrapIntervals;
import org.medroute.metrics.Estimate;
import org.medroute.metrics.MetricKey;
import org.medroute.metrics.PairedBootstrap;
import org.medroute.metrics.PrecisionThresholds;
import org.medroute.metrics.Rejection;
import org.medroute.table.TextTable;
import org.medroute.table.TextTable.Column;

/**
 * Learners by descending macro-F1, each with its difference from the best; and what a choice by
 * macro-F1 does not see: how good their confidences are, and what they would decide without a
 * person.
 */
final class ContenderTable {
  private final List<String> headings;
  private final List<Row> rows;

  private ContenderTable(List<Row> rows) {
    this.rows = rows;
    List<String> names = new ArrayList<>(List.of("learner", "accuracy", "macro-F1"));
    names.addAll(List.of("less than the best (paired)", "p"));
    names.addAll(List.of("log loss", "more than the best's (paired)", "ECE"));
    for (PrecisionThresholds.Target target : rows.get(0).decided().targets()) {
      names.add("decided at " + target.precision());
    }
    rows.get(0).rejection().ifPresent(area -> names.add("rejection AUC"));
    names.addAll(List.of("fit s", "ms a document", "bytes"));
    this.headings = List.copyOf(names);
  }

  /**
   * A learner.
   *
   * @param decided the largest share of the documents that shows each precision under one
   *     threshold, chosen on these documents themselves
   * @param rejection of target classes against the out-of-scope class, where there is one
   */
  private record Row(
      Contender contender,
      Estimate accuracy,
      Estimate macroF1,
      double logLoss,
      double ece,
      PrecisionThresholds decided,
      OptionalDouble rejection,
      Estimate difference,
      Estimate lossDifference,
      double pValue) {

    Row against(PairedBootstrap best) {
      return new Row(
          contender,
          accuracy,
          macroF1,
          logLoss,
          ece,
          decided,
          rejection,
          best.overall(MetricKey.MACRO_F1).difference(),
          best.overall(MetricKey.LOG_LOSS).difference(),
          best.overall(MetricKey.MACRO_F1).pValue());
    }
  }

  /** Measures them all: the same resamples for all, and for every pair with the best. */
  static ContenderTable of(List<Contender> contenders, EvaluateSettings settings) {
    List<Row> measured = new ArrayList<>();
    for (Contender contender : contenders) {
      BootstrapIntervals measures = BootstrapIntervals.of(contender.predictions(), settings);
      Estimate none = Estimate.exact(0, contender.predictions().size());
      measured.add(
          new Row(
              contender,
              measures.overall(MetricKey.ACCURACY),
              measures.overall(MetricKey.MACRO_F1),
              measures.overall(MetricKey.LOG_LOSS).value(),
              measures.overall(MetricKey.ECE).value(),
              PrecisionThresholds.of(contender.predictions(), settings.precisionTargets()),
              Rejection.of(contender.predictions()).entrySet().stream()
                  .filter(area -> area.getKey().name().equals(Rejection.BY_SCOPE))
                  .mapToDouble(area -> area.getValue().value())
                  .findFirst(),
              none,
              none,
              Double.NaN));
    }
    measured.sort(Comparator.comparingDouble((Row row) -> -row.macroF1().value()));
    List<Row> rows = new ArrayList<>();
    Contender best = measured.get(0).contender();
    for (Row row : measured) {
      rows.add(
          row.contender().equals(best)
              ? row
              : row.against(
                  PairedBootstrap.compare(
                      best.predictions(), row.contender().predictions(), settings)));
    }
    return new ContenderTable(List.copyOf(rows));
  }

  /** For a terminal. */
  String text() {
    List<Column> columns = new ArrayList<>();
    for (String heading : headings) {
      columns.add(columns.isEmpty() ? Column.left(heading) : Column.right(heading));
    }
    TextTable table = TextTable.of(columns);
    rows.forEach(row -> table.add(cells(row)));
    return table.render();
  }

  /** As a page in Markdown. */
  String page(String title, String where, Map<String, String> environment) {
    StringBuilder page = new StringBuilder("# ").append(title).append("\n\n");
    page.append("Written by `./submit.sh compare`; do not edit. Measured ").append(where);
    page.append(", calibrated; 95 % bootstrap intervals; differences are paired.");
    page.append(
        " Decided at a precision: the largest share of these documents that shows it under one");
    page.append(" threshold of the confidence, chosen on them.");
    page.append(" Fit: one fit on the whole training part. Score: compiled form, one thread.\n\n");
    environment.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    page.append("\n| ").append(String.join(" | ", headings)).append(" |\n");
    page.append("|---").append("|---:".repeat(headings.size() - 1)).append("|\n");
    for (Row row : rows) {
      for (Object cell : cells(row)) {
        page.append("| ").append(cell).append(' ');
      }
      page.append("|\n");
    }
    return page.toString();
  }

  private static Object[] cells(Row row) {
    boolean best = Double.isNaN(row.pValue());
    List<Object> cells = new ArrayList<>();
    cells.add(row.contender().name());
    cells.add(Equations.interval(row.accuracy()));
    cells.add(Equations.interval(row.macroF1()));
    cells.add(best ? "-" : Equations.interval(row.difference()));
    cells.add(best ? "-" : String.format(Locale.ROOT, "%.3f", row.pValue()));
    cells.add(String.format(Locale.ROOT, "%.4f", row.logLoss()));
    cells.add(best ? "-" : Equations.interval(row.lossDifference()));
    cells.add(String.format(Locale.ROOT, "%.4f", row.ece()));
    for (PrecisionThresholds.Target target : row.decided().targets()) {
      cells.add(String.format(Locale.ROOT, "%.3f", target.coverage()));
    }
    row.rejection().ifPresent(area -> cells.add(String.format(Locale.ROOT, "%.4f", area)));
    cells.add(String.format(Locale.ROOT, "%.1f", row.contender().fitSeconds()));
    cells.add(String.format(Locale.ROOT, "%.3f", 1000 * row.contender().scoreSeconds()));
    cells.add(String.format(Locale.ROOT, "%,d", row.contender().bytes()));
    return cells.toArray();
  }

  /** Plain values, one map a learner. */
  List<Map<String, Object>> details() {
    List<Map<String, Object>> details = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", row.contender().name());
      map.put(MetricKey.ACCURACY, row.accuracy().value());
      map.put(MetricKey.MACRO_F1, row.macroF1().value());
      map.put(MetricKey.LOG_LOSS, row.logLoss());
      map.put("log_loss_difference", row.lossDifference().value());
      map.put(MetricKey.ECE, row.ece());
      for (PrecisionThresholds.Target target : row.decided().targets()) {
        map.put(MetricKey.coverageAt(target.precision()), target.coverage());
      }
      row.rejection().ifPresent(area -> map.put(Rejection.BY_SCOPE, area));
      map.put("difference", row.difference().value());
      if (!Double.isNaN(row.pValue())) {
        map.put("p_value", row.pValue());
      }
      map.put("fit_seconds", row.contender().fitSeconds());
      map.put("score_seconds", row.contender().scoreSeconds());
      map.put("bytes", row.contender().bytes());
      details.add(map);
    }
    return details;
  }
}
