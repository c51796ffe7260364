package org.medroute.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.medroute.compiled.BenchmarkTexts;
import org.medroute.compiled.CompiledScorer;
import org.medroute.metrics.Decision;
import org.medroute.metrics.ReviewRules;
import org.medroute.metrics.TextState;
import org.medroute.text.RedFlags;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Text to route, and what the rules of review add to it: microseconds a document. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteKernels {
  private static final double KNOWN_SHARE = 0.3;
  private static final double DISAGREEMENT = 0.2;

  private List<String> texts;
  private CompiledModel.Decider bare;
  private CompiledModel.Decider ruled;
  private CompiledModel.Decider flagged;
  private int next;

  @Setup
  public void load() throws IOException {
    Path directory = Path.of(System.getProperty("medroute.model"));
    texts = BenchmarkTexts.read();
    String digest =
        CompiledScorer.read(directory.resolve("compiled/scorer.bin")).description().digest();
    CompiledModel model = ModelStore.loadCompiled(directory, digest);
    RedFlags flags =
        RedFlags.of(
            Files.readAllLines(
                Path.of(System.getProperty("medroute.home"), "conf/routing/red-flags.txt")));
    bare = model.decider();
    ruled = model.decider(new ReviewRules(RedFlags.NONE, Set.of(), KNOWN_SHARE, DISAGREEMENT));
    flagged = model.decider(new ReviewRules(flags, Set.of(), KNOWN_SHARE, DISAGREEMENT));
  }

  private Decision decide(CompiledModel.Decider decider) {
    next = next + 1 < texts.size() ? next + 1 : 0;
    return decider.decide(texts.get(next), TextState.ENGLISH);
  }

  @Benchmark
  public Decision textToRoute() {
    return decide(bare);
  }

  /** Under the rules of the default configuration. */
  @Benchmark
  public Decision textToRouteUnderRules() {
    return decide(ruled);
  }

  /** And with the lexicon of red flags. */
  @Benchmark
  public Decision textToRouteUnderRulesAndRedFlags() {
    return decide(flagged);
  }
}
