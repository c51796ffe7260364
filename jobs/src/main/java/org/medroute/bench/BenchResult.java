package org.medroute.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medroute.table.TextTable;
import org.medroute.table.TextTable.Column;

/**
 * What a benchmark measured, as a table, a page and JSON.
 *
 * <p>A ratio is of medians, and reads as its target does. Speeds are "how many times as fast as the
 * peer": their seconds by ours, or our rate by theirs; larger is better. A cost is ours by theirs:
 * {@code forest_bytes_vs_mllib} and {@code forest_peak_vs_*} in bytes and {@code cv_cost_vs_fits}
 * in seconds; smaller is better, as with {@code pubmed_hours}, which is no ratio. {@code
 * forest_macro_f1_vs_*} are differences, ours minus theirs.
 */
public final class BenchResult {
  private static final String[] HEADINGS = {
    "key", "what", "peer", "unit", "ours", "theirs", "ratio", "target", "reached"
  };

  private static final List<String> DEFINITIONS =
      List.of(
          "Ratios are of medians. Of speeds (s, documents/s, MB/s): how many times as fast as the peer, larger is"
              + " better. forest_bytes_vs_mllib, forest_peak_vs_*: our bytes by theirs; cv_cost_vs_fits: our seconds by those of the"
              + " fits; pubmed_hours: hours. Of these, smaller is better.",
          "forest_macro_f1_vs_mllib, forest_macro_f1_vs_sklearn: our macro-F1 minus theirs, the mean over seeds with its"
              + " 95 % interval, whose lower end is held against the target; the task with the least lower end stands"
              + " for the key. Ours and theirs: mean and range over seeds.");

  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<Measure> measures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Missing> missing = new ArrayList<>();

  /** A row without numbers, and why it has none. */
  private record Missing(String key, String what, String peer, String why) {
    String[] cells() {
      return new String[] {key, what, peer, "-", "-", why, "-", "-", "-"};
    }
  }

  /** A fact about the machine or the data. */
  void environment(String name, String value) {
    environment.put(name, value);
  }

  void add(Measure measure) {
    measures.add(measure);
  }

  /** Something that a reader of the table must know. */
  void note(String line) {
    notes.add(line);
  }

  /** A key that cannot be measured, because its peer is not installed. */
  void missing(String key, String what, String peer) {
    missing(key, what, peer, "peer not installed");
  }

  /** A key that cannot be measured for another reason. */
  void missing(String key, String what, String peer, String why) {
    missing.add(new Missing(key, what, peer, why));
  }

  public List<Measure> measures() {
    return List.copyOf(measures);
  }

  /** Key to ratio, each as its target reads it. */
  public Map<String, Double> ratios() {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (Measure measure : measures) {
      if (measure.standing() == Measure.Standing.KEY) {
        ratios.put(measure.key(), measure.ratio());
      }
    }
    return ratios;
  }

  /** Fields of the JSON line. */
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("ratios", ratios());
    Map<String, String> without = new LinkedHashMap<>();
    missing.forEach(row -> without.put(row.key(), row.peer() + ": " + row.why()));
    details.put("missing", without);
    details.put("environment", environment);
    details.put("measures", measures.stream().map(Measure::toMap).toList());
    details.put("notes", List.copyOf(notes));
    return details;
  }

  /** For a terminal. */
  public String table() {
    TextTable table =
        TextTable.of(
            Column.left(HEADINGS[0]),
            Column.left(HEADINGS[1]),
            Column.left(HEADINGS[2]),
            Column.left(HEADINGS[3]),
            Column.right(HEADINGS[4]),
            Column.right(HEADINGS[5]),
            Column.right(HEADINGS[6]),
            Column.right(HEADINGS[7]),
            Column.left(HEADINGS[8]));
    rows().forEach(row -> table.add((Object[]) row));
    return table.render();
  }

  /** Lines below the table: what must be known of it. */
  public List<String> remarks() {
    List<String> lines = new ArrayList<>(DEFINITIONS);
    lines.addAll(notes);
    return lines;
  }

  /** The page, in Markdown. */
  public String page(String command) {
    StringBuilder page = new StringBuilder();
    page.append("# Side by side with peers\n\n");
    page.append("Written by `").append(command).append("`; do not edit.\n");
    page.append(
        "Medians of rounds in which the contenders take turns, with the range of the rounds.\n\n");
    page.append("| measured on | |\n|---|---|\n");
    environment.forEach(
        (name, value) -> page.append("| ").append(name).append(" | ").append(value).append(" |\n"));
    page.append("\n| ").append(String.join(" | ", HEADINGS)).append(" |\n");
    page.append("|---".repeat(HEADINGS.length)).append("|\n");
    rows().forEach(row -> page.append("| ").append(String.join(" | ", row)).append(" |\n"));
    page.append('\n');
    remarks().forEach(line -> page.append("- ").append(line).append('\n'));
    return page.toString();
  }

  private List<String[]> rows() {
    List<String[]> rows = new ArrayList<>();
    measures.forEach(measure -> rows.add(cells(measure)));
    missing.forEach(row -> rows.add(row.cells()));
    return rows;
  }

  private static String[] cells(Measure measure) {
    return new String[] {
      measure.key(),
      measure.what(),
      measure.peer(),
      measure.unit(),
      measure.ours(),
      measure.theirs(),
      measure.describeRatio(),
      measure.target().describe(),
      measure.verdict()
    };
  }
}
