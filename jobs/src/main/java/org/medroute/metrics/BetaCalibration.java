package org.medroute.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medroute.config.CalibrationMethod;

/**
 * One {@link BetaCurve} per class, then division by the sum.
 *
 * @param curves one a class
 */
public record BetaCalibration(List<BetaCurve> curves) implements Calibration {
  public BetaCalibration {
    curves = List.copyOf(curves);
    if (curves.size() < 2) {
      throw new IllegalArgumentException(
          "A beta calibration has a curve for each of two or more classes, not " + curves.size());
    }
  }

  /** Fits the curves. Ten to twenty passes over the documents for each class. */
  static BetaCalibration fit(Predictions outOfFold) {
    Predictions labelled = outOfFold.labelled();
    return new BetaCalibration(
        IntStream.range(0, labelled.classes().size())
            .mapToObj(c -> BetaCurve.fit(OneVersusRest.of(labelled, c)))
            .toList());
  }

  @Override
  public CalibrationMethod method() {
    return CalibrationMethod.BETA;
  }

  @Override
  public void apply(double[] raw, double[] into) {
    OneVersusRest.requireShape(curves.size(), raw, into);
    for (int c = 0; c < into.length; c++) {
      into[c] = curves.get(c).at(raw[c]);
    }
    OneVersusRest.normalise(raw, into);
  }

  @Override
  public String toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("method", method().text());
    write(node);
    return node.toString();
  }

  void write(ObjectNode node) {
    ArrayNode list = node.putArray("curves");
    curves.forEach(curve -> curve.write(list.addObject()));
  }

  /** Reads what {@link #toJson} wrote. */
  static BetaCalibration read(JsonNode node) {
    JsonNode list = node.path("curves");
    if (!list.isArray()) {
      throw new IllegalArgumentException("Calibration JSON: curves is not an array");
    }
    List<BetaCurve> curves = new ArrayList<>();
    list.forEach(curve -> curves.add(BetaCurve.read(curve)));
    return new BetaCalibration(curves);
  }
}
