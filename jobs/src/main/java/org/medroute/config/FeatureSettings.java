package org.medroute.config;

import java.io.Serializable;
import java.util.List;

/**
 * How text becomes features: section {@code features}.
 *
 * @param numBuckets size of the hash space, 2^10 to 2^24
 * @param maxNgram 1 for words, 2 for words and pairs of neighbours
 * @param minTokenLength shortest word kept, in chars, 1 to 16
 * @param extraStopWords dropped besides the tokenizer's own list
 * @param selected buckets kept at most, 1 to 1,000,000: the number of features
 * @param minDocFreq documents that a bucket must be in to be kept, 0 to 1,000,000
 * @param headingWords whether words of the heading are terms of their own besides
 * @param thesaurus whose concepts are terms besides
 */
public record FeatureSettings(
    int numBuckets,
    int maxNgram,
    int minTokenLength,
    List<String> extraStopWords,
    int selected,
    int minDocFreq,
    boolean headingWords,
    ThesaurusSource thesaurus)
    implements Serializable {
  private static final int MIN_BUCKETS = 1 << 10;
  private static final int MAX_BUCKETS = 1 << 24;
  private static final int MILLION = 1_000_000;

  public FeatureSettings {
    check("numBuckets", numBuckets, MIN_BUCKETS, MAX_BUCKETS);
    check("maxNgram", maxNgram, 1, 2);
    check("minTokenLength", minTokenLength, 1, 16);
    check("selected", selected, 1, MILLION);
    check("minDocFreq", minDocFreq, 0, MILLION);
    extraStopWords = List.copyOf(extraStopWords);
  }

  /** Words and pairs alone. */
  public FeatureSettings(
      int numBuckets,
      int maxNgram,
      int minTokenLength,
      List<String> extraStopWords,
      int selected,
      int minDocFreq) {
    this(
        numBuckets,
        maxNgram,
        minTokenLength,
        extraStopWords,
        selected,
        minDocFreq,
        false,
        ThesaurusSource.none("features"));
  }

  /** Reads section {@code features}. */
  public static FeatureSettings from(Settings settings) {
    return new FeatureSettings(
        settings.integer("features.num-buckets", MIN_BUCKETS, MAX_BUCKETS),
        settings.integer("features.max-ngram", 1, 2),
        settings.integer("features.min-token-length", 1, 16),
        settings.texts("features.extra-stop-words"),
        settings.integer("features.selected", 1, MILLION),
        settings.integer("features.min-doc-freq", 0, MILLION),
        settings.flag("features.heading-words"),
        ThesaurusSource.from(settings, "features"));
  }

  /** The same with another number of buckets kept. */
  public FeatureSettings withSelected(int buckets) {
    return new FeatureSettings(
        numBuckets,
        maxNgram,
        minTokenLength,
        extraStopWords,
        buckets,
        minDocFreq,
        headingWords,
        thesaurus);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", not " + value);
    }
  }
}
