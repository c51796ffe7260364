package org.medroute.job;

import java.util.List;
import org.medroute.config.Settings;

/**
 * One verb of the command line.
 *
 * @param <C> its validated configuration
 */
public interface Job<C> {
  /** The verb. */
  String name();

  /** One line for the list of jobs. */
  String summary();

  /** A command that works, for the help text. */
  String example();

  /** Options beside those that every job has. */
  default List<JobOption> options() {
    return List.of();
  }

  /** Name of the positional arguments in help texts; empty if there are none. */
  default String arguments() {
    return "";
  }

  /** Whether the job changes tables; a job that only reads leaves no row in the runs table. */
  default boolean writes() {
    return true;
  }

  /**
   * The settings that a run is under: those given, and for a job whose arguments name a file of
   * settings those of the file too.
   */
  default Settings settings(Settings given, List<String> arguments) {
    return given;
  }

  /**
   * Reads and checks the configuration; runs before Spark starts, so that a typing error costs
   * nothing.
   */
  C configure(Settings settings, List<String> arguments);

  /** Does the work. */
  Outcome run(Run run, C configuration);
}
