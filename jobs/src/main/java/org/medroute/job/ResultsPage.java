package org.medroute.job;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.medroute.config.ExperimentSettings;
import org.medroute.metrics.MetricKey;

/** The page of all experiments, in Markdown. */
final class ResultsPage {
  private static final List<String> TARGETS =
      List.of("coverage_at_90", "coverage_at_95", "coverage_at_99", "coverage_at_999");
  private static final String NONE = "-";

  private ResultsPage() {}

  /** What the figures were measured with. */
  static Map<String, String> environment(Run run) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("commit", run.commit().gitCommit());
    environment.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    environment.put("Spark", run.spark().version());
    environment.put("Java", System.getProperty("java.version"));
    environment.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return environment;
  }

  /**
   * @param absent experiments that were not run, and why
   */
  static String render(
      List<ExperimentRun.Measured> measured, List<String> absent, Map<String, String> environment) {
    StringBuilder page = new StringBuilder("# Results of the experiments\n\n");
    page.append(
        "Written by `./submit.sh experiment --all`; do not edit. Measures are those of the");
    page.append(" test part, after calibration, with 95 % bootstrap intervals. The thresholds of");
    page.append(" the coverages were chosen on out-of-fold predictions of the training part,");
    page.append(" counting half an error more than was seen there, and applied unchanged; in");
    page.append(" brackets the precision that they reached.\n\n");
    row(page, "measured with", "");
    page.append("|---|---|\n");
    environment.forEach((name, value) -> row(page, name, value));
    page.append('\n');
    table(page, measured);
    for (ExperimentRun.Measured one : measured) {
      details(page, one);
    }
    if (!absent.isEmpty()) {
      page.append("\n## Not run\n\n");
      absent.forEach(line -> page.append("- ").append(line).append('\n'));
    }
    return page.toString();
  }

  private static void table(StringBuilder page, List<ExperimentRun.Measured> measured) {
    List<String> headings =
        new ArrayList<>(List.of("experiment", "train", "test", "accuracy", "macro-F1", "ECE"));
    TARGETS.forEach(target -> headings.add(heading(target)));
    headings.add("routed auto (precision)");
    headings.add("seconds");
    row(page, headings.toArray());
    page.append("|---".repeat(headings.size())).append("|\n");
    for (ExperimentRun.Measured one : measured) {
      List<String> cells = new ArrayList<>();
      cells.add(one.experiment().name());
      cells.add(count(one, "train"));
      cells.add(count(one, "test"));
      cells.add(interval(one, MetricKey.ACCURACY));
      cells.add(interval(one, MetricKey.MACRO_F1));
      cells.add(number(one, MetricKey.ECE));
      TARGETS.forEach(
          target -> cells.add(share(one, target, target.replace("coverage", "precision"))));
      cells.add(share(one, "auto_share", "auto_precision"));
      cells.add(
          one.metrics().containsKey("seconds")
              ? String.format(Locale.ROOT, "%.0f", one.metrics().get("seconds"))
              : NONE);
      row(page, cells.toArray());
      for (ExperimentSettings.Peer peer : one.experiment().plan().peers()) {
        List<Object> other = new ArrayList<>();
        other.add("  " + peer.name());
        other.add("");
        other.add("");
        other.add(String.format(Locale.ROOT, "%.3f", peer.accuracy()));
        other.add(String.format(Locale.ROOT, "%.3f", peer.macroF1()));
        while (other.size() < headings.size()) {
          other.add("");
        }
        row(page, other.toArray());
      }
    }
  }

  private static String heading(String target) {
    String digits = target.substring(target.lastIndexOf('_') + 1);
    return "covered at ." + digits;
  }

  private static void details(StringBuilder page, ExperimentRun.Measured one) {
    ExperimentSettings plan = one.experiment().plan();
    page.append("\n## ").append(one.experiment().name()).append(": ").append(plan.title());
    page.append("\n\n");
    if (!plan.why().isEmpty()) {
      page.append(plan.why()).append("\n\n");
    }
    page.append("Data: ").append(String.join(", ", plan.data())).append(".\n");
    if (!plan.peersSource().isEmpty()) {
      page.append("Other programs: ").append(plan.peersSource()).append(".\n");
    }
    one.model().ifPresent(model -> page.append("Model: `").append(model).append("`.\n"));
    one.failure()
        .ifPresent(
            failure ->
                page.append("It did not end well: ")
                    .append(failure.message().orElse(failure.verdict().word()))
                    .append(".\n"));
    curve(page, one);
    List<Expectations.Checked> checked = one.checked();
    if (!checked.isEmpty()) {
      page.append('\n');
      checked.forEach(check -> page.append("- ").append(check.line()).append('\n'));
    }
  }

  /** Documents against measures, the smallest sample first. */
  private static void curve(StringBuilder page, ExperimentRun.Measured one) {
    if (one.experiment().plan().fractions().isEmpty()) {
      return;
    }
    Map<Long, String> suffixes = new TreeMap<>();
    one.counts()
        .forEach(
            (name, n) -> {
              if (name.equals("train") || name.startsWith("train_of_")) {
                suffixes.put(n, name.substring("train".length()));
              }
            });
    page.append("\n| documents | accuracy | macro-F1 | ECE |\n|---|---|---|---|\n");
    suffixes.forEach(
        (n, suffix) ->
            row(
                page,
                String.format(Locale.ROOT, "%,d", n),
                number(one, MetricKey.ACCURACY + suffix),
                number(one, MetricKey.MACRO_F1 + suffix),
                number(one, MetricKey.ECE + suffix)));
  }

  private static void row(StringBuilder page, Object... cells) {
    for (Object cell : cells) {
      page.append("| ").append(cell).append(' ');
    }
    page.append("|\n");
  }

  private static String count(ExperimentRun.Measured one, String part) {
    Long n = one.counts().get(part);
    return n == null ? NONE : String.format(Locale.ROOT, "%,d", n);
  }

  private static String number(ExperimentRun.Measured one, String name) {
    Double value = one.metrics().get(name);
    return value == null ? NONE : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String interval(ExperimentRun.Measured one, String name) {
    List<Double> bounds = one.intervals().get(name);
    return number(one, name)
        + (bounds == null
            ? ""
            : String.format(Locale.ROOT, " [%.4f, %.4f]", bounds.get(0), bounds.get(1)));
  }

  private static String share(ExperimentRun.Measured one, String coverage, String precision) {
    Double share = one.metrics().get(coverage);
    Double right = one.metrics().get(precision);
    return share == null
        ? NONE
        : String.format(Locale.ROOT, "%.3f", share)
            + (right == null ? "" : String.format(Locale.ROOT, " (%.4f)", right));
  }
}
