package org.medroute.linear;

/** Newton's method with step halving, for losses of a few numbers. */
public final class Newton {
  private static final int MOST_STEPS = 100;
  private static final double ENOUGH = 1e-8;
  private static final double SHORTEST = 1e-6;

  private Newton() {}

  /** What is to be made small. */
  public interface Loss {
    double at(double[] point);

    /** Gradient divided by curvature: the step to take back. */
    double[] direction(double[] point);
  }

  /** The loss never rises; some ten steps where it is convex. */
  public static double[] least(Loss loss, double[] start) {
    double[] point = start;
    double here = loss.at(point);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = loss.direction(point);
      double length = 1;
      double[] next = moved(point, direction, length);
      double there = loss.at(next);
      // a step too long may overflow: what is no number is no gain
      while (!(there <= here) && length > SHORTEST) {
        length /= 2;
        next = moved(point, direction, length);
        there = loss.at(next);
      }
      boolean done = !(here - there > ENOUGH * Math.abs(here));
      if (there <= here) {
        point = next;
        here = there;
      }
      if (done) {
        break;
      }
    }
    return point;
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] -= length * direction[i];
    }
    return to;
  }
}
