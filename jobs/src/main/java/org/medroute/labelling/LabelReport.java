package org.medroute.labelling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.LabelSettings;
import org.medroute.table.LabelDecisions;
import org.medroute.table.Labels;

/**
 * What {@code label --report} prints: how many documents have which label on what basis, and what
 * was met on the way.
 *
 * @param labelSet name of the label set
 * @param classes of the label set, in their order
 * @param rulesVersion of its rules
 * @param documents all documents that were looked at
 * @param labelled with one class
 * @param conflicts with several target classes at the deciding basis: no label
 * @param background known to be of none of the classes: no label, kept
 * @param unlabelled without evidence
 * @param outside not reached by labels.where
 * @param lines every count, in the order of {@link Section}, larger ones first
 * @param unknownHeadings distinct headings that the tree table lacks; {@link #LISTED} have a line
 * @param journalTable journals in the table; those that matched a document have a line
 * @param absentRules descriptors that rules name and the tree table lacks
 * @param undecidedOverlaps descriptors of several classes that no rule decides and no list shares
 */
public record LabelReport(
    String labelSet,
    List<String> classes,
    String rulesVersion,
    long documents,
    long labelled,
    long conflicts,
    long background,
    long unlabelled,
    long outside,
    List<Line> lines,
    long unknownHeadings,
    int journalTable,
    List<String> absentRules,
    List<String> undecidedOverlaps) {

  /** Names listed of what has no bound: unknown headings and unmapped given labels. */
  public static final int LISTED = 50;

  /** What a line counts: documents, always. */
  public enum Section {
    OUTCOME,
    LABEL,
    AUTOMATED,
    CONFLICT,
    BACKGROUND,
    UNLABELLED,
    CARVE_OUT,
    JOURNAL,
    UNKNOWN_HEADING,
    UNMAPPED
  }

  /**
   * A count.
   *
   * @param name class, classes, reason, carve-out, journal or heading
   * @param basis of labels and conflicts, else null
   * @param year of labels where it is known, else null
   */
  public record Line(Section section, String name, String basis, Integer year, long count) {}

  public LabelReport {
    classes = List.copyOf(classes);
    lines = List.copyOf(lines);
    if (documents != labelled + conflicts + background + unlabelled + outside) {
      throw new IllegalStateException(
          "Label set %s: %d documents, but %d labelled, %d conflicts, %d background, %d unlabelled, %d outside"
              .formatted(
                  labelSet, documents, labelled, conflicts, background, unlabelled, outside));
    }
  }

  static LabelReport of(LabelSettings settings, LabelRules rules, Dataset<Row> tallies) {
    Column unbounded =
        col(LabelDecisions.SECTION).isin(Section.UNKNOWN_HEADING.name(), Section.UNMAPPED.name());
    List<Line> lines = new ArrayList<>();
    tallies.filter(not(unbounded)).collectAsList().forEach(row -> lines.add(line(row)));
    for (Section section : List.of(Section.UNKNOWN_HEADING, Section.UNMAPPED)) {
      of(tallies, section)
          .orderBy(col(LabelDecisions.COUNT).desc(), col(LabelDecisions.NAME))
          .limit(LISTED)
          .collectAsList()
          .forEach(row -> lines.add(line(row)));
    }
    lines.sort(
        Comparator.comparing(Line::section)
            .thenComparing(Comparator.comparingLong(Line::count).reversed())
            .thenComparing(Line::name)
            .thenComparing(Line::basis, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Line::year, Comparator.nullsFirst(Comparator.naturalOrder())));
    Map<String, Long> outcomes = new TreeMap<>();
    lines.stream()
        .filter(line -> line.section() == Section.OUTCOME)
        .forEach(line -> outcomes.put(line.name(), line.count()));
    return new LabelReport(
        settings.set(),
        settings.classes().names(),
        rules.version(),
        outcomes.values().stream().mapToLong(Long::longValue).sum(),
        outcome(outcomes, LabelRules.Outcome.LABELLED.name()),
        outcome(outcomes, LabelRules.Outcome.CONFLICT.name()),
        outcome(outcomes, LabelRules.Outcome.BACKGROUND.name()),
        outcome(outcomes, LabelRules.Outcome.UNLABELLED.name()),
        outcome(outcomes, Labelling.OUTSIDE),
        lines,
        of(tallies, Section.UNKNOWN_HEADING).count(),
        rules.journalCount(),
        rules.absentRules(),
        rules.undecidedOverlaps());
  }

  private static Dataset<Row> of(Dataset<Row> tallies, Section section) {
    return tallies.filter(col(LabelDecisions.SECTION).equalTo(section.name()));
  }

  private static long outcome(Map<String, Long> outcomes, String name) {
    return outcomes.getOrDefault(name.toLowerCase(Locale.ROOT), 0L);
  }

  private static Line line(Row row) {
    return new Line(
        Section.valueOf(row.getAs(LabelDecisions.SECTION)),
        row.getAs(LabelDecisions.NAME),
        row.getAs(Labels.BASIS),
        row.getAs(LabelDecisions.YEAR),
        row.getAs(LabelDecisions.COUNT));
  }

  /** The lines of a section. */
  public List<Line> lines(Section section) {
    return lines.stream().filter(line -> line.section() == section).toList();
  }

  /** Documents that a section counts under a name. */
  public long count(Section section, String name) {
    return lines.stream()
        .filter(line -> line.section() == section && line.name().equals(name))
        .mapToLong(Line::count)
        .sum();
  }

  /** Journals of the table that a document stands in. */
  public int journalsMatched() {
    return lines(Section.JOURNAL).size();
  }

  /** What became of the documents; the background is named where there is one. */
  public String equation() {
    return String.format(
        Locale.ROOT,
        "documents %,d = labelled %,d + conflicts %,d + %sunlabelled %,d + outside %,d",
        documents,
        labelled,
        conflicts,
        background == 0 ? "" : String.format(Locale.ROOT, "background %,d + ", background),
        unlabelled,
        outside);
  }

  /** The report as aligned text, lines ended by a line feed. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("Label set ").append(labelSet).append(", rules ").append(rulesVersion, 0, 12);
    text.append('\n').append(equation()).append('\n');
    cross(text, "Documents by class and basis", Line::basis);
    cross(
        text,
        "Documents by class and year",
        line -> line.year() == null ? "none" : String.valueOf(line.year()));
    list(text, Section.AUTOMATED, "Labels that rest on Automated indexing");
    list(text, Section.CONFLICT, "Conflicts: left out of training");
    list(text, Section.BACKGROUND, "Background: of none of the classes, by reason");
    list(text, Section.UNLABELLED, "Unlabelled, by reason");
    list(text, Section.CARVE_OUT, "Carve-outs, by documents that they touched");
    list(
        text,
        Section.JOURNAL,
        "Journals matched: " + journalsMatched() + " of " + journalTable + " in the table");
    list(
        text,
        Section.UNKNOWN_HEADING,
        "Headings that the tree table lacks: " + unknownHeadings + " distinct");
    list(text, Section.UNMAPPED, "Given labels and corrections that name no class");
    names(text, "Descriptors of rules that the tree table lacks", absentRules);
    names(text, "Descriptors of several classes without a decision", undecidedOverlaps);
    return text.toString();
  }

  /** Classes against one value of the labelled documents; what is longer goes down. */
  private void cross(StringBuilder text, String title, Function<Line, String> value) {
    Map<String, Map<String, Long>> cells = new TreeMap<>();
    for (Line line : lines(Section.LABEL)) {
      cells
          .computeIfAbsent(value.apply(line), name -> new TreeMap<>())
          .merge(line.name(), line.count(), Long::sum);
    }
    if (cells.isEmpty()) {
      return;
    }
    List<String> values = List.copyOf(cells.keySet());
    boolean valuesDown = values.size() > classes.size();
    List<String> across = valuesDown ? classes : values;
    List<List<String>> table = new ArrayList<>();
    table.add(row("", across, Function.identity()));
    for (String down : valuesDown ? values : classes) {
      table.add(
          row(
              down,
              across,
              column -> {
                String name = valuesDown ? column : down;
                String of = valuesDown ? down : column;
                return String.valueOf(cells.get(of).getOrDefault(name, 0L));
              }));
    }
    text.append('\n').append(title).append('\n');
    append(text, table);
  }

  private static List<String> row(
      String head, List<String> columns, Function<String, String> cell) {
    List<String> row = new ArrayList<>(List.of(head));
    columns.forEach(column -> row.add(cell.apply(column)));
    return row;
  }

  private void list(StringBuilder text, Section section, String title) {
    List<List<String>> table = new ArrayList<>();
    for (Line line : lines(section)) {
      String name = line.basis() == null ? line.name() : line.name() + " (" + line.basis() + ")";
      table.add(List.of(name, String.valueOf(line.count())));
    }
    if (!table.isEmpty()) {
      text.append('\n').append(title).append('\n');
      append(text, table);
    }
  }

  private static void names(StringBuilder text, String title, List<String> names) {
    if (!names.isEmpty()) {
      text.append('\n').append(title).append('\n');
      text.append("  ").append(String.join("; ", names)).append('\n');
    }
  }

  /** The first column to the left, the others to the right. */
  private static void append(StringBuilder text, List<List<String>> table) {
    int[] widths = new int[table.get(0).size()];
    for (List<String> row : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : table) {
      text.append("  ").append(row.get(0)).append(" ".repeat(widths[0] - row.get(0).length()));
      for (int i = 1; i < widths.length; i++) {
        text.append("  ").append(" ".repeat(widths[i] - row.get(i).length())).append(row.get(i));
      }
      text.append('\n');
    }
  }
}
