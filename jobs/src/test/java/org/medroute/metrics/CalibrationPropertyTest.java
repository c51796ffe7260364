package org.medroute.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.medroute.config.CalibrationMethod;

class CalibrationPropertyTest {
  private static final Calibration SIGMOID =
      Calibration.fit(CalibrationMethod.SIGMOID, Samples.timid(400, 11));
  private static final List<Calibration> SMOOTH =
      List.of(
          Calibration.fit(CalibrationMethod.TEMPERATURE, Samples.timid(400, 11)),
          Calibration.fit(CalibrationMethod.BETA, Samples.timid(400, 11)),
          Calibration.fit(CalibrationMethod.TOP_BETA, Samples.timid(400, 11)),
          Calibration.fit(CalibrationMethod.DIRICHLET, Samples.timid(400, 11)));
  private static final Calibration ISOTONIC =
      Calibration.fit(CalibrationMethod.ISOTONIC, Samples.timid(400, 11));

  @Property(tries = 300, seed = "17")
  void confidencesSumToOne(@ForAll @Size(3) List<@DoubleRange(min = 0, max = 1) Double> values) {
    double[] raw = values.stream().mapToDouble(Double::doubleValue).toArray();
    for (Calibration calibration : List.of(SIGMOID, ISOTONIC)) {
      double[] calibrated = calibration.apply(raw);
      assertThat(calibrated[0] + calibrated[1] + calibrated[2]).isEqualTo(1, within(1e-9));
      assertThat(calibrated).doesNotContain(Double.NaN);
      assertThat(calibrated[0]).isBetween(0.0, 1.0);
      assertThat(calibrated[1]).isBetween(0.0, 1.0);
      assertThat(calibrated[2]).isBetween(0.0, 1.0);
    }
  }

  @Property(tries = 300, seed = "17")
  void confidencesOfSmoothCurvesSumToOne(
      @ForAll @Size(3) List<@DoubleRange(min = 0, max = 1) Double> values) {
    double[] raw = values.stream().mapToDouble(Double::doubleValue).toArray();
    for (Calibration calibration : SMOOTH) {
      double[] calibrated = calibration.apply(raw);
      assertThat(calibrated[0] + calibrated[1] + calibrated[2]).isEqualTo(1, within(1e-9));
      assertThat(java.util.Arrays.stream(calibrated).allMatch(value -> value >= 0 && value <= 1))
          .isTrue();
    }
  }

  @Property(tries = 400, seed = "17")
  void moreOfAClassIsNeverLessConfidenceInIt(
      @ForAll @DoubleRange(min = 0, max = 1) double one,
      @ForAll @DoubleRange(min = 0, max = 1) double other,
      @ForAll @DoubleRange(min = 0, max = 0.5) double second,
      @ForAll @IntRange(max = 2) int classIndex) {
    double[] less = {second, second, second};
    double[] more = {second, second, second};
    less[classIndex] = Math.min(one, other);
    more[classIndex] = Math.max(one, other);
    for (Calibration calibration : List.of(SIGMOID, ISOTONIC)) {
      assertThat(calibration.apply(more)[classIndex])
          .isGreaterThanOrEqualTo(calibration.apply(less)[classIndex] - 1e-12);
    }
  }

  @Property(tries = 200, seed = "17")
  void isotonicFitNeverDescendsAndKeepsTheMean(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 9) Integer> tenths,
      @ForAll @Size(40) List<Boolean> members) {
    double[][] rows = new double[tenths.size()][];
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {members.get(i) ? 0 : 1, tenths.get(i) / 10.0};
      sum += members.get(i) ? 1 : 0;
    }
    OneVersusRest data = OneVersusRest.of(Samples.binary(rows), 0);
    IsotonicCurve curve = IsotonicCurve.fit(data);
    for (int x = 1; x <= 100; x++) {
      assertThat(curve.at(x / 100.0)).isGreaterThanOrEqualTo(curve.at((x - 1) / 100.0));
    }
    // Pooling into means keeps the mean, here that of the targets.
    double low = data.targets()[0];
    double high = data.targets()[1];
    double fitted = 0;
    for (int tenth : tenths) {
      fitted += curve.at(tenth / 10.0);
    }
    assertThat(fitted).isEqualTo(rows.length * low + sum * (high - low), within(1e-9));
  }
}
