package org.medroute.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.medroute.compiled.CompiledScorer;
import org.medroute.compiled.TextKernels;
import org.medroute.metrics.Decision;
import org.medroute.metrics.ReviewRules;
import org.medroute.metrics.TextState;
import org.medroute.text.RedFlags;
import org.openjdk.jmh.annotations.Benchmark;

/** Text to route, and what the rules of review add to it: microseconds a document. */
public class RouteKernels extends TextKernels {
  private static final double KNOWN_SHARE = 0.3;
  private static final double DISAGREEMENT = 0.2;

  private CompiledModel.Decider bare;
  private CompiledModel.Decider ruled;
  private CompiledModel.Decider flagged;

  @Override
  protected void load() throws IOException {
    Path directory = Path.of(System.getProperty("medroute.model"));
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
    return decider.decide(text(), TextState.ENGLISH);
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
