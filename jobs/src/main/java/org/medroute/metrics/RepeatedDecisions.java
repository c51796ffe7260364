package org.medroute.metrics;

/**
 * Decides by a policy about one document after another, and writes a reason that many documents
 * share only once: by two digits of the confidence there are 101 of them a class. For one thread.
 */
public final class RepeatedDecisions {
  private static final int SCALE = 100;

  private final RoutingPolicy policy;

  /** By class and hundredths of the confidence; null where there was none yet. */
  private final String[][] reasons;

  public RepeatedDecisions(RoutingPolicy policy) {
    this.policy = policy;
    this.reasons = new String[policy.classes().size()][SCALE + 1];
  }

  /** The same as {@link RoutingPolicy#decide}. */
  public Decision decide(double[] calibrated, TextState text) {
    return policy.decide(calibrated, text, this::reason);
  }

  private String reason(int top, double confidence) {
    long hundredths = Math.round(confidence * SCALE);
    if (hundredths < 0
        || hundredths > SCALE
        || hundredths == Math.round(policy.cutOffs().of(top) * SCALE)) {
      return policy.reason(top, confidence); // which may need more digits
    }
    String known = reasons[top][(int) hundredths];
    if (known == null) {
      known = policy.reason(top, confidence);
      reasons[top][(int) hundredths] = known;
    }
    return known;
  }
}
