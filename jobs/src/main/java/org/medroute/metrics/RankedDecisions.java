package org.medroute.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.medroute.config.ClassSet;

/**
 * Documents of known class in descending order of confidence: what cut-offs are found on.
 *
 * @param classes how many there are
 * @param confidence of the top class
 * @param predicted the top class
 * @param truth the true class
 */
record RankedDecisions(int classes, double[] confidence, int[] predicted, int[] truth) {
  static RankedDecisions of(Predictions confidences) {
    int[] order =
        IntStream.range(0, confidences.size())
            .filter(i -> confidences.truth(i) != ClassSet.NONE)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -confidences.confidence(i)))
            .mapToInt(Integer::intValue)
            .toArray();
    return new RankedDecisions(
        confidences.classes().size(),
        Arrays.stream(order).mapToDouble(confidences::confidence).toArray(),
        Arrays.stream(order).map(confidences::predicted).toArray(),
        Arrays.stream(order).map(confidences::truth).toArray());
  }

  int size() {
    return confidence.length;
  }

  boolean right(int document) {
    return predicted[document] == truth[document];
  }

  /** Whether no later document has the same confidence: a cut-off can stand behind this one. */
  boolean canEnd(int document) {
    return document == size() - 1 || confidence[document + 1] != confidence[document];
  }

  /** Those of one predicted class. */
  RankedDecisions ofClass(int label) {
    return pick(IntStream.range(0, size()).filter(i -> predicted[i] == label).toArray());
  }

  /** Those inside or outside a part. */
  RankedDecisions part(int[] parts, int part, boolean inside) {
    return pick(IntStream.range(0, size()).filter(i -> (parts[i] == part) == inside).toArray());
  }

  /** A part for each document, by lot, all of about one size. */
  int[] parts(int number, long seed) {
    int[] parts = IntStream.range(0, size()).map(i -> i % number).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = parts.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = parts[i];
      parts[i] = parts[other];
      parts[other] = held;
    }
    return parts;
  }

  private RankedDecisions pick(int[] order) {
    double[] confidences = new double[order.length];
    int[] tops = new int[order.length];
    int[] truths = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      confidences[i] = confidence[order[i]];
      tops[i] = predicted[order[i]];
      truths[i] = truth[order[i]];
    }
    return new RankedDecisions(classes, confidences, tops, truths);
  }
}
