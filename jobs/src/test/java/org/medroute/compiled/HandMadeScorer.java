package org.medroute.compiled;

import java.util.List;
import java.util.Map;
import org.medroute.text.TermHash;
import org.medroute.text.TokenOptions;

/**
 * Two trees over three terms, small enough to be worked out by hand.
 *
 * <pre>
 * tree 1: heart <= 1 ? (skin <= 0.5 ? [1 1] : [0 4]) : [3 0]      (training weights of A and B)
 * tree 2: valve <= 0.25 ? [2 6] : [2 0]
 * </pre>
 *
 * Weights of the features: heart 2, skin 1, valve 0.5.
 */
public final class HandMadeScorer {
  public static final String DIGEST = "0123456789abcdef".repeat(4);
  static final int BUCKETS = 1 << 12;

  private HandMadeScorer() {}

  static int bucket(String term) {
    return TermHash.bucket(term, BUCKETS);
  }

  /** The three terms in the order of their buckets, which is that of the features. */
  static List<String> terms() {
    return List.of("heart", "skin", "valve").stream()
        .sorted(java.util.Comparator.comparing(HandMadeScorer::bucket))
        .toList();
  }

  static CompiledForest forest() {
    List<String> terms = terms();
    ForestBuilder builder = new ForestBuilder(2, 3);
    builder.tree();
    int root = builder.split(terms.indexOf("heart"), 1);
    int left = builder.split(terms.indexOf("skin"), 0.5);
    builder.leaf(new double[] {1, 1});
    builder.endLeft(left);
    builder.leaf(new double[] {0, 4});
    builder.endLeft(root);
    builder.leaf(new double[] {3, 0});
    builder.tree();
    root = builder.split(terms.indexOf("valve"), 0.25);
    builder.leaf(new double[] {2, 6});
    builder.endLeft(root);
    builder.leaf(new double[] {2, 0});
    return builder.build();
  }

  /** Classes A and B, B out of scope, cut-off 0.7, English only. */
  public static CompiledScorer scorer() {
    List<String> terms = terms();
    Map<String, Double> weights = Map.of("heart", 2.0, "skin", 1.0, "valve", 0.5);
    return CompiledScorer.of(
        new CompiledScorer.Description(
            "task",
            "task-1",
            DIGEST,
            List.of("A", "B"),
            "{\"method\":\"none\"}",
            "{\"cut_offs\":{\"A\":0.7,\"B\":0.7},\"out_of_scope\":\"B\",\"languages\":[\"en\"]}"),
        new TermFeatures(
            TokenOptions.of(2, 1, List.of("dose")),
            TermFeatures.Counting.OCCURRENCES,
            BUCKETS,
            terms.stream().mapToInt(HandMadeScorer::bucket).toArray(),
            terms.stream().mapToDouble(weights::get).toArray()),
        forest(),
        Map.of(terms.indexOf("heart"), List.of("cardiac", "heart")));
  }
}
