package org.medroute.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.medroute.config.CalibrationMethod;

/**
 * Turns the raw probabilities of a model into confidences that mean what they say.
 *
 * <p>Fitted on out-of-fold predictions: fitted on the training predictions it would learn that the
 * model is always right. Each method but the last maps every class's probability by a
 * non-decreasing curve, and then divides by the sum; what more it does is said there.
 * Implementations are immutable and thread-safe; equality is by their numbers; JSON keeps every
 * double exactly.
 */
public sealed interface Calibration extends Serializable
    permits NoCalibration,
        SigmoidCalibration,
        IsotonicCalibration,
        TemperatureCalibration,
        BetaCalibration,
        TopBetaCalibration,
        DirichletCalibration {

  /** The method, as in settings and in the column calibration of the scores. */
  CalibrationMethod method();

  /**
   * Calibrates one document: O(k log s) for s steps of a curve, no allocation.
   *
   * @param raw k probabilities in class order, not changed
   * @param into another array, receives k confidences that sum to 1
   * @throws IllegalArgumentException if k is not the number of classes fitted
   */
  void apply(double[] raw, double[] into);

  /** Calibrates one document into a fresh array. */
  default double[] apply(double[] raw) {
    double[] calibrated = new double[raw.length];
    apply(raw, calibrated);
    return calibrated;
  }

  /** One line of JSON with the method and its numbers, the same for equal calibrations. */
  String toJson();

  /**
   * Fits a method.
   *
   * @param outOfFold each document predicted by a model that has not seen it; documents without a
   *     known class are left out, label weights count
   * @throws IllegalArgumentException if no document has a known class
   */
  static Calibration fit(CalibrationMethod method, Predictions outOfFold) {
    return switch (method) {
      case NONE -> new NoCalibration();
      case SIGMOID -> SigmoidCalibration.fit(outOfFold);
      case ISOTONIC -> IsotonicCalibration.fit(outOfFold);
      case TEMPERATURE -> TemperatureCalibration.fit(outOfFold);
      case BETA -> BetaCalibration.fit(outOfFold);
      case TOP_BETA -> TopBetaCalibration.fit(outOfFold);
      case DIRICHLET -> DirichletCalibration.fit(outOfFold);
    };
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is not a calibration; the message says where
   */
  static Calibration fromJson(String json) {
    ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    JsonNode node;
    try {
      node = mapper.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Calibration is not JSON: " + e.getOriginalMessage(), e);
    }
    return switch (CalibrationMethod.ofText(node.path("method").asText())) {
      case NONE -> new NoCalibration();
      case SIGMOID -> new SigmoidCalibration(numbers(node, "slopes"), numbers(node, "intercepts"));
      case ISOTONIC -> {
        List<IsotonicCurve> curves = new ArrayList<>();
        JsonNode list = node.path("curves");
        if (!list.isArray()) {
          throw new IllegalArgumentException("Calibration JSON: curves is not an array");
        }
        for (JsonNode curve : list) {
          curves.add(new IsotonicCurve(numbers(curve, "raw"), numbers(curve, "calibrated")));
        }
        yield new IsotonicCalibration(curves);
      }
      case TEMPERATURE -> new TemperatureCalibration(node.path("power").asDouble());
      case BETA -> BetaCalibration.read(node);
      case TOP_BETA -> TopBetaCalibration.read(node);
      case DIRICHLET -> new DirichletCalibration(numbers(node, "numbers"));
    };
  }

  private static double[] numbers(JsonNode node, String field) {
    JsonNode array = node.path(field);
    if (!array.isArray()) {
      throw new IllegalArgumentException("Calibration JSON: " + field + " is not an array");
    }
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!array.get(i).isNumber()) {
        throw new IllegalArgumentException(
            "Calibration JSON: " + field + "[" + i + "] is not a number: " + array.get(i));
      }
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }
}
