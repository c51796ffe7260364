package org.medroute.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When a document is decided without a person.
 *
 * @param defaultCutOff calibrated confidence from which a class is taken as decided, 0 to 1; key
 *     {@code routing.default-cut-off}
 * @param cutOffs exceptions by class name; key {@code routing.cut-offs}
 * @param languages ISO 639-1 codes of the languages that the model reads, empty for any; key {@code
 *     routing.languages}
 * @param aim what cut-offs are to be found for in training, empty where they are as given; key
 *     {@code routing.choose}
 */
public record RoutingSettings(
    double defaultCutOff, Map<String, Double> cutOffs, Set<String> languages, Optional<Aim> aim) {

  /** Where the cut-offs come from. */
  public enum Choose {
    /** From the settings, as they stand. */
    FIXED,
    /** The largest share of documents decided at a precision. */
    PRECISION,
    /** The least cost of errors and reviews. */
    COST,
    /** As many reviews as there are people for. */
    BUDGET
  }

  /** What cut-offs are to be found for. */
  public sealed interface Aim permits Precision, Costs, Budget {}

  /**
   * The largest share of documents decided.
   *
   * @param target share of right classes among the decided documents, above 0, below 1
   */
  public record Precision(double target) implements Aim {
    public Precision {
      if (!(target > 0 && target < 1)) {
        throw new IllegalArgumentException("A precision of " + target + " cannot be aimed at");
      }
    }
  }

  /**
   * The least cost.
   *
   * @param review of one document read by a person
   * @param wrong of a wrong class, where the matrix has no entry
   * @param matrix by true class, then decided class; the right class costs nothing unless named
   */
  public record Costs(double review, double wrong, Map<String, Map<String, Double>> matrix)
      implements Aim {
    public Costs {
      Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
      matrix.forEach((truth, row) -> copy.put(truth, Map.copyOf(row)));
      matrix = Collections.unmodifiableMap(copy);
    }

    /** Cost of deciding a class for a document of another, or the same. */
    public double of(String truth, String decided) {
      return matrix
          .getOrDefault(truth, Map.of())
          .getOrDefault(decided, truth.equals(decided) ? 0 : wrong);
    }
  }

  /**
   * At most so many reviews.
   *
   * @param reviews that people can make of so many documents
   */
  public record Budget(long reviews, long documents) implements Aim {
    /** Share of documents that may be reviewed. */
    public double share() {
      return Math.min(1, reviews / (double) documents);
    }
  }

  public RoutingSettings {
    requireShare("The default cut-off", defaultCutOff);
    cutOffs.forEach((name, value) -> requireShare("The cut-off of " + name, value));
    cutOffs = Collections.unmodifiableMap(new TreeMap<>(cutOffs));
    languages = Collections.unmodifiableSet(new TreeSet<>(languages));
    Objects.requireNonNull(aim, "aim");
  }

  /** Cut-offs as given. */
  public RoutingSettings(double defaultCutOff, Map<String, Double> cutOffs, Set<String> languages) {
    this(defaultCutOff, cutOffs, languages, Optional.empty());
  }

  /** Reads section {@code routing}. */
  public static RoutingSettings from(Settings settings) {
    Settings routing = settings.section("routing");
    Settings exceptions = routing.section("cut-offs");
    Map<String, Double> cutOffs = new TreeMap<>();
    for (String name : exceptions.names("")) {
      cutOffs.put(name, exceptions.number(name, 0, 1));
    }
    Set<String> languages = new TreeSet<>();
    for (String code : routing.texts("languages")) {
      if (!code.matches("[a-z]{2}")) {
        throw routing.problem("languages", "ISO 639-1 codes such as en");
      }
      languages.add(code);
    }
    return new RoutingSettings(
        routing.number("default-cut-off", 0, 1), cutOffs, languages, aim(routing));
  }

  private static Optional<Aim> aim(Settings routing) {
    return switch (routing.choice("choose", Choose.class)) {
      case FIXED -> Optional.empty();
      case PRECISION ->
          Optional.of(new Precision(routing.number("target-precision", 0.01, 0.9999)));
      case COST -> Optional.of(costs(routing.section("costs")));
      case BUDGET -> {
        Settings budget = routing.section("review-budget");
        yield Optional.of(
            new Budget(
                budget.longInteger("reviews", 0, Long.MAX_VALUE),
                budget.longInteger("documents", 1, Long.MAX_VALUE)));
      }
    };
  }

  private static Costs costs(Settings costs) {
    Map<String, Map<String, Double>> matrix = new LinkedHashMap<>();
    Settings rows = costs.section("matrix");
    for (String truth : rows.names("")) {
      Settings row = rows.section(truth);
      Map<String, Double> decided = new LinkedHashMap<>();
      for (String name : row.names("")) {
        decided.put(name, row.number(name, 0, 1e9));
      }
      matrix.put(truth, decided);
    }
    return new Costs(costs.number("review", 0, 1e9), costs.number("wrong", 0, 1e9), matrix);
  }

  private static void requireShare(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is " + value + ", not between 0 and 1");
    }
  }
}
