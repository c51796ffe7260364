package org.medroute.job;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.medroute.config.ConfigurationException;
import org.medroute.config.IngestSettings;
import org.medroute.config.Settings;
import org.medroute.ingest.FileOutcome;
import org.medroute.ingest.Ingest;
import org.medroute.ingest.IngestRequest;
import org.medroute.ingest.IngestResult;
import org.medroute.medline.FieldMapping;

/** Brings files and tables into documents. Writes documents, deletions, quarantine, file_ledger. */
public final class IngestJob implements Job<IngestJob.Plan> {
  /** What to ingest and how. */
  public record Plan(IngestRequest request, IngestSettings settings) {}

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String summary() {
    return "Reads PubMed XML, JSON lines or tables into documents; a rerun changes nothing.";
  }

  @Override
  public String example() {
    return "./submit.sh ingest data-samples/*.xml.gz";
  }

  @Override
  public String arguments() {
    return "PATH";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.of(
            "--mapping",
            "ingest.mapping",
            "NAME",
            "Field mapping of JSON or table columns (ingest.mappings); none for PubMed XML."),
        JobOption.of("--format", "ingest.format", "FORMAT", "files, delta, parquet or csv."),
        JobOption.of("--md5", "ingest.md5", "MODE", "Side files: require, warn or ignore."),
        JobOption.of(
            "--baseline",
            "ingest.baseline",
            "YEAR",
            "Swap in a complete yearly baseline (two digits)."),
        JobOption.of(
            "--baseline-files",
            "ingest.baseline-files",
            "N",
            "How many files that baseline has; 0: as the highest number says."),
        JobOption.ofSwitch(
            "--replace", "ingest.replace", "Rows of a file replace those of its earlier content."));
  }

  @Override
  public Plan configure(Settings settings, List<String> arguments) {
    Settings ingest = settings.section("ingest");
    List<String> paths = arguments.isEmpty() ? ingest.texts("inputs") : arguments;
    if (paths.isEmpty()) {
      throw new ConfigurationException(
          "ingest needs files: name them, or set ingest.inputs. Example: " + example());
    }
    Optional<String> mapping = ingest.optionalText("mapping");
    IngestSettings all = IngestSettings.from(ingest);
    mapping.ifPresent(
        name -> {
          if (!all.mappings().containsKey(name)) {
            throw ingest.problem(
                "mapping",
                "one of " + String.join(", ", all.mappings().keySet().stream().sorted().toList()));
          }
          try {
            FieldMapping.of(name, all.mappings().get(name));
          } catch (IllegalArgumentException e) {
            throw ingest.problem("mappings." + name, "a field mapping; " + e.getMessage());
          }
        });
    IngestRequest.Format format = ingest.choice("format", IngestRequest.Format.class);
    if (format != IngestRequest.Format.FILES && mapping.isEmpty()) {
      throw ingest.problem("mapping", "the name of a mapping: a table needs one");
    }
    int baseline = ingest.integer("baseline", 0, 99);
    if (baseline > 0 && mapping.isPresent()) {
      throw ingest.problem("baseline", "0 with a mapping: a baseline is PubMed XML");
    }
    return new Plan(
        new IngestRequest(
            paths,
            mapping,
            format,
            ingest.flag("replace")
                ? IngestRequest.Conflicts.REPLACE
                : IngestRequest.Conflicts.REFUSE,
            Optional.empty(),
            baseline == 0 ? OptionalInt.empty() : OptionalInt.of(baseline)),
        all);
  }

  @Override
  public Outcome run(Run run, Plan plan) {
    IngestResult result =
        new Ingest(run.warehouse(), run.commit(), run.progress(), plan.settings())
            .run(plan.request());
    result.notes().forEach(note -> run.out().println("  " + note));
    for (FileOutcome file : result.files()) {
      if (file.fate() == FileOutcome.Fate.COMMITTED) {
        run.out().println("  " + file.equation());
      }
    }
    result
        .sources()
        .forEach(
            (source, n) ->
                run.out().printf(Locale.ROOT, "  %-32s %,12d%n", "documents of " + source, n));
    Outcome outcome = Equations.checked(Outcome.done(result.counts()), result.equations());
    return switch (result.verdict()) {
      case DONE -> outcome;
      case HELD -> outcome.withVerdict(Outcome.Verdict.HELD, String.join("\n", result.notes()));
      case REFUSED ->
          outcome.withVerdict(
              Outcome.Verdict.REFUSED,
              result.count(FileOutcome.Fate.REFUSED)
                  + " files were refused, the others are committed:\n  "
                  + String.join("\n  ", result.refusals()));
    };
  }
}
