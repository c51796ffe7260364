package org.medroute.linear;

import java.io.Serializable;
import java.util.List;
import org.medroute.text.TokenOptions;

/**
 * A fitted linear model from text to one number a class. Immutable and thread safe; each thread
 * scores by a {@link LinearScorer} of its own.
 *
 * <p>Words that training knew have the sum of their pieces worked out beforehand: only unknown
 * words are taken apart. Coefficients are kept as floats: 4 x classes bytes a feature, twice that
 * for words.
 */
public final class LinearText implements Serializable {
  private static final long serialVersionUID = 1L;

  final TokenOptions options;
  final int classes;
  final double[] intercepts;
  final double unknownRarity;
  final Block terms;
  final Block heading;
  final Thesaurus thesaurus;
  final Block concepts;
  final Block headingConcepts;

  /** Row of a term to its row in {@link #wordWeights}, or -1 for pairs. */
  final int[] wordRows;

  final float[] wordWeights;
  final Block pieces;

  /** The same numbers as scoring reads them; worked out on each machine. */
  private transient volatile ScoringLayout layout;

  /**
   * Features of one kind.
   *
   * @param rarity factor of each
   * @param weights classes numbers of each
   */
  record Block(KeyTable table, double[] rarity, float[] weights) implements Serializable {}

  LinearText(
      TokenOptions options,
      double[] intercepts,
      double unknownRarity,
      Block terms,
      Block heading,
      Thesaurus thesaurus,
      Block concepts,
      Block headingConcepts,
      int[] wordRows,
      float[] wordWeights,
      Block pieces) {
    this.options = options;
    this.classes = intercepts.length;
    this.intercepts = intercepts;
    this.unknownRarity = unknownRarity;
    this.terms = terms;
    this.heading = heading;
    this.thesaurus = thesaurus;
    this.concepts = concepts;
    this.headingConcepts = headingConcepts;
    this.wordRows = wordRows;
    this.wordWeights = wordWeights;
    this.pieces = pieces;
  }

  /**
   * Puts the fits of all classes together.
   *
   * @param fits in class order
   */
  public static LinearText of(LinearTrainingSet set, List<ClassFit> fits) {
    int classes = fits.size();
    int[] wordRows = new int[set.terms.size()];
    int knownWords = 0;
    for (int term = 0; term < wordRows.length; term++) {
      wordRows[term] = set.words.row(set.terms.key(term)) < 0 ? -1 : knownWords++;
    }
    float[] wordWeights = new float[knownWords * classes];
    double length = set.settings.subwordWeight();
    for (int term = 0; term < wordRows.length; term++) {
      if (wordRows[term] < 0) {
        continue;
      }
      int word = set.words.row(set.terms.key(term));
      for (int label = 0; label < classes; label++) {
        double[] coefficients = fits.get(label).coefficients();
        double sum = 0;
        for (int at = set.pieces.first(word); at < set.pieces.first(word + 1); at++) {
          sum += set.pieces.value(at) * coefficients[set.firstPiece() + set.pieces.piece(at)];
        }
        wordWeights[wordRows[term] * classes + label] = (float) (sum * length);
      }
    }
    double[] pieceRarity = new double[set.pieces.size()];
    for (int piece = 0; piece < pieceRarity.length; piece++) {
      pieceRarity[piece] = set.pieces.rarity(piece);
    }
    double[] intercepts = fits.stream().mapToDouble(ClassFit::intercept).toArray();
    return new LinearText(
        set.options,
        intercepts,
        set.unknownRarity,
        new Block(set.terms, set.termRarity, weights(fits, 0, set.terms.size(), 1)),
        new Block(
            set.heading,
            set.headingRarity,
            weights(fits, set.terms.size(), set.heading.size(), set.settings.headingWeight())),
        set.thesaurus,
        new Block(
            set.concepts,
            set.conceptRarity,
            weights(fits, set.firstConcept(), set.concepts.size(), set.settings.thesaurusWeight())),
        new Block(
            set.headingConcepts,
            set.headingConceptRarity,
            weights(
                fits,
                set.firstHeadingConcept(),
                set.headingConcepts.size(),
                set.settings.thesaurusHeadingWeight())),
        wordRows,
        wordWeights,
        new Block(
            set.pieces.table(),
            pieceRarity,
            weights(fits, set.firstPiece(), set.pieces.size(), length)));
  }

  private static float[] weights(List<ClassFit> fits, int from, int rows, double factor) {
    int classes = fits.size();
    float[] weights = new float[rows * classes];
    for (int row = 0; row < rows; row++) {
      for (int label = 0; label < classes; label++) {
        weights[row * classes + label] =
            (float) (fits.get(label).coefficients()[from + row] * factor);
      }
    }
    return weights;
  }

  /**
   * The model whose numbers are linear combinations of this one's.
   *
   * @param matrix by row a new class, by column a class of this model
   * @param shift added to the new numbers
   */
  public LinearText mixed(double[][] matrix, double[] shift) {
    double[] mixedIntercepts = new double[shift.length];
    for (int to = 0; to < shift.length; to++) {
      mixedIntercepts[to] = shift[to];
      for (int from = 0; from < classes; from++) {
        mixedIntercepts[to] += matrix[to][from] * intercepts[from];
      }
    }
    return new LinearText(
        options,
        mixedIntercepts,
        unknownRarity,
        mixed(terms, matrix),
        mixed(heading, matrix),
        thesaurus,
        mixed(concepts, matrix),
        mixed(headingConcepts, matrix),
        wordRows,
        mixed(wordWeights, matrix),
        mixed(pieces, matrix));
  }

  private Block mixed(Block block, double[][] matrix) {
    return new Block(block.table(), block.rarity(), mixed(block.weights(), matrix));
  }

  private float[] mixed(float[] weights, double[][] matrix) {
    int rows = weights.length / classes;
    float[] result = new float[rows * matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int to = 0; to < matrix.length; to++) {
        double sum = 0;
        for (int from = 0; from < classes; from++) {
          sum += matrix[to][from] * weights[row * classes + from];
        }
        result[row * matrix.length + to] = (float) sum;
      }
    }
    return result;
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** Whose concepts are counted. */
  public Thesaurus thesaurus() {
    return thesaurus;
  }

  /** Names that are looked for in the text; 0 without a thesaurus. */
  public int thesaurusNames() {
    return thesaurus.size();
  }

  /** What the text is cut into. */
  public TokenOptions options() {
    return options;
  }

  /** The working memory of one thread. */
  public LinearScorer scorer() {
    ScoringLayout ready = layout;
    if (ready == null) {
      synchronized (this) {
        ready = layout;
        if (ready == null) {
          ready = new ScoringLayout(this);
          layout = ready;
        }
      }
    }
    return new LinearScorer(ready);
  }
}
