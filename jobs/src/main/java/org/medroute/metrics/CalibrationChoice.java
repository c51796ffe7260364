package org.medroute.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.medroute.config.CalibrationMethod;
import org.medroute.config.ClassSet;
import org.medroute.config.Settings;

/**
 * Which calibration suits a model, and what confidences its documents would have had.
 *
 * <p>A calibration measured on the predictions that it was fitted on looks better than it is. So
 * each method is fitted once for every fold on the out-of-fold predictions of the other folds, and
 * measured on that fold; cut-offs are found on the same confidences. Looked at are the methods
 * whose log loss is at most {@value #TOLERANCE} times the least: the expected calibration error
 * alone would take a method that says the same of all documents. Of those the one with the least
 * error is chosen; errors within {@value #EQUAL_ERRORS} of it are as good as equal, and among them
 * the log loss decides.
 *
 * @param methods what was measured, in order of the methods
 * @param chosen one of them
 * @param confidences every document calibrated by a fit that has not seen its fold
 */
public record CalibrationChoice(
    List<Measured> methods, CalibrationMethod chosen, Predictions confidences) {
  static final double TOLERANCE = 1.02;

  /** Another placing of the folds moves an error by more. */
  static final double EQUAL_ERRORS = 0.001;

  private static final double SMALLEST = 1e-6;

  /**
   * One method, measured on folds that it was not fitted on.
   *
   * @param logLoss mean over documents of the negative logarithm of the true class's confidence,
   *     which counts as at least a millionth
   * @param error expected calibration error
   */
  public record Measured(CalibrationMethod method, double logLoss, double error) {}

  public CalibrationChoice {
    methods = List.copyOf(methods);
  }

  /**
   * Measures the methods. Folds + 1 fits each, a second in all for ten thousand documents.
   *
   * @param method what was asked for; empty to choose among all
   * @param outOfFold uncalibrated
   * @param folds by document id
   * @throws IllegalArgumentException if a document has no fold, or there are fewer than two folds
   */
  public static CalibrationChoice of(
      Optional<CalibrationMethod> method, Predictions outOfFold, Map<String, Integer> folds) {
    int[] parts = parts(outOfFold, folds);
    List<CalibrationMethod> candidates =
        method.map(List::of).orElseGet(() -> List.of(CalibrationMethod.values()));
    List<Measured> measured = new ArrayList<>();
    List<Predictions> calibrated = new ArrayList<>();
    for (CalibrationMethod candidate : candidates) {
      Predictions confidences = crossFitted(candidate, outOfFold, parts);
      calibrated.add(confidences);
      measured.add(
          new Measured(
              candidate,
              logLoss(confidences),
              Reliability.of(confidences).expectedCalibrationError()));
    }
    Measured best = best(measured);
    return new CalibrationChoice(measured, best.method(), calibrated.get(measured.indexOf(best)));
  }

  static Measured best(List<Measured> measured) {
    double leastLoss = measured.stream().mapToDouble(Measured::logLoss).min().orElseThrow();
    List<Measured> sound =
        measured.stream().filter(one -> one.logLoss() <= TOLERANCE * leastLoss).toList();
    double leastError = sound.stream().mapToDouble(Measured::error).min().orElseThrow();
    return sound.stream()
        .filter(one -> one.error() <= leastError + EQUAL_ERRORS)
        .min(Comparator.comparingDouble(Measured::logLoss))
        .orElseThrow();
  }

  private static int[] parts(Predictions outOfFold, Map<String, Integer> folds) {
    int[] parts = new int[outOfFold.size()];
    TreeSet<Integer> seen = new TreeSet<>();
    for (int i = 0; i < parts.length; i++) {
      Integer fold = folds.get(outOfFold.id(i));
      if (fold == null) {
        throw new IllegalArgumentException("Document " + outOfFold.id(i) + " has no fold");
      }
      parts[i] = fold;
      seen.add(fold);
    }
    if (seen.size() < 2) {
      throw new IllegalArgumentException(
          "A calibration is measured on two or more folds, not " + seen.size());
    }
    return parts;
  }

  private static Predictions crossFitted(
      CalibrationMethod method, Predictions outOfFold, int[] parts) {
    int folds = 0;
    for (int part : parts) {
      folds = Math.max(folds, part + 1);
    }
    List<Predictions> joined = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int held = fold;
      Calibration calibration =
          Calibration.fit(method, outOfFold.filter(document -> parts[document] != held));
      joined.add(outOfFold.filter(document -> parts[document] == held).calibrated(calibration));
    }
    return Predictions.join(joined);
  }

  private static double logLoss(Predictions confidences) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < confidences.size(); i++) {
      if (confidences.truth(i) != ClassSet.NONE) {
        sum -= Math.log(Math.max(SMALLEST, confidences.probability(i, confidences.truth(i))));
        n++;
      }
    }
    return sum / n;
  }

  /** For the terminal. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Measured one : methods) {
      lines.add(
          String.format(
              Locale.ROOT,
              "calibration %-11s log loss %.4f, expected calibration error %.4f (held-out folds)%s",
              Settings.kebab(one.method()),
              one.logLoss(),
              one.error(),
              one.method() == chosen ? "  <- chosen" : ""));
    }
    return lines;
  }
}
