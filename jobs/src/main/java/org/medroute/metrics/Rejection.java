package org.medroute.metrics;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.medroute.config.ClassSet;

/**
 * How well documents of the target classes are told from those of the out-of-scope class: the area
 * under the ROC curve, which is the share of pairs in which the target document has the higher
 * score, equal ones counting half.
 */
public final class Rejection {
  /** By 1 - the probability of the out-of-scope class. */
  public static final String BY_SCOPE = "rejection_auc_scope";

  /** By the largest probability of a target class. */
  public static final String BY_TARGET = "rejection_auc_target";

  private Rejection() {}

  /**
   * The areas of calibrated predictions; empty without an out-of-scope class, or without documents
   * on both sides. One sort each.
   */
  public static Map<MetricKey, Estimate> of(Predictions predictions) {
    Map<MetricKey, Estimate> areas = new LinkedHashMap<>();
    OptionalInt outside =
        IntStream.range(0, predictions.classes().size())
            .filter(predictions.classes()::isOutOfScope)
            .findFirst();
    if (outside.isEmpty()) {
      return areas;
    }
    int other = outside.getAsInt();
    Predictions labelled = predictions.labelled();
    boolean[] inside = new boolean[labelled.size()];
    double[] scope = new double[labelled.size()];
    double[] target = new double[labelled.size()];
    for (int i = 0; i < labelled.size(); i++) {
      inside[i] = labelled.truth(i) != other && labelled.truth(i) != ClassSet.NONE;
      scope[i] = 1 - labelled.probability(i, other);
      for (int c = 0; c < labelled.classes().size(); c++) {
        target[i] = c == other ? target[i] : Math.max(target[i], labelled.probability(i, c));
      }
    }
    put(areas, BY_SCOPE, scope, inside);
    put(areas, BY_TARGET, target, inside);
    return areas;
  }

  /**
   * The area for documents of target classes against documents that are out of scope: by 1 - the
   * probability of the out-of-scope class, or by the largest probability of a class where the set
   * is closed. One sort.
   *
   * @return NaN if one side is empty
   */
  public static double between(Predictions inside, Predictions outside) {
    double[] scores = new double[inside.size() + outside.size()];
    boolean[] isInside = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      isInside[i] = i < inside.size();
      scores[i] = isInside[i] ? scope(inside, i) : scope(outside, i - inside.size());
    }
    return area(scores, isInside);
  }

  private static double scope(Predictions predictions, int document) {
    int other = predictions.classes().outOfScopeIndex();
    return other == ClassSet.NONE
        ? predictions.confidence(document)
        : 1 - predictions.probability(document, other);
  }

  private static void put(
      Map<MetricKey, Estimate> areas, String name, double[] scores, boolean[] inside) {
    double area = area(scores, inside);
    if (!Double.isNaN(area)) {
      areas.put(MetricKey.overall(name), Estimate.exact(area, scores.length));
    }
  }

  /**
   * The area under the ROC curve.
   *
   * @param scores one a document
   * @param inside the documents that ought to have the higher scores
   * @return NaN if all or none are inside
   */
  public static double area(double[] scores, boolean[] inside) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long insiders = 0;
    double below = 0;
    long outsiders = 0;
    for (int start = 0; start < order.length; ) {
      int end = start;
      long inHere = 0;
      while (end < order.length && scores[order[end]] == scores[order[start]]) {
        inHere += inside[order[end]] ? 1 : 0;
        end++;
      }
      long outHere = end - start - inHere;
      below += inHere * (outsiders + outHere / 2.0);
      insiders += inHere;
      outsiders += outHere;
      start = end;
    }
    return insiders == 0 || outsiders == 0 ? Double.NaN : below / ((double) insiders * outsiders);
  }
}
