package org.medroute.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a job ended.
 *
 * @param verdict decides the exit code
 * @param counts named counts in the order in which they are printed
 * @param equations row-count equations as printed, each with its verdict
 * @param inputVersions table name to the version that was read
 * @param modelVersion the model that was trained, evaluated or used
 * @param message what the user must know of a refusal or a held gate
 * @param details further fields of the JSON line, plain values by name
 */
public record Outcome(
    Verdict verdict,
    Map<String, Long> counts,
    List<String> equations,
    Map<String, String> inputVersions,
    Optional<String> modelVersion,
    Optional<String> message,
    Map<String, Object> details) {

  /** The exit codes of every job. */
  public enum Verdict {
    DONE(0),
    FAILED(1),
    USAGE(2),
    REFUSED(3),
    HELD(4);

    private final int exitCode;

    Verdict(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }

    /** The word that tables and --json use. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public Outcome {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    equations = List.copyOf(equations);
    inputVersions = Collections.unmodifiableMap(new LinkedHashMap<>(inputVersions));
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** Done, with counts. */
  public static Outcome done(Map<String, Long> counts) {
    return new Outcome(
        Verdict.DONE, counts, List.of(), Map.of(), Optional.empty(), Optional.empty(), Map.of());
  }

  /** A failure before or instead of a result. */
  public static Outcome failure(Verdict verdict, String message) {
    return new Outcome(
        verdict, Map.of(), List.of(), Map.of(), Optional.empty(), Optional.of(message), Map.of());
  }

  public Outcome withEquations(List<String> printed) {
    return new Outcome(verdict, counts, printed, inputVersions, modelVersion, message, details);
  }

  public Outcome withInputs(Map<String, String> versions) {
    return new Outcome(verdict, counts, equations, versions, modelVersion, message, details);
  }

  public Outcome withModel(String version) {
    return new Outcome(
        verdict, counts, equations, inputVersions, Optional.of(version), message, details);
  }

  public Outcome withVerdict(Verdict other, String why) {
    return new Outcome(
        other, counts, equations, inputVersions, modelVersion, Optional.of(why), details);
  }

  public Outcome withDetails(Map<String, Object> fields) {
    return new Outcome(verdict, counts, equations, inputVersions, modelVersion, message, fields);
  }
}
