package org.medroute.linear;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.medroute.text.TokenOptions;

/**
 * A linear model's numbers as scoring reads them: the features of a kind in the order of how common
 * they are, so that those which most texts hold lie together in the cache, and the weights of all
 * classes of a feature in a run of a multiple of {@value #STEP} floats. Immutable.
 *
 * <p>Memory: as {@link LinearText} once more.
 */
final class ScoringLayout {
  /** Weights are added so many at a time. */
  static final int STEP = 2;

  final TokenOptions options;
  final int classes;

  /** Floats of a feature. */
  final int stride;

  final double[] intercepts;
  final double unknownRarity;
  final Block terms;
  final Block heading;
  final Thesaurus thesaurus;
  final Block concepts;
  final Block headingConcepts;

  /** Terms below this place are words whose pieces are summed in {@link #words}. */
  final int knownWords;

  /** Of each known word a stride as a term, and a stride as the sum of its pieces. */
  final float[] words;

  final Block pieces;

  /**
   * Features of one kind by place.
   *
   * @param rarity factor of each
   * @param weights a stride of each
   */
  record Block(KeyPlaces table, double[] rarity, float[] weights) {}

  ScoringLayout(LinearText model) {
    options = model.options;
    classes = model.classes;
    stride = (classes + STEP - 1) / STEP * STEP;
    intercepts = model.intercepts;
    unknownRarity = model.unknownRarity;
    int[] order = wordsFirst(model.wordRows, commonFirst(model.terms.rarity()));
    terms = block(model.terms, order);
    heading = block(model.heading, commonFirst(model.heading.rarity()));
    thesaurus = model.thesaurus;
    concepts = block(model.concepts, commonFirst(model.concepts.rarity()));
    headingConcepts = block(model.headingConcepts, commonFirst(model.headingConcepts.rarity()));
    pieces = block(model.pieces, commonFirst(model.pieces.rarity()));
    knownWords = model.wordWeights.length / Math.max(1, classes);
    words = new float[2 * knownWords * stride];
    for (int place = 0; place < knownWords; place++) {
      copy(model.terms.weights(), order[place], words, 2 * place);
      copy(model.wordWeights, model.wordRows[order[place]], words, 2 * place + 1);
    }
  }

  /** The same order with the known words before all other terms. */
  private static int[] wordsFirst(int[] wordRows, int[] order) {
    return IntStream.concat(
            Arrays.stream(order).filter(row -> wordRows[row] >= 0),
            Arrays.stream(order).filter(row -> wordRows[row] < 0))
        .toArray();
  }

  /** Rows in order of their places: the smaller the rarity the earlier. */
  private static int[] commonFirst(double[] rarity) {
    return IntStream.range(0, rarity.length)
        .boxed()
        .sorted((a, b) -> Double.compare(rarity[a], rarity[b])) // stable: equal ones by row
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private Block block(LinearText.Block block, int[] order) {
    int[] keys = new int[order.length];
    double[] rarity = new double[order.length];
    float[] weights = new float[order.length * stride];
    for (int place = 0; place < order.length; place++) {
      keys[place] = block.table().key(order[place]);
      rarity[place] = block.rarity()[order[place]];
      copy(block.weights(), order[place], weights, place);
    }
    return new Block(
        new KeyPlaces(keys, IntStream.range(0, keys.length).toArray()), rarity, weights);
  }

  private void copy(float[] from, int row, float[] to, int place) {
    System.arraycopy(from, row * classes, to, place * stride, classes);
  }
}
