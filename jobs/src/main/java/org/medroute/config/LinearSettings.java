package org.medroute.config;

import java.io.Serializable;

/**
 * How a linear classifier over a text is fitted: section {@code linear}.
 *
 * @param learner what is fitted
 * @param cost C of the SVM and of logistic regression: weight of an error against the size of the
 *     coefficients, above 0
 * @param ratioPower power of the absolute naive-Bayes log-count ratio that scales a feature, 0 (no
 *     scaling) to 2; read by the learners nb-svm and nb-logistic
 * @param smoothing of the counts behind a ratio, above 0
 * @param maxNgram 1 for words, 2 for words and pairs of neighbours
 * @param headingWeight length of the heading's block beside 1 for the terms, 0 (none) to 10
 * @param subwordWeight length of the block of sub-words, 0 (none) to 10
 * @param thesaurus whose descriptors are looked for in the text
 * @param thesaurusWeight length of the block of concepts, above 0 to 10
 * @param thesaurusHeadingWeight length of the block of concepts of the heading, 0 (none) to 10
 * @param minDocFreq documents that a term must be in, 1 or more
 * @param minWords distinct words that a sub-word must be in, 1 or more
 * @param conflictWeight weight of a document with several true classes, which counts for each of
 *     them; 0 leaves such documents out, to 1
 * @param backgroundWeight weight of a document known to be of no class, which counts against each;
 *     0 leaves such documents out, to 1
 * @param maxRows more training documents than this are sampled down to it, 1000 or more
 */
public record LinearSettings(
    Learner learner,
    double cost,
    double ratioPower,
    double smoothing,
    int maxNgram,
    double headingWeight,
    double subwordWeight,
    ThesaurusSource thesaurus,
    double thesaurusWeight,
    double thesaurusHeadingWeight,
    int minDocFreq,
    int minWords,
    double conflictWeight,
    double backgroundWeight,
    int maxRows)
    implements Serializable {

  /** What can be fitted. */
  public enum Learner {
    /** Linear support vectors with squared hinge loss. */
    SVM,
    /** L2-regularised logistic regression. */
    LOGISTIC,
    /** Support vectors over features scaled by naive-Bayes ratios. */
    NB_SVM,
    /** Logistic regression over features scaled by naive-Bayes ratios. */
    NB_LOGISTIC,
    /** Multinomial naive Bayes over weighted counts. */
    MULTINOMIAL_NB,
    /** Complement naive Bayes over weighted counts. */
    COMPLEMENT_NB,
    /** The most frequent class, whatever the text. */
    MAJORITY;

    /** Whether naive-Bayes ratios scale the features. */
    public boolean scalesByRatio() {
      return this == NB_SVM || this == NB_LOGISTIC;
    }
  }

  /** Reads section {@code linear}. */
  public static LinearSettings from(Settings settings) {
    return new LinearSettings(
        settings.choice("linear.learner", Learner.class),
        settings.number("linear.cost", 1e-6, 1e6),
        settings.number("linear.ratio-power", 0, 2),
        settings.number("linear.smoothing", 1e-6, 1000),
        settings.integer("linear.max-ngram", 1, 2),
        settings.number("linear.heading-weight", 0, 10),
        settings.number("linear.subword-weight", 0, 10),
        ThesaurusSource.from(settings, "linear"),
        settings.number("linear.thesaurus-weight", 1e-6, 10),
        settings.number("linear.thesaurus-heading-weight", 0, 10),
        settings.integer("linear.min-doc-freq", 1, 1_000_000),
        settings.integer("linear.min-words", 1, 1_000_000),
        settings.number("linear.conflict-weight", 0, 1),
        settings.number("linear.background-weight", 0, 1),
        settings.integer("linear.max-rows", 1000, 10_000_000));
  }

  /** The same with another learner and its cost. */
  public LinearSettings with(Learner other, double otherCost) {
    return new LinearSettings(
        other,
        otherCost,
        ratioPower,
        smoothing,
        maxNgram,
        headingWeight,
        subwordWeight,
        thesaurus,
        thesaurusWeight,
        thesaurusHeadingWeight,
        minDocFreq,
        minWords,
        conflictWeight,
        backgroundWeight,
        maxRows);
  }
}
