package org.medroute.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medroute.bench.Bench;
import org.medroute.bench.BenchCorpus;
import org.medroute.bench.BenchResult;
import org.medroute.config.BenchSettings;
import org.medroute.config.ConfigurationException;
import org.medroute.config.Settings;

/**
 * Measures whole flows side by side with their peers and writes the page of the results. Touches no
 * table of the warehouse: everything goes to a directory of its own that is removed at the end.
 */
public final class BenchJob implements Job<BenchSettings> {
  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String summary() {
    return "Measures forests, scoring and ingest side by side with their peers.";
  }

  @Override
  public String example() {
    return "./submit.sh bench --quick --json";
  }

  @Override
  public boolean writes() {
    return false;
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        JobOption.ofSwitch("--quick", "bench.quick", "Smaller sizes, every key, a few minutes."));
  }

  @Override
  public BenchSettings configure(Settings settings, List<String> arguments) {
    return BenchSettings.from(settings);
  }

  @Override
  public Outcome run(Run run, BenchSettings settings) {
    BenchSettings placed = placed(settings);
    Path work = Path.of(placed.work()).resolve(run.runId());
    if (!run.spark().sparkContext().isLocal()) {
      throw new ConfigurationException(
          "bench measures one machine, found --master "
              + run.spark().sparkContext().master()
              + ": use local[N]");
    }
    try {
      Files.createDirectories(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      BenchText text = new BenchText(run, placed, work);
      BenchCorpus corpus = text.prepare();
      run.out().println("  text: " + corpus.name());
      BenchResult result =
          new Bench(run.spark(), run.commit(), run.progress(), placed, corpus, text, work).run();
      Path page = Path.of(placed.page());
      Files.createDirectories(page.toAbsolutePath().getParent());
      Files.writeString(page, result.page(command(settings)), StandardCharsets.UTF_8);
      run.out().print(result.table());
      result.remarks().forEach(line -> run.out().println("  " + line));
      run.out().println("  page " + settings.page());
      return Outcome.done(Map.of("measures", (long) result.measures().size()))
          .withDetails(result.details());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      remove(work);
    }
  }

  private static String command(BenchSettings settings) {
    String quick = settings.form() == BenchSettings.Form.QUICK ? " --quick" : "";
    boolean whole = Set.copyOf(settings.parts()).equals(Set.copyOf(BenchSettings.Part.usual()));
    String parts = settings.parts().stream().map(Settings::kebab).collect(Collectors.joining(","));
    return "./submit.sh bench" + quick + (whole ? "" : " --set bench.parts=[" + parts + "]");
  }

  /** Relative paths are below the project, wherever the run was started. */
  private static BenchSettings placed(BenchSettings settings) {
    return new BenchSettings(
        settings.form(),
        settings.parts(),
        settings.trees(),
        settings.depth(),
        settings.seed(),
        Warehouses.absolute(settings.work()),
        Warehouses.absolute(settings.page()),
        Warehouses.absolute(settings.scripts()),
        Warehouses.absolute(settings.configurations()),
        Warehouses.absolute(settings.samples()),
        settings.python(),
        settings.fasttext(),
        settings.quality(),
        settings.sizes());
  }

  private static void remove(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + directory, e);
    }
  }
}
