package org.medroute.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medroute.config.CalibrationMethod;

class CalibrationTest {
  private static final double EXACT = 1e-12;

  private static Calibration fitted(CalibrationMethod method) {
    return Calibration.fit(method, Samples.timid(400, 11));
  }

  @Test
  void poolsAdjacentViolatorsByHand() {
    // Members at .1 .2 .3 .4: no yes no yes. .2 and .3 violate and pool to 1/2. With two members
    // and
    // two others the fit aims at 1/4 and 3/4.
    IsotonicCurve curve =
        IsotonicCurve.fit(
            OneVersusRest.of(
                Samples.binary(
                    new double[] {1, 0.1},
                    new double[] {0, 0.2},
                    new double[] {1, 0.3},
                    new double[] {0, 0.4}),
                0));
    assertThat(curve.raw()).containsExactly(0.1, 0.2, 0.3, 0.4);
    assertThat(curve.calibrated()).containsExactly(0.25, 0.5, 0.5, 0.75);
    assertThat(curve.at(0.05)).isEqualTo(0.25);
    assertThat(curve.at(0.15)).isEqualTo(0.375, within(EXACT));
    assertThat(curve.at(0.25)).isEqualTo(0.5, within(EXACT));
    assertThat(curve.at(0.9)).isEqualTo(0.75);
  }

  @Test
  void poolsBackwardsAndEqualScoresFirst() {
    // .1: yes; .2: yes and no as one; .3: no; .3 again: yes. Means 1, 1/2, 1/2 pool to 3/5.
    IsotonicCurve curve =
        IsotonicCurve.fit(
            OneVersusRest.of(
                Samples.binary(
                    new double[] {0, 0.1},
                    new double[] {0, 0.2},
                    new double[] {1, 0.2},
                    new double[] {1, 0.3},
                    new double[] {0, 0.3}),
                0));
    // Three members and two others: aims at 1/4 and 4/5; 1/4 + 11/20 * 3/5 = .58.
    assertThat(curve.raw()).containsExactly(0.1, 0.3);
    assertThat(curve.calibrated()[0]).isEqualTo(0.58, within(EXACT));
    assertThat(curve.calibrated()[1]).isEqualTo(0.58, within(EXACT));
  }

  @Test
  void labelWeightsCount() {
    Predictions weighted =
        Predictions.builder(Samples.TWO, List.of())
            .add("a", 0, new double[] {0.5, 0.5}, 3, TextState.ENGLISH)
            .add("b", 1, new double[] {0.5, 0.5}, 1, TextState.ENGLISH)
            .build();
    // Three of four: aims at 1/3 and 4/5; 1/3 + 7/15 * 3/4 = 41/60.
    assertThat(IsotonicCurve.fit(OneVersusRest.of(weighted, 0)).at(0.5))
        .isEqualTo(41 / 60.0, within(EXACT));
    SigmoidCalibration sigmoid = SigmoidCalibration.fit(weighted);
    assertThat(sigmoid.apply(new double[] {0.5, 0.5})[0]).isEqualTo(41 / 60.0, within(1e-6));
  }

  @Test
  void sigmoidByHand() {
    // At .8 nine of ten are members, at .2 one of ten. Platt aims at 11/12 and 1/12, so the curve
    // meets (9 * 11 + 1) / 120 = 5/6 at .8 and 1/6 at .2: intercept 0, slope ln 5 / ln 4.
    double[][] rows = new double[20][];
    for (int i = 0; i < 10; i++) {
      rows[i] = new double[] {i < 9 ? 0 : 1, 0.8};
      rows[10 + i] = new double[] {i < 9 ? 1 : 0, 0.2};
    }
    SigmoidCalibration sigmoid = SigmoidCalibration.fit(Samples.binary(rows));
    assertThat(sigmoid.slope(0)).isEqualTo(Math.log(5) / Math.log(4), within(1e-7));
    assertThat(sigmoid.intercept(0)).isEqualTo(0, within(1e-7));
    assertThat(sigmoid.slope(1)).isEqualTo(sigmoid.slope(0), within(1e-7));
    assertThat(sigmoid.apply(new double[] {0.8, 0.2})[0]).isEqualTo(5 / 6.0, within(1e-7));
    assertThat(sigmoid.apply(new double[] {0.5, 0.5})[0]).isEqualTo(0.5, within(1e-7));
  }

  @Test
  void sigmoidNeverTurnsAClassAround() {
    // The more of A, the less A: the curve is the frequency, 2 members and 2 others.
    SigmoidCalibration sigmoid =
        SigmoidCalibration.fit(
            Samples.binary(
                new double[] {1, 0.9},
                new double[] {1, 0.8},
                new double[] {0, 0.2},
                new double[] {0, 0.1}));
    assertThat(sigmoid.slope(0)).isZero();
    assertThat(sigmoid.apply(new double[] {0.9, 0.1})[0]).isEqualTo(0.5, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(CalibrationMethod.class)
  void classWithoutDocumentsIsLearntAsRare(CalibrationMethod method) {
    Predictions.Builder builder = Predictions.builder(Samples.OPEN, List.of());
    for (int i = 0; i < 60; i++) {
      double p = 0.3 + 0.005 * i;
      builder.add(Samples.id(i), i < 30 ? 1 : 0, new double[] {p, 0.9 - p, 0.1});
    }
    double[] calibrated =
        Calibration.fit(method, builder.build()).apply(new double[] {0.5, 0.4, 0.1});
    assertThat(calibrated[2]).isBetween(0.0, 0.11);
    assertThat(calibrated[0] + calibrated[1] + calibrated[2]).isEqualTo(1, within(EXACT));
  }

  @ParameterizedTest
  @EnumSource(
      value = CalibrationMethod.class,
      names = {"SIGMOID", "ISOTONIC", "BETA", "TOP_BETA"})
  void errorFallsOnDocumentsNotFittedOn(CalibrationMethod method) {
    Calibration calibration = Calibration.fit(method, Samples.timid(3000, 11));
    Predictions raw = Samples.timid(3000, 12);
    Predictions calibrated = raw.calibrated(calibration);
    Reliability before = Reliability.of(raw);
    Reliability after = Reliability.of(calibrated);
    assertThat(before.expectedCalibrationError()).isGreaterThan(0.25);
    assertThat(after.expectedCalibrationError()).isLessThan(0.03);
    assertThat(after.brier()).isLessThan(before.brier() - 0.1);
    // What routing lives on: nothing reaches .85 before, most of what does after is right.
    assertThat(CoverageCurve.of(raw).atThreshold(0.85)).isEmpty();
    CoverageCurve.Point decided = CoverageCurve.of(calibrated).atThreshold(0.85).orElseThrow();
    assertThat(decided.coverage()).isGreaterThan(0.4);
    assertThat(decided.precision()).isGreaterThan(0.94);
  }

  @ParameterizedTest
  @EnumSource(CalibrationMethod.class)
  void roundTripsThroughJson(CalibrationMethod method) {
    Calibration calibration = fitted(method);
    String json = calibration.toJson();
    Calibration read = Calibration.fromJson(json);
    assertThat(read).isEqualTo(calibration).hasSameHashCodeAs(calibration);
    assertThat(read.toJson()).isEqualTo(json);
    assertThat(read.method()).isEqualTo(method);
    double[] raw = {0.31, 0.42, 0.27};
    assertThat(read.apply(raw)).isEqualTo(calibration.apply(raw));
    assertThat(json).startsWith("{\"method\":\"" + method.text() + "\"").doesNotContain("\n");
  }

  @ParameterizedTest
  @EnumSource(CalibrationMethod.class)
  void roundTripsThroughJavaSerialisation(CalibrationMethod method)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(fitted(method));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(fitted(method));
    }
  }

  @Test
  void differentFitsDiffer() {
    for (CalibrationMethod method :
        List.of(CalibrationMethod.SIGMOID, CalibrationMethod.ISOTONIC)) {
      assertThat(Calibration.fit(method, Samples.timid(400, 12))).isNotEqualTo(fitted(method));
    }
  }

  @Test
  void refusesJsonThatIsNoCalibration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.fromJson("{"))
        .withMessageContaining("not JSON");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.fromJson("{\"method\":\"magic\"}"))
        .withMessageContaining("magic");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.fromJson("{\"method\":\"sigmoid\",\"slopes\":[1,2]}"))
        .withMessageContaining("intercepts is not an array");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Calibration.fromJson(
                    "{\"method\":\"sigmoid\",\"slopes\":[1,\"x\"],\"intercepts\":[1,2]}"))
        .withMessageContaining("slopes[1]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Calibration.fromJson(
                    "{\"method\":\"isotonic\",\"curves\":[{\"raw\":[0.5,0.4],"
                        + "\"calibrated\":[0.1,0.2]},{\"raw\":[0.5],\"calibrated\":[0.1]}]}"))
        .withMessageContaining("Knot 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.fromJson("{\"method\":\"none\"} x"))
        .withMessageContaining("not JSON");
  }

  @Test
  void rawProbabilitiesStandWhereEveryClassComesOutAsZero() {
    IsotonicCurve zero = new IsotonicCurve(new double[] {0, 1}, new double[] {0, 0});
    Calibration calibration = new IsotonicCalibration(List.of(zero, zero));
    assertThat(calibration.apply(new double[] {0.6, 0.2}))
        .containsExactly(new double[] {0.75, 0.25}, within(EXACT));
    assertThat(calibration.apply(new double[] {0, 0})).containsExactly(0.5, 0.5);
  }

  @Test
  void refusesOtherShapes() {
    Calibration calibration = fitted(CalibrationMethod.SIGMOID);
    double[] raw = {0.2, 0.3, 0.5};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calibration.apply(new double[] {0.5, 0.5}))
        .withMessageContaining("3 classes was given 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calibration.apply(raw, raw))
        .withMessageContaining("another array");
  }

  @Test
  void betaCurveByHand() {
    // 4 p^2 (1 - p)^-1 against 1: at .5 the odds are 4 x .25 / .5 = 2
    BetaCurve curve = new BetaCurve(2, 1, Math.log(4));
    assertThat(curve.at(0.5)).isEqualTo(2 / 3.0, within(EXACT));
    assertThat(new BetaCurve(1, 1, 0).at(0.3)).isEqualTo(0.3, within(EXACT));
    assertThatIllegalArgumentException().isThrownBy(() -> new BetaCurve(-1, 1, 0));
  }

  @Test
  void betaCurveOfAnEvenGuessIsTheFrequency() {
    // three of four at .5: Platt's aims are 1/3 and 4/5, their mean 41/60
    Predictions even =
        Samples.binary(
            new double[] {0, 0.5},
            new double[] {0, 0.5},
            new double[] {0, 0.5},
            new double[] {1, 0.5});
    assertThat(BetaCurve.fit(OneVersusRest.of(even, 0)).at(0.5)).isEqualTo(41 / 60.0, within(1e-6));
  }

  @Test
  void betaCurveNeverFalls() {
    // the likelier it was said, the rarer it was: the best that never falls is flat
    Predictions reversed =
        Samples.binary(
            new double[] {0, 0.1},
            new double[] {0, 0.2},
            new double[] {1, 0.8},
            new double[] {1, 0.9});
    BetaCurve curve = BetaCurve.fit(OneVersusRest.of(reversed, 0));
    assertThat(curve.at(0.1)).isEqualTo(0.5, within(1e-6));
    assertThat(curve.at(0.9)).isEqualTo(0.5, within(1e-6));
  }

  @Test
  void temperatureByHand() {
    assertThat(new TemperatureCalibration(2).apply(new double[] {0.6, 0.3, 0.1}))
        .containsExactly(new double[] {36 / 46.0, 9 / 46.0, 1 / 46.0}, within(EXACT));
    assertThat(new TemperatureCalibration(3).apply(new double[] {0, 0, 1})[2])
        .isEqualTo(1, within(EXACT));
  }

  @Test
  void dirichletLearnsThatOneClassSpeaksForAnother() {
    // whatever class 0 is given belongs to class 1: no curve of single classes can say that
    Predictions.Builder builder = Predictions.builder(Samples.OPEN, List.of());
    java.util.SplittableRandom random = new java.util.SplittableRandom(3);
    for (int i = 0; i < 2000; i++) {
      double p = random.nextDouble(0.05, 0.9);
      boolean swapped = random.nextDouble() < p;
      builder.add(Samples.id(i), swapped ? 1 : 2, new double[] {p, 0.05, 0.95 - p});
    }
    Calibration dirichlet = Calibration.fit(CalibrationMethod.DIRICHLET, builder.build());
    assertThat(dirichlet.apply(new double[] {0.8, 0.05, 0.15})[1]).isEqualTo(0.8, within(0.05));
    assertThat(dirichlet.apply(new double[] {0.2, 0.05, 0.75})[1]).isEqualTo(0.2, within(0.05));
    assertThat(
            new DirichletCalibration(new double[] {1, 0, 0, 0, 1, 0})
                .apply(new double[] {0.3, 0.7}))
        .containsExactly(new double[] {0.3, 0.7}, within(EXACT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DirichletCalibration(new double[] {1, 0, 0}));
  }

  @Test
  void topCurveMovesTheTopAndKeepsTheOthersInProportion() {
    BetaCurve same = new BetaCurve(1, 1, 0);
    TopBetaCalibration calibration =
        new TopBetaCalibration(
            new BetaCalibration(List.of(same, same, same)), new BetaCurve(1, 1, Math.log(4)));
    // odds of .5 times 4: .8; the rest in proportion 3 to 2
    assertThat(calibration.apply(new double[] {0.5, 0.3, 0.2}))
        .containsExactly(new double[] {0.8, 0.12, 0.08}, within(EXACT));
    TopBetaCalibration timid =
        new TopBetaCalibration(
            new BetaCalibration(List.of(same, same, same)), new BetaCurve(1, 1, -Math.log(100)));
    // it would fall below the second class: they end up equal, the top ahead by a hair
    double[] moved = timid.apply(new double[] {0.4, 0.3, 0.3});
    assertThat(moved[0]).isGreaterThan(moved[1]).isEqualTo(1 / 3.0, within(1e-6));
  }

  @Test
  void choiceMeasuresOnFoldsThatWereNotFitted() {
    Predictions timid = Samples.timid(3000, 11);
    java.util.Map<String, Integer> folds = new java.util.HashMap<>();
    for (int i = 0; i < timid.size(); i++) {
      folds.put(timid.id(i), i % 3);
    }
    CalibrationChoice choice = CalibrationChoice.of(java.util.Optional.empty(), timid, folds);
    assertThat(choice.methods()).hasSize(CalibrationMethod.values().length);
    assertThat(choice.chosen()).isNotEqualTo(CalibrationMethod.NONE);
    assertThat(choice.lines()).filteredOn(line -> line.endsWith("<- chosen")).hasSize(1);
    // fold 0 was calibrated by a fit on folds 1 and 2 alone
    Calibration other =
        Calibration.fit(choice.chosen(), timid.filter(document -> document % 3 != 0));
    assertThat(choice.confidences().probabilities(0))
        .containsExactly(other.apply(timid.probabilities(0)));
    assertThat(Reliability.of(choice.confidences()).expectedCalibrationError())
        .isLessThan(Reliability.of(timid).expectedCalibrationError() / 3);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CalibrationChoice.of(java.util.Optional.empty(), timid, java.util.Map.of()))
        .withMessageContaining("has no fold");
  }
}
