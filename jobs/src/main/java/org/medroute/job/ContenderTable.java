package org.medroute.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medroute.config.EvaluateSettings;
import org.medroute.metrics.BootstrapIntervals;
import org.medroute.metrics.Estimate;
import org.medroute.metrics.MetricKey;
import org.medroute.metrics.PairedBootstrap;
import org.medroute.table.TextTable;
import org.medroute.table.TextTable.Column;

/** Learners by descending macro-F1, each with its difference from the best. */
final class ContenderTable {
  private static final List<String> HEADINGS =
      List.of(
          "learner",
          "accuracy",
          "macro-F1",
          "less than the best (paired)",
          "p",
          "ECE",
          "fit s",
          "ms a document",
          "bytes");

  private final List<Row> rows;

  private ContenderTable(List<Row> rows) {
    this.rows = rows;
  }

  private record Row(
      Contender contender,
      Estimate accuracy,
      Estimate macroF1,
      double ece,
      Estimate difference,
      double pValue) {}

  /** Measures them all: the same resamples for all, and for every pair with the best. */
  static ContenderTable of(List<Contender> contenders, EvaluateSettings settings) {
    List<Row> measured = new ArrayList<>();
    for (Contender contender : contenders) {
      BootstrapIntervals measures = BootstrapIntervals.of(contender.predictions(), settings);
      measured.add(
          new Row(
              contender,
              measures.overall(MetricKey.ACCURACY),
              measures.overall(MetricKey.MACRO_F1),
              measures.overall(MetricKey.ECE).value(),
              Estimate.exact(0, contender.predictions().size()),
              Double.NaN));
    }
    measured.sort(Comparator.comparingDouble((Row row) -> -row.macroF1().value()));
    List<Row> rows = new ArrayList<>();
    Contender best = measured.get(0).contender();
    for (Row row : measured) {
      if (row.contender().equals(best)) {
        rows.add(row);
        continue;
      }
      PairedBootstrap.Difference difference =
          PairedBootstrap.compare(best.predictions(), row.contender().predictions(), settings)
              .overall(MetricKey.MACRO_F1);
      rows.add(
          new Row(
              row.contender(),
              row.accuracy(),
              row.macroF1(),
              row.ece(),
              difference.difference(),
              difference.pValue()));
    }
    return new ContenderTable(List.copyOf(rows));
  }

  /** For a terminal. */
  String text() {
    List<Column> columns = new ArrayList<>();
    for (String heading : HEADINGS) {
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
    page.append(", calibrated; 95 % bootstrap intervals; differences of macro-F1 are paired.");
    page.append(" Fit: one fit on the whole training part. Score: compiled form, one thread.\n\n");
    environment.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    page.append("\n| ").append(String.join(" | ", HEADINGS)).append(" |\n");
    page.append("|---").append("|---:".repeat(HEADINGS.size() - 1)).append("|\n");
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
    return new Object[] {
      row.contender().name(),
      Equations.interval(row.accuracy()),
      Equations.interval(row.macroF1()),
      best ? "-" : Equations.interval(row.difference()),
      best ? "-" : String.format(Locale.ROOT, "%.3f", row.pValue()),
      String.format(Locale.ROOT, "%.4f", row.ece()),
      String.format(Locale.ROOT, "%.1f", row.contender().fitSeconds()),
      String.format(Locale.ROOT, "%.3f", 1000 * row.contender().scoreSeconds()),
      String.format(Locale.ROOT, "%,d", row.contender().bytes())
    };
  }

  /** Plain values, one map a learner. */
  List<Map<String, Object>> details() {
    List<Map<String, Object>> details = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", row.contender().name());
      map.put(MetricKey.ACCURACY, row.accuracy().value());
      map.put(MetricKey.MACRO_F1, row.macroF1().value());
      map.put(MetricKey.ECE, row.ece());
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
