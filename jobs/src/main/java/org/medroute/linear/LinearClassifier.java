package org.medroute.linear;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.medroute.text.TermScanner;

/**
 * A linear model whose numbers are log-probabilities up to a constant, with or without the vote of
 * a forest: text, and the forest's probabilities for it, to probabilities. Immutable and thread
 * safe; each thread scores by an {@link Evaluator} of its own.
 */
public final class LinearClassifier implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinearText text;
  private final double[] shares;
  private final Sharpness sharpness;

  LinearClassifier(LinearText text, double[] shares, Sharpness sharpness) {
    if (shares.length != 0 && shares.length != text.classes()) {
      throw new IllegalArgumentException(
          shares.length + " shares of a forest for " + text.classes() + " classes");
    }
    this.text = text;
    this.shares = shares.clone();
    this.sharpness = sharpness;
  }

  /** The model under a vote, whose slopes and shifts are worked into its coefficients. */
  public static LinearClassifier of(LinearText model, Vote vote) {
    double[][] matrix = new double[model.classes()][model.classes()];
    for (int label = 0; label < matrix.length; label++) {
      matrix[label][label] = vote.slopes()[label];
    }
    return new LinearClassifier(
        model.mixed(matrix, vote.shifts()), vote.shares(), vote.sharpness());
  }

  /** Whether a forest's probabilities are needed. */
  public boolean hearsForest() {
    return shares.length > 0;
  }

  public LinearText text() {
    return text;
  }

  double[] shares() {
    return shares.clone();
  }

  Sharpness sharpness() {
    return sharpness;
  }

  /** See {@link LinearFile}. */
  public byte[] toBytes() {
    return LinearFile.write(this);
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are no such file, or cut
   */
  public static LinearClassifier read(byte[] bytes) {
    return LinearFile.read(bytes);
  }

  /** The working memory of one thread. */
  public Evaluator evaluator() {
    return new Evaluator(this);
  }

  /** Scores one text after another; for one thread. */
  public static final class Evaluator {
    private final LinearClassifier classifier;
    private final LinearScorer scorer;
    private final double[] linear;
    private int linearTop;

    /** For names of terms; there from the first time that they are asked for. */
    private TermScanner scanner;

    private Evaluator(LinearClassifier classifier) {
      this.classifier = classifier;
      this.scorer = classifier.text.scorer();
      this.linear = new double[classifier.text.classes()];
    }

    /** Reads a text; its terms are then at hand, see {@link #counted}. */
    public void read(String next) {
      scorer.read(next);
    }

    /** What the text read last was found to hold. */
    public TextReader counted() {
      return scorer.reader();
    }

    /**
     * Scores the text read last.
     *
     * @param forest probabilities of the forest for the same text; not read where none is heard
     * @param probabilities receives one number a class; they sum to 1
     */
    public void probabilities(double[] forest, double[] probabilities) {
      scorer.margins(probabilities);
      System.arraycopy(probabilities, 0, linear, 0, linear.length);
      linearTop = 0;
      for (int label = 1; label < probabilities.length; label++) {
        if (probabilities[label] > probabilities[linearTop]) {
          linearTop = label;
        }
      }
      if (classifier.hearsForest()) {
        for (int label = 0; label < probabilities.length; label++) {
          probabilities[label] += classifier.shares[label] * Vote.evidence(forest[label]);
        }
      }
      classifier.sharpness.apply(linear, probabilities);
      Vote.softmax(probabilities);
      if (classifier.hearsForest()) {
        Vote.pool(forest, probabilities);
      }
    }

    /** Whether a forest's probabilities are needed. */
    public boolean hearsForest() {
      return classifier.hearsForest();
    }

    /** The class that the text scored last would have without the forest. */
    public int linearTop() {
      return linearTop;
    }

    /**
     * Share of the distinct words of the text read last that the model was trained on; 1 for a text
     * without words. One lookup a word.
     */
    public double knownShare() {
      return scorer.knownShare();
    }

    /**
     * The terms of a text that moved a class most against the mean of all classes, in units of the
     * logarithm of its odds before the vote's sharpness, the strongest first; a word counts with
     * its pieces and its place in the heading. The forest's vote counts for no term.
     *
     * @param most number of terms at most
     */
    public List<TermEffect> effects(String next, int classIndex, int most) {
      scorer.read(next);
      double[] byTerm = scorer.effects(classIndex);
      double least = leastOf(byTerm, most);
      TermCounts terms = scorer.terms();
      String[] names = new String[byTerm.length];
      if (scanner == null) {
        scanner = new TermScanner(classifier.text.options());
      }
      scanner.scan(
          next,
          (hash, letters, start, length) -> {
            int term = terms.find(hash);
            if (names[term] == null && Math.abs(byTerm[term]) >= least) {
              names[term] = new String(letters, start, length);
            }
          });
      List<TermEffect> effects = new ArrayList<>();
      for (int term = 0; term < byTerm.length; term++) {
        if (names[term] != null) {
          effects.add(new TermEffect(names[term], byTerm[term]));
        }
      }
      effects.sort(
          Comparator.comparingDouble((TermEffect effect) -> -Math.abs(effect.effect()))
              .thenComparing(TermEffect::term));
      return List.copyOf(effects.subList(0, Math.min(most, effects.size())));
    }

    /** Size of the effect that as many as {@code most} reach; above 0. */
    private static double leastOf(double[] effects, int most) {
      double[] sizes = new double[effects.length];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = Math.abs(effects[i]);
      }
      Arrays.sort(sizes);
      int at = sizes.length - most;
      return Math.max(Double.MIN_VALUE, at >= 0 && at < sizes.length ? sizes[at] : 0);
    }
  }

  /** What a term did. */
  public record TermEffect(String term, double effect) {}
}
