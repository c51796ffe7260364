package org.medroute.compiled;

import java.util.Arrays;
import java.util.Set;
import org.medroute.config.RefusedException;
import org.medroute.linear.Link;

/**
 * Gradient-boosted trees, one class against the others, as flat arrays: the trees of the first
 * class, then those of the next; nodes in pre-order, so that the left child is the next element. A
 * node's value is what the tree would add to its class's margin if the walk ended there, weight of
 * the tree included; a margin is the sum over the leaves reached, and {@link Link#ONE_VS_REST}
 * makes probabilities of the margins. 24 bytes a node.
 *
 * <p>Cost of a document: trees x depth comparisons.
 */
public final class CompiledBoost implements Head {
  static final String SHAPE = "BSHP";
  static final String CLASS_STARTS = "BCST";
  static final String ROOTS = "BROT";
  static final String TESTS = "BTST";
  static final String THRESHOLDS = "BTHR";
  static final String RIGHTS = "BRGT";
  static final String VALUES = "BVAL";

  static final int LEAF = -1;

  private final int features;

  /** First tree of each class, and the end. */
  private final int[] classStarts;

  /** First node of each tree. */
  private final int[] roots;

  /** Feature that an inner node asks for, or {@link #LEAF}. */
  private final int[] tests;

  private final double[] thresholds;
  private final int[] rights;
  private final double[] values;

  CompiledBoost(
      int features,
      int[] classStarts,
      int[] roots,
      int[] tests,
      double[] thresholds,
      int[] rights,
      double[] values) {
    this.features = features;
    this.classStarts = classStarts;
    this.roots = roots;
    this.tests = tests;
    this.thresholds = thresholds;
    this.rights = rights;
    this.values = values;
  }

  @Override
  public int classes() {
    return classStarts.length - 1;
  }

  @Override
  public int features() {
    return features;
  }

  /** Trees of all classes. */
  public int trees() {
    return roots.length;
  }

  /** Nodes of all trees, leaves included. */
  public int nodes() {
    return tests.length;
  }

  @Override
  public Evaluator evaluator() {
    return new Walk();
  }

  @Override
  public void write(ScorerFile.Writer file) {
    file.ints(SHAPE, new int[] {classes(), features});
    file.ints(CLASS_STARTS, classStarts);
    file.ints(ROOTS, roots);
    file.ints(TESTS, tests);
    file.doubles(THRESHOLDS, thresholds);
    file.ints(RIGHTS, rights);
    file.doubles(VALUES, values);
  }

  static Set<String> tags() {
    return Set.of(SHAPE, CLASS_STARTS, ROOTS, TESTS, THRESHOLDS, RIGHTS, VALUES);
  }

  /**
   * Reads what {@link #write} wrote, and checks that every walk ends.
   *
   * @throws RefusedException if the numbers do not describe trees
   */
  static CompiledBoost read(ScorerFile file) {
    int[] shape = file.ints(SHAPE);
    CompiledBoost boost =
        new CompiledBoost(
            shape.length == 2 ? shape[1] : -1,
            file.ints(CLASS_STARTS),
            file.ints(ROOTS),
            file.ints(TESTS),
            file.doubles(THRESHOLDS),
            file.ints(RIGHTS),
            file.doubles(VALUES));
    if (!boost.isSound() || boost.classes() != shape[0]) {
      throw new RefusedException(
          "Compiled model "
              + file.name()
              + ": its sections of boosted trees contradict each other");
    }
    return boost;
  }

  private boolean isSound() {
    boolean sound =
        features >= 0
            && classStarts.length > 1
            && classStarts[0] == 0
            && classStarts[classStarts.length - 1] == roots.length
            && thresholds.length == tests.length
            && rights.length == tests.length
            && values.length == tests.length
            && (roots.length == 0 ? tests.length == 0 : roots[0] == 0);
    for (int label = 1; sound && label < classStarts.length; label++) {
      sound = classStarts[label] >= classStarts[label - 1];
    }
    for (int tree = 0; sound && tree < roots.length; tree++) {
      int end = tree + 1 < roots.length ? roots[tree + 1] : tests.length;
      // the last node of a tree is a leaf, so that a walk to the left ends within it
      sound = end > roots[tree] && end <= tests.length && tests[end - 1] == LEAF;
      for (int node = roots[tree]; sound && node < end; node++) {
        sound =
            tests[node] == LEAF
                || (tests[node] >= 0
                    && tests[node] < features
                    && rights[node] > node + 1
                    && rights[node] < end);
      }
    }
    return sound && Arrays.stream(values).allMatch(Double::isFinite);
  }

  /** Walks documents through all trees. */
  private final class Walk implements Evaluator {
    /** The document as a dense vector; zero between documents. */
    private final double[] dense = new double[features];

    private final boolean[] present = new boolean[features];
    private final double[] margins = new double[classes()];

    @Override
    public void probabilities(DocumentFeatures document, double[] probabilities) {
      spread(document);
      for (int label = 0; label < margins.length; label++) {
        double margin = 0;
        for (int tree = classStarts[label]; tree < classStarts[label + 1]; tree++) {
          int node = roots[tree];
          while (tests[node] != LEAF) {
            node = next(node);
          }
          margin += values[node];
        }
        margins[label] = margin;
      }
      forget(document);
      Link.ONE_VS_REST.probabilities(margins, probabilities);
    }

    /** The child that MLlib goes to: also with a value that is no number. */
    private int next(int node) {
      return dense[tests[node]] <= thresholds[node] ? node + 1 : rights[node];
    }

    /**
     * {@inheritDoc}
     *
     * <p>The score is the logarithm of the odds of the class against the others, twice its margin.
     * Each step from a node to its child moves it, and the move counts for the feature that the
     * node asks for.
     */
    @Override
    public double contributions(DocumentFeatures document, int classIndex, double[] contributions) {
      spread(document);
      double rest = 0;
      for (int tree = classStarts[classIndex]; tree < classStarts[classIndex + 1]; tree++) {
        int node = roots[tree];
        rest += 2 * values[node];
        while (tests[node] != LEAF) {
          int child = next(node);
          double moved = 2 * (values[child] - values[node]);
          if (present[tests[node]]) {
            contributions[tests[node]] += moved;
          } else {
            rest += moved;
          }
          node = child;
        }
      }
      forget(document);
      return rest;
    }

    private void spread(DocumentFeatures document) {
      for (int i = 0; i < document.size; i++) {
        dense[document.indices[i]] = document.values[i];
        present[document.indices[i]] = true;
      }
    }

    private void forget(DocumentFeatures document) {
      for (int i = 0; i < document.size; i++) {
        dense[document.indices[i]] = 0;
        present[document.indices[i]] = false;
      }
    }
  }
}
