package org.medroute.bench;

import java.util.LinkedHashMap;
import java.util.Map;

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
    Target target,
    Standing standing) {

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

    String describe() {
      return (side == Side.AT_LEAST ? ">= " : "<= ") + Samples.number(bound);
    }
  }

  /** Whether the target is reached: yes or no. */
  public String verdict() {
    return target.isReached(ratio) ? "yes" : "no";
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
    map.put("target", target.describe());
    map.put("reached", target.isReached(ratio));
    return map;
  }
}
