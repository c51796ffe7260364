package org.medroute.job;

import java.io.InputStream;
import java.io.PrintStream;
import org.medroute.config.Settings;

/**
 * A job that needs no Spark session and changes no table: submit.sh starts it with plain Java.
 *
 * @param <C> its validated configuration
 */
public interface PlainJob<C> extends Job<C> {
  /**
   * What such a job is given.
   *
   * @param json whether the user asked for JSON
   */
  record PlainRun(Settings settings, InputStream in, PrintStream out, boolean json) {}

  /** Does the work. */
  Outcome run(PlainRun run, C configuration);

  /** Works the same in a run that has a session. */
  @Override
  default Outcome run(Run run, C configuration) {
    return run(new PlainRun(run.settings(), System.in, run.out(), false), configuration);
  }

  @Override
  default boolean writes() {
    return false;
  }
}
