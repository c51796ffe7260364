package org.medroute.metrics;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.medroute.config.ClassSet;
import org.medroute.config.RoutingSettings.Aim;
import org.medroute.config.RoutingSettings.Budget;
import org.medroute.config.RoutingSettings.Choose;
import org.medroute.config.RoutingSettings.Costs;
import org.medroute.config.RoutingSettings.Precision;

/**
 * Finds cut-offs for an aim on confidences of documents that neither model nor calibration has
 * seen.
 *
 * <p>Cut-offs that just reach a precision on the documents on which they were found fall short of
 * it on others, the more the freer they were. So whatever is expected is measured by {@value
 * #PARTS}-fold cross-validation, {@value #ROUNDS} times over: found on nine tenths, counted on the
 * tenth. For a precision this also chooses: each way of {@link PrecisionSearch} is tried with
 * precisions from a little below the target to far above it, and the one that decides most
 * documents while the tenths reach the target is taken.
 *
 * <p>Where no tenth can show the target, because it leaves less than one error to so few documents,
 * all of them together may: the lowest cut-off is taken above which the error rate, counted with
 * half an error more and one document more than was seen (its mean under Jeffreys' prior), is at
 * most what the target leaves. Where they are too few for that as well, the calibrated confidences
 * themselves are trusted: the lowest cut-off is taken above which their mean is the target and at
 * most one error more was seen than the target allows.
 *
 * <p>Cost: a sort, and a few hundred passes over the documents; a second for ten thousand.
 *
 * @param cutOffs 1 for a class that is never decided
 */
public record CutOffChoice(CutOffs cutOffs, Expectation expectation) {
  static final int PARTS = 10;
  static final int ROUNDS = 2;
  private static final long SEED = 5;

  /** Precisions tried: this share of the way from the target to 1. */
  private static final double[] STEPS = {-0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7};

  /** How often what was decided. */
  private record Tally(long documents, long decided, long errors, double cost) {
    double coverage() {
      return decided / (double) documents;
    }

    double precision() {
      return decided == 0 ? Double.NaN : (decided - errors) / (double) decided;
    }
  }

  /**
   * Finds the cut-offs.
   *
   * @param confidences calibrated, see {@link CalibrationChoice#confidences}
   * @throws IllegalArgumentException if no document has a known class, or a cost names a class that
   *     there is not
   */
  public static CutOffChoice of(Predictions confidences, Aim aim) {
    RankedDecisions documents = RankedDecisions.of(confidences);
    if (documents.size() == 0) {
      throw new IllegalArgumentException("No document with a known class to find cut-offs on");
    }
    ClassSet classes = confidences.classes();
    if (aim instanceof Precision precision) {
      return precision(documents, classes, precision.target());
    }
    if (aim instanceof Costs costs) {
      double[][] matrix = matrix(classes, costs);
      Function<RankedDecisions, double[]> search = some -> cheapest(some, matrix, costs.review());
      Tally tally = tally(documents, search, matrix, costs.review());
      return choice(
          classes,
          search.apply(documents),
          Choose.COST,
          tally.cost() / tally.documents(),
          "every class where deciding is cheaper than a review",
          tally);
    }
    double share = ((Budget) aim).share();
    Function<RankedDecisions, double[]> search = some -> within(some, share);
    return choice(
        classes,
        search.apply(documents),
        Choose.BUDGET,
        share,
        "one cut-off for all classes",
        tally(documents, search, new double[0][], 0));
  }

  private static CutOffChoice choice(
      ClassSet classes, double[] cutOffs, Choose rule, double target, String how, Tally tally) {
    return new CutOffChoice(
        new CutOffs(
            classes, Arrays.stream(cutOffs).map(value -> Math.min(1, value)).boxed().toList()),
        new Expectation(
            rule, target, how, tally.coverage(), tally.precision(), tally.documents() / ROUNDS));
  }

  private static CutOffChoice precision(
      RankedDecisions documents, ClassSet classes, double target) {
    Optional<CutOffChoice> best = Optional.empty();
    for (PrecisionSearch way : PrecisionSearch.values()) {
      for (double step : STEPS) {
        double aimed = target + (1 - target) * step;
        Function<RankedDecisions, double[]> search = some -> way.cutOffs(some, aimed);
        Tally tally = tally(documents, search, new double[0][], 0);
        if (tally.decided() > 0
            && PrecisionSearch.holds(tally.decided(), tally.errors(), target)
            && tally.coverage() > best.map(found -> found.expectation().coverage()).orElse(0.0)) {
          best =
              Optional.of(
                  choice(
                      classes,
                      search.apply(documents),
                      Choose.PRECISION,
                      target,
                      way.text(),
                      tally));
        }
      }
    }
    return best.or(() -> counted(documents, classes, target))
        .orElseGet(() -> trusting(documents, classes, target));
  }

  private static Optional<CutOffChoice> counted(
      RankedDecisions documents, ClassSet classes, double target) {
    int last = -1;
    long decided = 0;
    long errors = 0;
    for (int i = 0; i < documents.size(); i++) {
      decided++;
      errors += documents.right(i) ? 0 : 1;
      if (documents.canEnd(i) && CoverageCurve.shown(errors, decided, target)) {
        last = i;
      }
    }
    return last < 0
        ? Optional.empty()
        : Optional.of(
            until(
                documents,
                last,
                classes,
                target,
                "one cut-off for all classes, by counting on the documents that it was found on"));
  }

  private static CutOffChoice trusting(RankedDecisions documents, ClassSet classes, double target) {
    int last = -1;
    long errors = 0;
    double sum = 0;
    for (int i = 0; i < documents.size(); i++) {
      errors += documents.right(i) ? 0 : 1;
      sum += documents.confidence()[i];
      if (documents.canEnd(i)
          && sum >= target * (i + 1)
          && PrecisionSearch.holds(i + 1L, errors - 1, target)) {
        last = i;
      }
    }
    return until(
        documents,
        last,
        classes,
        target,
        "one cut-off for all classes, by the confidences: the documents are too few to show it");
  }

  /** All classes cut off behind one document; nothing is decided where it is -1. */
  private static CutOffChoice until(
      RankedDecisions documents, int last, ClassSet classes, double target, String how) {
    double[] cutOffs = new double[classes.size()];
    Arrays.fill(cutOffs, last < 0 ? PrecisionSearch.NEVER : documents.confidence()[last]);
    long decided = last + 1L;
    long errors = 0;
    for (int i = 0; i < decided; i++) {
      errors += documents.right(i) ? 0 : 1;
    }
    return choice(
        classes,
        cutOffs,
        Choose.PRECISION,
        target,
        how,
        new Tally((long) documents.size() * ROUNDS, decided * ROUNDS, errors * ROUNDS, 0));
  }

  /** Counts the tenths under cut-offs found on the other nine. */
  private static Tally tally(
      RankedDecisions documents,
      Function<RankedDecisions, double[]> search,
      double[][] costs,
      double review) {
    long decided = 0;
    long errors = 0;
    double cost = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int[] parts = documents.parts(PARTS, SEED + round);
      for (int part = 0; part < PARTS; part++) {
        double[] cutOffs = search.apply(documents.part(parts, part, false));
        for (int i = 0; i < documents.size(); i++) {
          if (parts[i] != part) {
            continue;
          }
          int top = documents.predicted()[i];
          if (documents.confidence()[i] >= cutOffs[top]) {
            decided++;
            errors += documents.right(i) ? 0 : 1;
            cost += costs.length == 0 ? 0 : costs[documents.truth()[i]][top];
          } else {
            cost += review;
          }
        }
      }
    }
    return new Tally((long) documents.size() * ROUNDS, decided, errors, cost);
  }

  private static double[][] matrix(ClassSet classes, Costs costs) {
    costs
        .matrix()
        .forEach(
            (truth, row) -> {
              classes.index(truth);
              row.keySet().forEach(classes::index);
            });
    double[][] matrix = new double[classes.size()][classes.size()];
    for (int truth = 0; truth < matrix.length; truth++) {
      for (int decided = 0; decided < matrix.length; decided++) {
        matrix[truth][decided] = costs.of(classes.name(truth), classes.name(decided));
      }
    }
    return matrix;
  }

  /** For each class the cut-off of least cost; of equals the lowest. */
  private static double[] cheapest(RankedDecisions documents, double[][] matrix, double review) {
    double[] cutOffs = new double[documents.classes()];
    double[] costs = new double[documents.classes()];
    double[] least = new double[documents.classes()];
    Arrays.fill(cutOffs, PrecisionSearch.NEVER);
    for (int c = 0; c < cutOffs.length; c++) {
      RankedDecisions own = documents.ofClass(c);
      for (int i = 0; i < own.size(); i++) {
        costs[c] += matrix[own.truth()[i]][c] - review;
        if (own.canEnd(i) && costs[c] <= least[c]) {
          least[c] = costs[c];
          cutOffs[c] = own.confidence()[i];
        }
      }
    }
    return cutOffs;
  }

  /** The highest cut-off that leaves at most a share of the documents to review. */
  private static double[] within(RankedDecisions documents, double share) {
    long decided = (long) Math.ceil((1 - share) * documents.size() - 1e-9);
    double[] cutOffs = new double[documents.classes()];
    Arrays.fill(
        cutOffs, decided == 0 ? PrecisionSearch.NEVER : documents.confidence()[(int) decided - 1]);
    return cutOffs;
  }
}
