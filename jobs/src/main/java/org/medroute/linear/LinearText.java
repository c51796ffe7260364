package org.medroute.linear;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.medroute.text.TokenOptions;

/**
 * A fitted linear model from text to one number a class. Immutable and thread safe; each thread
 * scores by a {@link Scorer} of its own.
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

  /** Row of a term to its row in {@link #wordWeights}, or -1 for pairs. */
  final int[] wordRows;

  final float[] wordWeights;
  final Block pieces;

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
      int[] wordRows,
      float[] wordWeights,
      Block pieces) {
    this.options = options;
    this.classes = intercepts.length;
    this.intercepts = intercepts;
    this.unknownRarity = unknownRarity;
    this.terms = terms;
    this.heading = heading;
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

  /** What the text is cut into. */
  public TokenOptions options() {
    return options;
  }

  /** The working memory of one thread. */
  public Scorer scorer() {
    return new Scorer(this);
  }

  /** Scores one text after another; for one thread. */
  public static final class Scorer {
    private final LinearText model;
    private final TextReader reader;
    private final Subwords subwords = new Subwords();
    private final double[] block;
    private final double[] word;

    /** Row of each term of the text, or -1. */
    private int[] rows = new int[1 << 9];

    private Scorer(LinearText model) {
      this.model = model;
      this.reader = new TextReader(model.options);
      this.block = new double[model.classes];
      this.word = new double[model.classes];
    }

    /** Scores a text: one number a class, the larger the likelier. */
    public void margins(String text, double[] margins) {
      read(text);
      margins(margins);
    }

    void read(String text) {
      reader.read(text);
    }

    TermCounts terms() {
      return reader.terms();
    }

    /** Share of the distinct words of the text read last that have a row. */
    double knownShare() {
      TermCounts counts = reader.terms();
      int words = 0;
      int known = 0;
      for (int term = 0; term < counts.size(); term++) {
        if (counts.isWord(term)) {
          words++;
          known += model.terms.table().row(counts.hash(term)) < 0 ? 0 : 1;
        }
      }
      return words == 0 ? 1 : known / (double) words;
    }

    /** Scores the text read last. */
    void margins(double[] margins) {
      System.arraycopy(model.intercepts, 0, margins, 0, margins.length);
      addBlock(reader.heading(), model.heading, margins);
      addBlock(reader.terms(), model.terms, margins); // its rows serve the words too
      if (model.pieces.table().size() > 0) {
        addWords(reader.terms(), margins);
      }
    }

    /** Adds by hash of a term what it did for a class against the mean of the classes. */
    void effects(int label, Map<Integer, Double> byHash) {
      effects(reader.heading(), model.heading, label, byHash);
      effects(reader.terms(), model.terms, label, byHash);
      TermCounts counts = reader.terms();
      double[] values = new double[counts.size()];
      double[] moved = new double[counts.size()];
      double square = 0;
      for (int term = 0; term < counts.size(); term++) {
        if (counts.isWord(term) && model.pieces.table().size() > 0) {
          Arrays.fill(block, 0);
          values[term] = addWord(counts, term);
          square += values[term] * values[term];
          moved[term] = against(block, label);
        }
      }
      for (int term = 0; term < counts.size(); term++) {
        if (moved[term] != 0) {
          byHash.merge(counts.hash(term), moved[term] / Math.sqrt(square), Double::sum);
        }
      }
    }

    private void effects(
        TermCounts counts, Block features, int label, Map<Integer, Double> byHash) {
      findRows(counts, features);
      double[] moved = new double[counts.size()];
      double square = 0;
      for (int term = 0; term < counts.size(); term++) {
        int row = rows[term];
        if (row >= 0) {
          double value = Weighting.ofCount(counts.count(term)) * features.rarity()[row];
          square += value * value;
          Arrays.fill(block, 0);
          add(features.weights(), row, value, block);
          moved[term] = against(block, label);
        }
      }
      for (int term = 0; term < counts.size(); term++) {
        if (moved[term] != 0) {
          byHash.merge(counts.hash(term), moved[term] / Math.sqrt(square), Double::sum);
        }
      }
    }

    private static double against(double[] values, int label) {
      return values[label] - Arrays.stream(values).average().orElse(0);
    }

    private void addBlock(TermCounts counts, Block features, double[] margins) {
      findRows(counts, features);
      Arrays.fill(block, 0);
      double square = 0;
      for (int term = 0; term < counts.size(); term++) {
        int row = rows[term];
        if (row >= 0) {
          double value = Weighting.ofCount(counts.count(term)) * features.rarity()[row];
          square += value * value;
          add(features.weights(), row, value, block);
        }
      }
      addTo(margins, square);
    }

    private void findRows(TermCounts counts, Block features) {
      if (rows.length < counts.size()) {
        rows = new int[2 * counts.size()];
      }
      for (int term = 0; term < counts.size(); term++) {
        rows[term] = features.table().row(counts.hash(term));
      }
    }

    private void addWords(TermCounts counts, double[] margins) {
      Arrays.fill(block, 0);
      double square = 0;
      for (int term = 0; term < counts.size(); term++) {
        if (!counts.isWord(term)) {
          continue;
        }
        double value = addWord(counts, term);
        square += value * value;
      }
      addTo(margins, square);
    }

    /** Adds the pieces of a word to the block, and returns the word's value. */
    private double addWord(TermCounts counts, int term) {
      int row = rows[term];
      double rarity = row < 0 ? model.unknownRarity : model.terms.rarity()[row];
      double value = Weighting.ofCount(counts.count(term)) * rarity;
      int wordRow = row < 0 ? -1 : model.wordRows[row];
      if (wordRow >= 0) {
        add(model.wordWeights, wordRow, value, block);
      } else {
        addUnknown(counts, term, value);
      }
      return value;
    }

    private void addUnknown(TermCounts counts, int term, double value) {
      subwords.read(counts.letters(), counts.start(term), counts.length(term));
      Arrays.fill(word, 0);
      double square = 0;
      for (int i = 0; i < subwords.size(); i++) {
        int piece = model.pieces.table().row(subwords.piece(i));
        if (piece >= 0) {
          double rarity = model.pieces.rarity()[piece];
          square += rarity * rarity;
          add(model.pieces.weights(), piece, rarity, word);
        }
      }
      if (square > 0) {
        double factor = value / Math.sqrt(square);
        for (int label = 0; label < word.length; label++) {
          block[label] += factor * word[label];
        }
      }
    }

    private void add(float[] weights, int row, double value, double[] into) {
      int at = row * into.length;
      for (int label = 0; label < into.length; label++) {
        into[label] += value * weights[at + label];
      }
    }

    /** Adds the block, scaled to length one. */
    private void addTo(double[] margins, double square) {
      if (square > 0) {
        double factor = 1 / Math.sqrt(square);
        for (int label = 0; label < margins.length; label++) {
          margins[label] += factor * block[label];
        }
      }
    }
  }
}
