package org.medroute.compiled;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medroute.linear.LinearText;
import org.medroute.linear.TextReader;
import org.medroute.text.TermHash;

/**
 * Scores one text after another by a head over its terms; for one thread.
 *
 * <p>Cost of a text: one pass over its chars, a lookup a term, the work of the head; nothing is
 * allocated once the buffers fit the longest text. Evidence takes a second pass and the
 * contributions of the head.
 */
final class TreeScorer {
  private final TermFeatures features;
  private final TermFeatures.Reader reader;
  private final Head.Evaluator evaluator;
  private final TermNames names;
  private final double[] contributions;

  /** The text scored last, and its features. */
  private String text = "";

  private DocumentFeatures document;

  /**
   * @param beside a linear model that reads the same texts
   */
  TreeScorer(CompiledScorer.Trees trees, Optional<LinearText> beside) {
    this.features = trees.features();
    Head head = trees.head();
    this.reader = features.reader(beside);
    this.evaluator = head.evaluator();
    this.names = trees.names();
    this.contributions = new double[features.size()];
    this.document = new DocumentFeatures(0);
  }

  /**
   * Scores a text.
   *
   * @param next title and sections on lines of their own
   * @param counted its terms as the model beside it counted them, where there is one
   * @param probabilities receives the uncalibrated probability of every class
   */
  void probabilities(String next, Optional<TextReader> counted, double[] probabilities) {
    text = next;
    document = reader.read(next, counted);
    evaluator.probabilities(document, probabilities);
  }

  /**
   * The terms of the text scored last that moved the probability of a class most, the strongest
   * first; see {@link TextScorer#evidence}.
   *
   * @param most number of terms at most
   */
  List<Evidence> evidence(int classIndex, int most) {
    evaluator.contributions(document, classIndex, contributions);
    int[] top = top(most);
    Map<Integer, Set<String>> terms = new LinkedHashMap<>();
    for (int feature : top) {
      terms.put(feature, new LinkedHashSet<>());
    }
    reader.scan(
        text,
        (hash, letters, start, length) -> {
          int feature = features.feature(hash);
          Set<String> found = feature < 0 ? null : terms.get(feature);
          if (found != null) {
            found.add(new String(letters, start, length));
          }
        });
    reader.forEachFurther(
        (hash, count) -> {
          int feature = features.feature(hash);
          Set<String> found = feature < 0 ? null : terms.get(feature);
          if (found != null) {
            found.add(furtherName(feature, hash));
          }
        });
    List<Evidence> evidence = new ArrayList<>();
    for (int feature : top) {
      List<String> own = new ArrayList<>(terms.get(feature));
      Set<String> colliding = new LinkedHashSet<>(own.subList(1, own.size()));
      colliding.addAll(names.of(feature));
      colliding.remove(own.get(0));
      evidence.add(new Evidence(own.get(0), contributions[feature], List.copyOf(colliding)));
    }
    for (int i = 0; i < document.size; i++) {
      contributions[document.indices[i]] = 0;
    }
    return evidence;
  }

  /** Name of a term that is not in the text as such: that of the training term with its hash. */
  private String furtherName(int feature, int hash) {
    return names.of(feature).stream()
        .filter(name -> TermHash.hash(name) == hash)
        .findFirst()
        .orElse("#" + feature);
  }

  /** Features of the largest contributions, ties by the lower feature; none that moved nothing. */
  private int[] top(int most) {
    int[] top = new int[Math.min(most, document.size)];
    int size = 0;
    for (int i = 0; i < document.size; i++) {
      int feature = document.indices[i];
      if (contributions[feature] == 0) {
        continue;
      }
      int at = size < top.length ? size++ : top.length;
      while (at > 0 && isBefore(feature, top[at - 1])) {
        if (at < top.length) {
          top[at] = top[at - 1];
        }
        at--;
      }
      if (at < top.length) {
        top[at] = feature;
      }
    }
    return java.util.Arrays.copyOf(top, size);
  }

  private boolean isBefore(int feature, int other) {
    double size = Math.abs(contributions[feature]);
    double otherSize = Math.abs(contributions[other]);
    return size > otherSize || (size == otherSize && feature < other);
  }
}
