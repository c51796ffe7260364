package org.medroute.compiled;

import java.util.Arrays;
import java.util.Set;
import org.medroute.config.RefusedException;

/**
 * A random forest as flat arrays, built for documents that hold few of many features.
 *
 * <p>Every different test of the forest, a feature with a threshold, is a <em>condition</em>; those
 * of a feature are neighbours, thresholds ascending. For a document the conditions of its own
 * features are worked out first, each one a comparison of doubles as MLlib makes it; all others
 * have the answer that zero gives. A tree is walked by looking up one byte a node, and not from its
 * root but from where the document leaves the way of a document without features: see {@link
 * ZeroChains}. Nodes stand in pre-order, so that the left child, where a document without the term
 * goes, is the next element: the usual way through a tree reads one array from left to right. 8
 * bytes a node; up to 16 MiB more, once scored with, for leaves laid out class by class.
 *
 * <p>Leaves share their class shares: a distribution that stands at many leaves is kept once, its
 * zeros left out. Votes are summed tree after tree and normalised as MLlib's
 * RandomForestClassificationModel does it, so that probabilities are equal bit by bit.
 *
 * <p>Cost of a document: the conditions of its features, the nodes on the ways of zero that ask for
 * those that zero would answer otherwise, and a lookup for each node behind where it leaves a way:
 * in a real forest of 100 trees x 20 three nodes a tree instead of nineteen.
 */
public final class CompiledForest implements Head {
  static final String SHAPE = "FSHP";
  static final String CONDITION_STARTS = "FCST";
  static final String THRESHOLDS = "FTHR";
  static final String ROOTS = "FROT";
  static final String TESTS = "FTST";
  static final String RIGHTS = "FRGT";
  static final String SHARE_STARTS = "FSST";
  static final String SHARE_CLASSES = "FSCL";
  static final String SHARES = "FSHR";

  /** For evidence; not needed to score. */
  static final String LEAF_WEIGHTS = "fwgt";

  /** 16 MiB. */
  private static final int MOST_DENSE_SHARES = 1 << 21;

  private final int classes;
  private final int features;

  /** First condition of each feature, and the end. */
  private final int[] conditionStarts;

  private final double[] thresholds;

  /** First node of each tree. */
  private final int[] roots;

  /** Condition of an inner node; of a leaf, the complement of its distribution. */
  private final int[] tests;

  /** Right child of an inner node; of a leaf, the number of the leaf. */
  private final int[] rights;

  private final int[] shareStarts;
  private final int[] shareClasses;
  private final double[] shares;

  /** Training weight in each leaf, for what inner nodes would predict. */
  private final double[] leafWeights;

  /** The answers for a document without features: 1 where zero is above the threshold. */
  private final byte[] zeroAnswers;

  private final int[] conditionFeatures;

  /** Worked out with the first evaluator, when the forest is known to be sound. */
  private ZeroChains zeroChains;

  /** The shares of a distribution for every class, or nothing where they were too many. */
  private double[] denseShares;

  /** For evidence: worked out when it is asked for. */
  private final NodeShares nodeShares;

  CompiledForest(
      int classes,
      int[] conditionStarts,
      double[] thresholds,
      int[] roots,
      int[] tests,
      int[] rights,
      int[] shareStarts,
      int[] shareClasses,
      double[] shares,
      double[] leafWeights) {
    this.classes = classes;
    this.features = conditionStarts.length - 1;
    this.conditionStarts = conditionStarts;
    this.thresholds = thresholds;
    this.roots = roots;
    this.tests = tests;
    this.rights = rights;
    this.shareStarts = shareStarts;
    this.shareClasses = shareClasses;
    this.shares = shares;
    this.leafWeights = leafWeights;
    this.nodeShares =
        new NodeShares(classes, tests, rights, shareStarts, shareClasses, shares, leafWeights);
    this.zeroAnswers = new byte[thresholds.length];
    for (int condition = 0; condition < thresholds.length; condition++) {
      zeroAnswers[condition] = answer(0.0, thresholds[condition]);
    }
    this.conditionFeatures = new int[thresholds.length];
    for (int feature = 0; feature < features; feature++) {
      Arrays.fill(
          conditionFeatures, conditionStarts[feature], conditionStarts[feature + 1], feature);
    }
  }

  /** Whether a document goes right, as MLlib decides it: also with a value that is no number. */
  private static byte answer(double value, double threshold) {
    return (byte) (value <= threshold ? 0 : 1);
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int features() {
    return features;
  }

  public int trees() {
    return roots.length;
  }

  /** Nodes of all trees, leaves included. */
  public int nodes() {
    return tests.length;
  }

  /** Different pairs of a feature and a threshold. */
  public int conditions() {
    return thresholds.length;
  }

  @Override
  public Evaluator evaluator() {
    return evaluator(MOST_DENSE_SHARES);
  }

  /**
   * The same with another bound of what is kept dense, which changes no bit of any answer.
   *
   * @param mostDenseShares heard by the first call only
   */
  synchronized Evaluator evaluator(int mostDenseShares) {
    if (zeroChains == null) {
      zeroChains = new ZeroChains(roots, tests, rights, zeroAnswers);
      denseShares = dense(mostDenseShares);
    }
    return new Walk(zeroChains, denseShares);
  }

  private double[] dense(int most) {
    int distributions = shareStarts.length - 1;
    if ((long) distributions * classes > most) {
      return new double[0];
    }
    double[] dense = new double[distributions * classes];
    for (int distribution = 0; distribution < distributions; distribution++) {
      for (int at = shareStarts[distribution]; at < shareStarts[distribution + 1]; at++) {
        dense[distribution * classes + shareClasses[at]] += shares[at];
      }
    }
    return dense;
  }

  @Override
  public void write(ScorerFile.Writer file) {
    file.ints(SHAPE, new int[] {classes, features});
    file.ints(CONDITION_STARTS, conditionStarts);
    file.doubles(THRESHOLDS, thresholds);
    file.ints(ROOTS, roots);
    file.ints(TESTS, tests);
    file.ints(RIGHTS, rights);
    file.ints(SHARE_STARTS, shareStarts);
    file.ints(SHARE_CLASSES, shareClasses);
    file.doubles(SHARES, shares);
    file.doubles(LEAF_WEIGHTS, leafWeights);
  }

  static Set<String> tags() {
    return Set.of(
        SHAPE,
        CONDITION_STARTS,
        THRESHOLDS,
        ROOTS,
        TESTS,
        RIGHTS,
        SHARE_STARTS,
        SHARE_CLASSES,
        SHARES);
  }

  /**
   * Reads what {@link #write} wrote, and checks that every walk ends.
   *
   * @throws RefusedException if the numbers do not describe a forest
   */
  static CompiledForest read(ScorerFile file) {
    int[] shape = file.ints(SHAPE);
    CompiledForest forest =
        new CompiledForest(
            shape[0],
            file.ints(CONDITION_STARTS),
            file.doubles(THRESHOLDS),
            file.ints(ROOTS),
            file.ints(TESTS),
            file.ints(RIGHTS),
            file.ints(SHARE_STARTS),
            file.ints(SHARE_CLASSES),
            file.doubles(SHARES),
            file.doubles(LEAF_WEIGHTS));
    if (!forest.isSound() || forest.features != shape[1]) {
      throw new RefusedException(
          "Compiled model " + file.name() + ": its forest sections contradict each other");
    }
    return forest;
  }

  private boolean isSound() {
    int leaf = 0;
    boolean sound =
        rights.length == tests.length
            && roots.length > 0
            && roots[0] == 0
            && conditionStarts[0] == 0
            && conditionStarts[features] == thresholds.length
            && shares.length == shareClasses.length
            && shareStarts[shareStarts.length - 1] == shares.length;
    int tree = 0;
    for (int node = 0; sound && node < tests.length; node++) {
      if (tree + 1 < roots.length && roots[tree + 1] == node) {
        tree++;
      }
      int end = tree + 1 < roots.length ? roots[tree + 1] : tests.length;
      if (tests[node] >= 0) {
        sound = tests[node] < thresholds.length && rights[node] > node + 1 && rights[node] < end;
      } else {
        sound = ~tests[node] < shareStarts.length - 1 && rights[node] == leaf++;
      }
    }
    // the last node of a tree is a leaf, so that a walk to the left ends within it
    for (int root = 1; sound && root <= roots.length; root++) {
      int end = root < roots.length ? roots[root] : tests.length;
      sound = end > roots[root - 1] && end <= tests.length && tests[end - 1] < 0;
    }
    return sound
        && tree == roots.length - 1
        && leaf == leafWeights.length
        && Arrays.stream(shareClasses).allMatch(c -> c >= 0 && c < classes);
  }

  /** Walks documents through all trees. */
  private final class Walk implements Evaluator {
    private final byte[] answers = zeroAnswers.clone();

    /** The conditions that a document answers otherwise than zero. */
    private final int[] changed = new int[zeroAnswers.length + 1];

    private int changes;
    private final boolean[] present = new boolean[features];

    private final ZeroChains chains;
    private final double[] dense;

    /** Where the ways of a document without features are left. */
    private final int[] left;

    /** Node of each tree. */
    private final int[] current = new int[roots.length];

    /** Trees that are at no leaf yet. */
    private final int[] live = new int[roots.length];

    Walk(ZeroChains chains, double[] dense) {
      this.chains = chains;
      this.dense = dense;
      this.left = chains.unleft();
    }

    @Override
    public void probabilities(DocumentFeatures document, double[] probabilities) {
      if (probabilities.length != classes) {
        throw new IllegalArgumentException(
            "Room for " + probabilities.length + " probabilities of " + classes + " classes");
      }
      answer(document);
      for (int change = 0; change < changes; change++) {
        chains.leave(changed[change], left);
      }
      walk();
      vote(probabilities);
      forget();
      normalise(probabilities);
    }

    /** Works out the answers that differ from those of zero, and remembers which they are. */
    private void answer(DocumentFeatures document) {
      forget(); // of a document that an exception cut short
      int found = 0;
      for (int i = 0; i < document.size; i++) {
        int feature = document.indices[i];
        double value = document.values[i];
        int end = conditionStarts[feature + 1];
        for (int condition = conditionStarts[feature]; condition < end; condition++) {
          byte answer = CompiledForest.answer(value, thresholds[condition]);
          answers[condition] = answer;
          changed[found] = condition; // in any case: of one that does not the next takes the place
          found += answer ^ zeroAnswers[condition];
        }
        changes = found;
      }
    }

    private void forget() {
      for (int change = 0; change < changes; change++) {
        int condition = changed[change];
        answers[condition] = zeroAnswers[condition];
      }
      changes = 0;
    }

    /**
     * Most trees are at their leaf already, that of a document without features; which are not is
     * asked by no branch, since it cannot be foreseen. The others are walked: to the left all the
     * way, but for the node that was found and one or two more.
     */
    private void walk() {
      int[] nodes = tests;
      byte[] right = answers;
      int further = chains.leaveTo(current, left, live);
      for (int each = 0; each < further; each++) {
        int node = current[live[each]];
        int test = nodes[node];
        while (test >= 0) {
          if (right[test] == 0) {
            node++;
          } else {
            node = rights[node];
          }
          test = nodes[node];
        }
        current[live[each]] = node;
      }
    }

    private void vote(double[] votes) {
      Arrays.fill(votes, 0);
      for (int node : current) {
        add(~tests[node], votes);
      }
    }

    /** Adding a zero changes nothing: dense or not, the votes are the same bits. */
    private void add(int distribution, double[] votes) {
      if (dense.length > 0) {
        // a loop that is always as long is one that the processor foresees
        int from = distribution * classes;
        for (int c = 0; c < classes; c++) {
          votes[c] += dense[from + c];
        }
        return;
      }
      int end = shareStarts[distribution + 1];
      for (int at = shareStarts[distribution]; at < end; at++) {
        votes[shareClasses[at]] += shares[at];
      }
    }

    private void normalise(double[] votes) {
      double sum = 0;
      for (double vote : votes) {
        sum += vote;
      }
      if (!(sum > 0)) {
        throw new IllegalStateException("No tree of the forest has a vote for this document");
      }
      for (int c = 0; c < votes.length; c++) {
        votes[c] /= sum;
      }
    }

    @Override
    public double contributions(DocumentFeatures document, int classIndex, double[] contributions) {
      float[] share = nodeShares.ofClass(classIndex);
      answer(document);
      mark(document, true);
      double rest = 0;
      for (int root : roots) {
        int node = root;
        rest += share[node];
        while (tests[node] >= 0) {
          int next = answers[tests[node]] == 0 ? node + 1 : rights[node];
          double moved = (double) share[next] - share[node];
          int feature = conditionFeatures[tests[node]];
          if (present[feature]) {
            contributions[feature] += moved;
          } else {
            rest += moved;
          }
          node = next;
        }
      }
      forget();
      mark(document, false);
      for (int i = 0; i < document.size; i++) {
        contributions[document.indices[i]] /= roots.length;
      }
      return rest / roots.length;
    }

    private void mark(DocumentFeatures document, boolean there) {
      for (int i = 0; i < document.size; i++) {
        present[document.indices[i]] = there;
      }
    }
  }
}
