package org.medroute.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.medroute.config.CalibrationMethod;

/**
 * Every raw probability to one power, then division by the sum (Guo et al., On calibration of
 * modern neural networks, 2017): the order of classes and documents stays.
 *
 * @param power above 0; 1 changes nothing, more makes a timid model bolder
 */
public record TemperatureCalibration(double power) implements Calibration {
  private static final double SMALLEST = 1e-12;
  private static final double STEP = (Math.sqrt(5) - 1) / 2;
  private static final int STEPS = 60;

  public TemperatureCalibration {
    if (!(power > 0) || Double.isInfinite(power)) {
      throw new IllegalArgumentException("A temperature calibration has power " + power);
    }
  }

  /** Least log loss by golden section between powers 1/20 and 20: the loss is convex. */
  static TemperatureCalibration fit(Predictions outOfFold) {
    Predictions labelled = outOfFold.labelled();
    if (labelled.size() == 0) {
      throw new IllegalArgumentException("No document with a known class to calibrate on");
    }
    double low = Math.log(0.05);
    double high = Math.log(20);
    for (int step = 0; step < STEPS; step++) {
      double left = high - STEP * (high - low);
      double right = low + STEP * (high - low);
      if (loss(labelled, Math.exp(left)) <= loss(labelled, Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return new TemperatureCalibration(Math.exp((low + high) / 2));
  }

  private static double loss(Predictions labelled, double power) {
    Calibration calibration = new TemperatureCalibration(power);
    double sum = 0;
    for (int i = 0; i < labelled.size(); i++) {
      double p = calibration.apply(labelled.probabilities(i))[labelled.truth(i)];
      sum -= labelled.weight(i) * Math.log(Math.max(p, Double.MIN_NORMAL));
    }
    return sum;
  }

  @Override
  public CalibrationMethod method() {
    return CalibrationMethod.TEMPERATURE;
  }

  @Override
  public void apply(double[] raw, double[] into) {
    OneVersusRest.requireShape(raw.length, raw, into);
    double largest = SMALLEST;
    for (double p : raw) {
      largest = Math.max(largest, p);
    }
    for (int c = 0; c < raw.length; c++) {
      into[c] = Math.exp(power * Math.log(Math.max(raw[c], SMALLEST) / largest));
    }
    OneVersusRest.normalise(raw, into);
  }

  @Override
  public String toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("method", method().text())
        .put("power", power)
        .toString();
  }
}
