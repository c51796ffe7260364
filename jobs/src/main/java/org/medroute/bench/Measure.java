package org.medroute.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the table: this project against a peer.
 *
 * @param key name of the ratio
 * @param what was done, at which size
 * @param peer who it is compared with
 * @param unit of both numbers
 * @param ours median and range
 * @param theirs median and range
 * @param ratio as its target reads it
 * @param interval 95 % interval of the ratio, where it is estimated; the target must hold for its
 *     worse end
 * @param target that the ratio is held against
 * @param standing whether this row is the one that stands for the key
 */
public record Measure(
    String key,
    String what,
    String peer,
    String unit,
    String ours,
    String theirs,
    double ratio,
    Optional<Interval> interval,
    Target target,
    Standing standing) {

  /** A measure without an interval. */
  public Measure(
      String key,
      String what,
      String peer,
      String unit,
      String ours,
      String theirs,
      double ratio,
      Target target,
      Standing standing) {
    this(key, what, peer, unit, ours, theirs, ratio, Optional.empty(), target, standing);
  }

  /** Both ends of an interval. */
  public record Interval(double lower, double upper) {
    public Interval {
      if (!(lower <= upper)) {
        throw new IllegalArgumentException("No interval: " + lower + " to " + upper);
      }
    }
  }

  /** Whether a row stands for its key, or shows a further size. */
  public enum Standing {
    KEY,
    FURTHER
  }

  /** On which side of its bound a ratio is to lie. */
  public enum Side {
    AT_LEAST,
    AT_MOST
  }

  /** A bound. */
  public record Target(Side side, double bound) {
    static Target atLeast(double bound) {
      return new Target(Side.AT_LEAST, bound);
    }

    static Target atMost(double bound) {
      return new Target(Side.AT_MOST, bound);
    }

    boolean isReached(double ratio) {
      return side == Side.AT_LEAST ? ratio >= bound : ratio <= bound;
    }

    /** Whether it holds for everything in an interval. */
    boolean isReached(Interval interval) {
      return isReached(side == Side.AT_LEAST ? interval.lower() : interval.upper());
    }

    String describe() {
      return (side == Side.AT_LEAST ? ">= " : "<= ") + Samples.number(bound);
    }
  }

  /** Whether the target is reached: yes or no. */
  public String verdict() {
    return isReached() ? "yes" : "no";
  }

  private boolean isReached() {
    return interval.map(target::isReached).orElseGet(() -> target.isReached(ratio));
  }

  /** The ratio with its interval. */
  String describeRatio() {
    return interval
        .map(
            ends ->
                String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", ratio, ends.lower(), ends.upper()))
        .orElseGet(() -> String.format(Locale.ROOT, ratio < 1 ? "%.4f" : "%.2f", ratio));
  }

  /** For JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("key", key);
    map.put("what", what);
    map.put("peer", peer);
    map.put("unit", unit);
    map.put("ours", ours);
    map.put("theirs", theirs);
    map.put("ratio", ratio);
    interval.ifPresent(ends -> map.put("interval", List.of(ends.lower(), ends.upper())));
    map.put("target", target.describe());
    map.put("reached", isReached());
    return map;
  }
}
