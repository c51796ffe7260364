package org.medroute.linear;

import java.util.Arrays;

/**
 * Scores one text after another by a linear model; for one thread.
 *
 * <p>Cost of a text: one pass over its chars, a lookup and a run of weights a distinct term, and
 * another run a distinct word; the pieces of an unknown word are looked up one by one. Nothing is
 * allocated once the buffers fit the longest text.
 */
public final class LinearScorer {
  private final ScoringLayout layout;
  private final TextReader reader;
  private final UnknownWords unknown;
  private final double[] block;
  private final double[] wordBlock;

  /** Place of each term of the text, or -1. */
  private int[] places = new int[1 << 9];

  LinearScorer(ScoringLayout layout) {
    this.layout = layout;
    this.reader = new TextReader(layout.options, layout.thesaurus);
    this.unknown = new UnknownWords(layout);
    this.block = new double[layout.stride];
    this.wordBlock = new double[layout.stride];
  }

  /** Scores a text: one number a class, the larger the likelier. */
  public void margins(String text, double[] margins) {
    read(text);
    margins(margins);
  }

  void read(String text) {
    reader.read(text);
  }

  TextReader reader() {
    return reader;
  }

  TermCounts terms() {
    return reader.whole().terms();
  }

  /** Share of the distinct words of the text read last that training knew. */
  double knownShare() {
    TermCounts counts = reader.whole().terms();
    int words = 0;
    int known = 0;
    for (int term = 0; term < counts.size(); term++) {
      if (counts.isWord(term)) {
        words++;
        known += layout.terms.table().place(counts.hash(term)) < 0 ? 0 : 1;
      }
    }
    return words == 0 ? 1 : known / (double) words;
  }

  /** Scores the text read last. */
  void margins(double[] margins) {
    System.arraycopy(layout.intercepts, 0, margins, 0, layout.classes);
    addBlock(reader.heading().terms(), layout.heading, margins);
    if (layout.concepts.rarity().length > 0) {
      addBlock(reader.whole().concepts(), layout.concepts, margins);
      addBlock(reader.heading().concepts(), layout.headingConcepts, margins);
    }
    if (layout.pieces.rarity().length > 0) {
      addTerms(reader.whole().terms(), margins);
    } else {
      addBlock(reader.whole().terms(), layout.terms, margins);
    }
  }

  /** Adds the terms and, in the same pass, the pieces of those which are words. */
  private void addTerms(TermCounts counts, double[] margins) {
    findPlaces(counts, layout.terms);
    Arrays.fill(block, 0);
    Arrays.fill(wordBlock, 0);
    double square = 0;
    double wordSquare = 0;
    for (int term = 0; term < counts.size(); term++) {
      int place = places[term];
      double value = value(counts, term, place);
      if (place >= 0) {
        square += value * value;
        if (place < layout.knownWords) {
          add(layout.words, 2 * place, value, block);
        } else {
          add(layout.terms.weights(), place, value, block);
        }
      }
      if (counts.isWord(term)) {
        wordSquare += value * value;
        addWord(counts, term, place, value, wordBlock);
      }
    }
    addTo(margins, block, square);
    addTo(margins, wordBlock, wordSquare);
  }

  private void addBlock(TermCounts counts, ScoringLayout.Block features, double[] margins) {
    findPlaces(counts, features);
    Arrays.fill(block, 0);
    double square = 0;
    for (int term = 0; term < counts.size(); term++) {
      int place = places[term];
      if (place >= 0) {
        double value = Weighting.ofCount(counts.count(term)) * features.rarity()[place];
        square += value * value;
        add(features.weights(), place, value, block);
      }
    }
    addTo(margins, block, square);
  }

  private void findPlaces(TermCounts counts, ScoringLayout.Block features) {
    if (places.length < counts.size()) {
      places = new int[2 * counts.size()];
    }
    for (int term = 0; term < counts.size(); term++) {
      places[term] = features.table().place(counts.hash(term));
    }
  }

  /** Value of a term by the rarity at its place, or by that of unknown words. */
  private double value(TermCounts counts, int term, int place) {
    double rarity = place < 0 ? layout.unknownRarity : layout.terms.rarity()[place];
    return Weighting.ofCount(counts.count(term)) * rarity;
  }

  /**
   * Adds the pieces of a word. One whose hash is that of a pair has a place, but none among the
   * known words.
   */
  private void addWord(TermCounts counts, int term, int place, double value, double[] into) {
    if (place >= 0 && place < layout.knownWords) {
      add(layout.words, 2 * place + 1, value, into);
    } else {
      unknown.add(
          counts.hash(term),
          counts.letters(),
          counts.start(term),
          counts.length(term),
          value,
          into);
    }
  }

  /**
   * What each distinct term of the text read last did for a class against the mean of the classes:
   * as a term, as a word of pieces, in the heading, and as a word of the names of a thesaurus,
   * which share what they did equally.
   */
  double[] effects(int label) {
    TermCounts counts = reader.whole().terms();
    double[] effects = new double[counts.size()];
    TermCounts headed = reader.heading().terms();
    double[] inHeading = effects(headed, layout.heading, label);
    for (int term = 0; term < headed.size(); term++) {
      effects[counts.find(headed.hash(term))] += inHeading[term];
    }
    share(reader.whole(), layout.concepts, label, effects);
    share(reader.heading(), layout.headingConcepts, label, effects);
    double[] asTerms = effects(counts, layout.terms, label); // its places serve the words too
    double[] asWords = new double[counts.size()];
    double square = 0;
    for (int term = 0; term < counts.size(); term++) {
      if (counts.isWord(term) && layout.pieces.rarity().length > 0) {
        double value = value(counts, term, places[term]);
        square += value * value;
        Arrays.fill(block, 0);
        addWord(counts, term, places[term], value, block);
        asWords[term] = against(label);
      }
    }
    double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (int term = 0; term < effects.length; term++) {
      effects[term] += asTerms[term] + scale * asWords[term];
    }
    return effects;
  }

  /** Adds what the concepts of a part did to the words that named them. */
  private void share(TextPart part, ScoringLayout.Block features, int label, double[] effects) {
    part.share(effects(part.concepts(), features, label), reader.whole().terms(), effects);
  }

  private double[] effects(TermCounts counts, ScoringLayout.Block features, int label) {
    findPlaces(counts, features);
    double[] moved = new double[counts.size()];
    double square = 0;
    for (int term = 0; term < counts.size(); term++) {
      int place = places[term];
      if (place >= 0) {
        double value = Weighting.ofCount(counts.count(term)) * features.rarity()[place];
        square += value * value;
        Arrays.fill(block, 0);
        add(features.weights(), place, value, block);
        moved[term] = against(label);
      }
    }
    double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (int term = 0; term < moved.length; term++) {
      moved[term] *= scale;
    }
    return moved;
  }

  private double against(int label) {
    double sum = 0;
    for (int other = 0; other < layout.classes; other++) {
      sum += block[other];
    }
    return block[label] - sum / layout.classes;
  }

  /** Adds a run of weights times a value. */
  static void add(float[] weights, int place, double value, double[] into) {
    int at = place * into.length;
    for (int label = 0; label < into.length; label += ScoringLayout.STEP) {
      into[label] += value * weights[at + label];
      into[label + 1] += value * weights[at + label + 1];
    }
  }

  /** Adds a block, scaled to length one. */
  private void addTo(double[] margins, double[] values, double square) {
    if (square > 0) {
      double factor = 1 / Math.sqrt(square);
      for (int label = 0; label < layout.classes; label++) {
        margins[label] += factor * values[label];
      }
    }
  }
}
