package org.medroute.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.medroute.config.ClassSet;

/**
 * How many documents a policy sends where, and how often it was right about them.
 *
 * @param shares one per route, in the order of {@link Route}
 * @param n all documents, labelled or not
 */
public record RouteShares(List<Share> shares, long n) {
  /** Quantile of the normal distribution that bounds 95 %. */
  private static final double Z = 1.959963984540054;

  /**
   * One route.
   *
   * @param count documents sent there
   * @param share of all documents, with its Wilson interval
   * @param precision share of right classes among those of known class, with its Wilson interval;
   *     not defined for unscorable documents and empty routes
   */
  public record Share(Route route, long count, Estimate share, Estimate precision) {}

  /**
   * Documents decided without a person, whether for a target class or as out of scope.
   *
   * @param share of all documents, with its Wilson interval
   * @param precision share of right classes among those of known class, with its Wilson interval
   */
  public record Decided(Estimate share, Estimate precision) {}

  public RouteShares {
    shares = List.copyOf(shares);
  }

  /** Routes every document. One pass. */
  public static RouteShares of(Predictions calibrated, RoutingPolicy policy) {
    if (!calibrated.classes().equals(policy.classes())) {
      throw new IllegalArgumentException(
          "The policy is for other classes: "
              + policy.classes().names()
              + ", not "
              + calibrated.classes().names());
    }
    int routes = Route.values().length;
    long[] count = new long[routes];
    long[] known = new long[routes];
    long[] right = new long[routes];
    for (int i = 0; i < calibrated.size(); i++) {
      Decision decision = policy.decide(calibrated.probabilities(i), calibrated.state(i));
      int route = decision.route().ordinal();
      count[route]++;
      if (calibrated.truth(i) != ClassSet.NONE && decision.specialty() != ClassSet.NONE) {
        known[route]++;
        right[route] += calibrated.truth(i) == decision.specialty() ? 1 : 0;
      }
    }
    List<Share> shares = new ArrayList<>();
    for (Route route : Route.values()) {
      int r = route.ordinal();
      shares.add(
          new Share(
              route,
              count[r],
              proportion(count[r], calibrated.size()),
              proportion(right[r], known[r])));
    }
    return new RouteShares(shares, calibrated.size());
  }

  public Share of(Route route) {
    return shares.get(route.ordinal());
  }

  /** The routes auto and out of scope together. */
  public Decided decided() {
    long count = of(Route.AUTO).count() + of(Route.OUT_OF_SCOPE).count();
    long known = 0;
    double right = 0;
    for (Route route : List.of(Route.AUTO, Route.OUT_OF_SCOPE)) {
      Estimate precision = of(route).precision();
      known += precision.n();
      right += precision.n() == 0 ? 0 : precision.value() * precision.n();
    }
    return new Decided(proportion(count, n), proportion(Math.round(right), known));
  }

  /** A proportion with its 95 % interval (Wilson, Probable inference, 1927). */
  static Estimate proportion(long part, long whole) {
    if (whole == 0) {
      return Estimate.exact(Double.NaN, 0);
    }
    double p = (double) part / whole;
    double square = Z * Z / whole;
    double centre = (p + square / 2) / (1 + square);
    double half = Z * Math.sqrt(p * (1 - p) / whole + square / (4 * whole)) / (1 + square);
    return new Estimate(
        p,
        OptionalDouble.of(Math.max(0, centre - half)),
        OptionalDouble.of(Math.min(1, centre + half)),
        whole);
  }
}
