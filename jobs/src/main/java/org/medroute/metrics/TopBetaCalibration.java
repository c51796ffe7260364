package org.medroute.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.medroute.config.CalibrationMethod;

/**
 * A {@link BetaCalibration}, and then one more curve for the confidence in the top class, whatever
 * class that is.
 *
 * <p>Curves of single classes are fitted on all documents, most of which are far from the top of a
 * class: with many classes their errors add up where it matters, in the confidence that decides.
 * The last curve is fitted on exactly that, with all classes together, and so needs few documents.
 * The other classes keep their shares of the rest; the top class stays the top class.
 *
 * @param classes curves of the classes
 * @param top curve of the confidence in the top class
 */
public record TopBetaCalibration(BetaCalibration classes, BetaCurve top) implements Calibration {
  private static final double LARGEST = 1 - 1e-9;
  private static final double CERTAIN = 1e-12;

  /** Fits the curves of the classes, and the last one on what these give. */
  static TopBetaCalibration fit(Predictions outOfFold) {
    Predictions labelled = outOfFold.labelled();
    BetaCalibration classes = BetaCalibration.fit(labelled);
    Predictions calibrated = labelled.calibrated(classes);
    int n = calibrated.size();
    double[] confidence = new double[n];
    boolean[] right = new boolean[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      confidence[i] = calibrated.confidence(i);
      right[i] = calibrated.predicted(i) == calibrated.truth(i);
      weights[i] = calibrated.weight(i);
    }
    return new TopBetaCalibration(
        classes, BetaCurve.fit(new OneVersusRest(confidence, right, weights)));
  }

  @Override
  public CalibrationMethod method() {
    return CalibrationMethod.TOP_BETA;
  }

  @Override
  public void apply(double[] raw, double[] into) {
    classes.apply(raw, into);
    int best = 0;
    for (int c = 1; c < into.length; c++) {
      if (into[c] > into[best]) {
        best = c;
      }
    }
    double rest = 0;
    double second = 0;
    for (int c = 0; c < into.length; c++) {
      if (c != best) {
        rest += into[c];
        second = Math.max(second, into[c]);
      }
    }
    if (!(rest > CERTAIN)) {
      return;
    }
    // below this the second class would overtake it
    double least = second / (rest + second) * (1 + 1e-9);
    double moved = Math.min(LARGEST, Math.max(least, top.at(into[best])));
    double factor = (1 - moved) / rest;
    for (int c = 0; c < into.length; c++) {
      into[c] *= factor;
    }
    into[best] = moved;
  }

  @Override
  public String toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("method", method().text());
    classes.write(node);
    top.write(node.putObject("top"));
    return node.toString();
  }

  /** Reads what {@link #toJson} wrote. */
  static TopBetaCalibration read(JsonNode node) {
    return new TopBetaCalibration(BetaCalibration.read(node), BetaCurve.read(node.path("top")));
  }
}
