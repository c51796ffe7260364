package org.medroute.job;

import static org.apache.spark.sql.functions.col;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.LabelSettings;
import org.medroute.config.Settings;
import org.medroute.delta.Pinned;
import org.medroute.delta.UnitOfWork;
import org.medroute.labelling.LabelReport;
import org.medroute.labelling.Labeller;
import org.medroute.labelling.Labelling;
import org.medroute.table.Corrections;
import org.medroute.table.Documents;
import org.medroute.table.Labels;

/** Gives documents their labels by one label set. Reads documents, corrections. Writes labels. */
public final class LabelJob implements Job<LabelJob.Plan> {
  /** The rules, and whether the long report is printed. */
  public record Plan(LabelSettings labels, boolean report) {}

  @Override
  public String name() {
    return "label";
  }

  @Override
  public String summary() {
    return "Labels documents by experts' corrections, given labels, MeSH headings and journals.";
  }

  @Override
  public String example() {
    return "./submit.sh label --report";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.of("--set-name", "labels.set", "NAME", "Name of the label set."),
        JobOption.ofSwitch(
            "--report",
            "labels.report",
            "Prints counts by specialty, basis and year, conflicts and carve-outs."));
  }

  @Override
  public Plan configure(Settings settings, List<String> arguments) {
    return new Plan(LabelSettings.from(settings), settings.flag("labels.report"));
  }

  @Override
  public Outcome run(Run run, Plan plan) {
    Pinned documents = run.warehouse().pin(Documents.TABLE);
    Optional<Dataset<Row>> corrections =
        run.warehouse().exists(Corrections.TABLE)
            ? Optional.of(run.warehouse().read(Corrections.TABLE))
            : Optional.empty();
    run.progress().step("label", 0, 0);
    Labelling labelling =
        Labeller.of(run.spark(), plan.labels()).label(documents.rows(), corrections, run.runId());
    Dataset<Row> labels = labelling.labels().cache();
    try {
      LabelReport report = labelling.report();
      run.warehouse()
          .replaceWhere(
              Labels.TABLE,
              Labels.LABEL_SET + " = '" + plan.labels().set() + "'",
              labels,
              UnitOfWork.ofRun(run.commit(), "label " + plan.labels().set()))
          .expectRows(labels.count());
      if (plan.report()) {
        run.out().print(report.text());
      }
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("documents", report.documents());
      counts.put("labelled", report.labelled());
      counts.put("conflicts", report.conflicts());
      if (report.background() > 0) {
        counts.put("background", report.background());
      }
      counts.put("unlabelled", report.unlabelled());
      counts.put("outside", report.outside());
      for (Row row :
          labels.groupBy(col(Labels.LABEL)).count().orderBy(Labels.LABEL).collectAsList()) {
        if (!row.isNullAt(0)) {
          counts.put("label " + row.getString(0), row.getLong(1));
        }
      }
      long sum =
          report.labelled()
              + report.conflicts()
              + report.background()
              + report.unlabelled()
              + report.outside();
      return Equations.checked(
          Outcome.done(counts).withInputs(Map.of("documents", String.valueOf(documents.version()))),
          List.of(Equations.line(report.equation(), sum == report.documents())));
    } finally {
      labels.unpersist();
    }
  }
}
