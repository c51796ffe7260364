package org.medroute.linear;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.medroute.config.LinearSettings;
import org.medroute.text.TokenOptions;

/**
 * Training documents as numbers. Features are numbered terms first, then heading terms, concepts,
 * concepts of the heading and pieces; the pieces of a document are not stored: they follow from its
 * words.
 *
 * <p>Memory: 8 bytes for each distinct term and each distinct word of each document, and the words'
 * pieces once. Immutable; may be sent to executors.
 */
public final class LinearTrainingSet implements Serializable {
  private static final long serialVersionUID = 1L;

  final LinearSettings settings;
  final TokenOptions options;
  final int classes;

  /** Class indexes of each document. */
  final int[][] labels;

  final double[] weights;
  final KeyTable terms;
  final double[] termRarity;
  final KeyTable heading;
  final double[] headingRarity;

  final Thesaurus thesaurus;
  final KeyTable concepts;
  final double[] conceptRarity;
  final KeyTable headingConcepts;
  final double[] headingConceptRarity;

  /** Weight of a word that too few documents have. */
  final double unknownRarity;

  final KeyTable words;
  final WordPieces pieces;

  /**
   * Terms, heading terms and concepts of each document: from {@code first[d]} until {@code first[d
   * + 1]}.
   */
  final int[] first;

  final int[] features;
  final float[] values;

  /** Words of each document. */
  final int[] firstWord;

  final int[] documentWords;
  final float[] wordValues;

  private LinearTrainingSet(Builder built) {
    this.settings = built.settings;
    this.options = built.options;
    this.classes = built.classes;
    this.labels = built.rows.stream().map(TermRow::labels).toArray(int[][]::new);
    this.weights = built.rows.stream().mapToDouble(TermRow::weight).toArray();
    this.terms = built.terms;
    this.termRarity = built.termRarity;
    this.heading = built.heading;
    this.headingRarity = built.headingRarity;
    this.thesaurus = built.thesaurus;
    this.concepts = built.concepts;
    this.conceptRarity = built.conceptRarity;
    this.headingConcepts = built.headingConcepts;
    this.headingConceptRarity = built.headingConceptRarity;
    this.unknownRarity = Weighting.ofRarity(built.rows.size(), 0);
    this.words = built.words;
    this.pieces = built.pieces;
    this.first = built.main.first();
    this.features = built.main.columns();
    this.values = built.main.values();
    this.firstWord = built.byWord.first();
    this.documentWords = built.byWord.columns();
    this.wordValues = built.byWord.values();
  }

  /**
   * @param rows documents in any order; their ids decide it
   * @param thesaurus that the rows were read with
   * @param words hash to word, for every word of the rows; read where sub-words are wanted
   */
  public static LinearTrainingSet of(
      List<TermRow> rows,
      Map<Integer, String> words,
      int classes,
      TokenOptions options,
      Thesaurus thesaurus,
      LinearSettings settings) {
    List<TermRow> ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparing(TermRow::id));
    return new LinearTrainingSet(
        new Builder(ordered, words, classes, options, thesaurus, settings));
  }

  /** Number of documents. */
  public int size() {
    return labels.length;
  }

  /** Number of features. */
  public int width() {
    return firstPiece() + pieces.size();
  }

  /** Whether a class is one of a document's true ones. */
  boolean isOf(int document, int label) {
    for (int own : labels[document]) {
      if (own == label) {
        return true;
      }
    }
    return false;
  }

  int firstConcept() {
    return terms.size() + heading.size();
  }

  int firstHeadingConcept() {
    return firstConcept() + concepts.size();
  }

  int firstPiece() {
    return firstHeadingConcept() + headingConcepts.size();
  }

  /** One line for a terminal. */
  public String describe() {
    return String.format(
        java.util.Locale.ROOT,
        "linear: %,d documents, %,d terms, %,d heading terms, %,d concepts, %,d pieces of %,d words",
        size(),
        terms.size(),
        heading.size(),
        concepts.size(),
        pieces.size(),
        words.size());
  }

  private static final class Builder {
    final LinearSettings settings;
    final TokenOptions options;
    final int classes;
    final List<TermRow> rows;
    final KeyTable terms;
    final double[] termRarity;
    final KeyTable heading;
    final double[] headingRarity;
    final Thesaurus thesaurus;
    final KeyTable concepts;
    final double[] conceptRarity;
    final KeyTable headingConcepts;
    final double[] headingConceptRarity;
    final KeyTable words;
    final WordPieces pieces;
    final SparseRows main = new SparseRows();
    final SparseRows byWord = new SparseRows();

    Builder(
        List<TermRow> rows,
        Map<Integer, String> wordsByHash,
        int classes,
        TokenOptions options,
        Thesaurus thesaurus,
        LinearSettings settings) {
      this.thesaurus = thesaurus;
      this.settings = settings;
      this.options = options;
      this.classes = classes;
      this.rows = rows;
      Keys all = new Keys();
      Keys inHeading = new Keys();
      Keys named = new Keys();
      Keys namedInHeading = new Keys();
      Keys single = new Keys();
      for (TermRow row : rows) {
        all.add(row.words());
        all.add(row.pairs());
        inHeading.add(row.heading());
        named.add(row.concepts());
        namedInHeading.add(row.headingConcepts());
        single.add(row.words());
      }
      Keys.Counted kept = all.atLeast(settings.minDocFreq());
      terms = new KeyTable(kept.keys());
      termRarity = rarity(kept, rows.size());
      Keys.Counted keptHeading = kept(inHeading, settings.headingWeight());
      heading = new KeyTable(keptHeading.keys());
      headingRarity = rarity(keptHeading, rows.size());
      Keys.Counted keptConcepts = kept(named, settings.thesaurusWeight());
      concepts = new KeyTable(keptConcepts.keys());
      conceptRarity = rarity(keptConcepts, rows.size());
      Keys.Counted keptOfHeading = kept(namedInHeading, settings.thesaurusHeadingWeight());
      headingConcepts = new KeyTable(keptOfHeading.keys());
      headingConceptRarity = rarity(keptOfHeading, rows.size());
      words = new KeyTable(settings.subwordWeight() > 0 ? single.atLeast(1).keys() : new int[0]);
      List<String> letters = new ArrayList<>();
      for (int word = 0; word < words.size(); word++) {
        letters.add(wordsByHash.get(words.key(word)));
      }
      pieces = WordPieces.of(letters, settings.minWords());
      rows.forEach(this::add);
    }

    private Keys.Counted kept(Keys keys, double weight) {
      return weight > 0
          ? keys.atLeast(settings.minDocFreq())
          : new Keys.Counted(new int[0], new int[0]);
    }

    private static double[] rarity(Keys.Counted counted, int documents) {
      double[] rarity = new double[counted.keys().length];
      for (int row = 0; row < rarity.length; row++) {
        rarity[row] = Weighting.ofRarity(documents, counted.counts()[row]);
      }
      return rarity;
    }

    private void add(TermRow row) {
      addBlock(row.words(), row.wordCounts(), terms, termRarity, 0);
      addBlock(row.pairs(), row.pairCounts(), terms, termRarity, 0);
      main.scale(1);
      addBlock(row.heading(), row.headingCounts(), heading, headingRarity, terms.size());
      main.scale(settings.headingWeight());
      addBlock(
          row.concepts(),
          row.conceptCounts(),
          concepts,
          conceptRarity,
          terms.size() + heading.size());
      main.scale(settings.thesaurusWeight());
      addBlock(
          row.headingConcepts(),
          row.headingConceptCounts(),
          headingConcepts,
          headingConceptRarity,
          terms.size() + heading.size() + concepts.size());
      main.scale(settings.thesaurusHeadingWeight());
      main.endRow();
      if (words.size() > 0) {
        double unknown = Weighting.ofRarity(rows.size(), 0);
        for (int i = 0; i < row.words().length; i++) {
          int term = terms.row(row.words()[i]);
          double rarity = term < 0 ? unknown : termRarity[term];
          byWord.add(words.row(row.words()[i]), Weighting.ofCount(row.wordCounts()[i]) * rarity);
        }
        byWord.scale(settings.subwordWeight());
      }
      byWord.endRow();
    }

    private void addBlock(
        int[] keys, int[] counts, KeyTable table, double[] rarity, int firstFeature) {
      for (int i = 0; i < keys.length; i++) {
        int row = table.row(keys[i]);
        if (row >= 0) {
          main.add(firstFeature + row, Weighting.ofCount(counts[i]) * rarity[row]);
        }
      }
    }
  }
}
