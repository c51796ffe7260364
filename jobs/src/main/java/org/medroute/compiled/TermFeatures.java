package org.medroute.compiled;

import java.util.List;
import java.util.Set;
import org.medroute.config.RefusedException;
import org.medroute.linear.LinearClassifier;
import org.medroute.text.HashedTermSink;
import org.medroute.text.TermHash;
import org.medroute.text.TermScanner;
import org.medroute.text.TokenOptions;

/**
 * Text to features in one pass: what tokens, HashingTF, ChiSqSelectorModel and IDFModel do one
 * after the other. A term's hash gives its bucket; a bit tells whether the bucket is selected, and
 * the number of selected buckets before it is its feature. Counts times weights are MLlib's own
 * products, double by double. Immutable and thread safe.
 */
public final class TermFeatures {
  static final String OPTIONS = "TOPT";
  static final String STOP_WORDS = "TSTP";
  static final String SPACE = "TSPC";
  static final String SELECTED = "TSEL";
  static final String WEIGHTS = "TWGT";

  /** What a term counts that stands in a document several times. */
  public enum Counting {
    OCCURRENCES,
    PRESENCE
  }

  private final TokenOptions options;
  private final Counting counting;
  private final int buckets;
  private final int[] selected;
  private final double[] weights;
  private final long[] bits;

  /** Selected buckets before each word of bits. */
  private final int[] ranks;

  /**
   * @param buckets size of the hash space
   * @param selected the buckets that are features, ascending
   * @param weights of each feature
   */
  public TermFeatures(
      TokenOptions options, Counting counting, int buckets, int[] selected, double[] weights) {
    if (selected.length != weights.length) {
      throw new IllegalArgumentException(
          selected.length + " selected buckets and " + weights.length + " weights");
    }
    this.options = options;
    this.counting = counting;
    this.buckets = buckets;
    this.selected = selected.clone();
    this.weights = weights.clone();
    this.bits = new long[(buckets + 63) / 64];
    this.ranks = new int[bits.length];
    int previous = -1;
    for (int bucket : selected) {
      if (bucket <= previous || bucket >= buckets) {
        throw new IllegalArgumentException(
            "Selected buckets must ascend below " + buckets + ": " + bucket + " after " + previous);
      }
      bits[bucket >>> 6] |= 1L << bucket;
      previous = bucket;
    }
    for (int word = 1; word < ranks.length; word++) {
      ranks[word] = ranks[word - 1] + Long.bitCount(bits[word - 1]);
    }
  }

  int size() {
    return selected.length;
  }

  TokenOptions options() {
    return options;
  }

  /** Feature of a term by its hash, or -1. */
  int feature(int hash) {
    int bucket = TermHash.reduce(hash, buckets);
    long word = bits[bucket >>> 6];
    long bit = 1L << bucket;
    return (word & bit) == 0 ? -1 : ranks[bucket >>> 6] + Long.bitCount(word & (bit - 1));
  }

  Reader reader() {
    return new Reader();
  }

  void write(ScorerFile.Writer file) {
    file.texts(
        OPTIONS,
        List.of(
            String.valueOf(options.minLength()),
            String.valueOf(options.maxNgram()),
            options.compounds().name(),
            options.numbers().name(),
            counting.name()));
    file.texts(STOP_WORDS, options.extraStopWords());
    file.ints(SPACE, new int[] {buckets});
    file.ints(SELECTED, selected);
    file.doubles(WEIGHTS, weights);
  }

  static Set<String> tags() {
    return Set.of(OPTIONS, STOP_WORDS, SPACE, SELECTED, WEIGHTS);
  }

  static TermFeatures read(ScorerFile file) {
    List<String> texts = file.texts(OPTIONS);
    try {
      return new TermFeatures(
          new TokenOptions(
              Integer.parseInt(texts.get(0)),
              Integer.parseInt(texts.get(1)),
              TokenOptions.Compounds.valueOf(texts.get(2)),
              TokenOptions.Numbers.valueOf(texts.get(3)),
              file.texts(STOP_WORDS)),
          Counting.valueOf(texts.get(4)),
          file.ints(SPACE)[0],
          file.ints(SELECTED),
          file.doubles(WEIGHTS));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new RefusedException(
          "Compiled model " + file.name() + ": its features cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads one text after another; for one thread. */
  final class Reader implements HashedTermSink {
    private final TermScanner scanner = new TermScanner(options);
    private final int[] counts = new int[selected.length];
    private final DocumentFeatures document = new DocumentFeatures(selected.length);

    /** The features of a text; valid until the next one is read. */
    DocumentFeatures read(String text) {
      document.size = 0;
      scanner.scan(text, this);
      return weighted();
    }

    /** The features of a text whose distinct terms were counted already. */
    DocumentFeatures read(LinearClassifier.Evaluator counted) {
      document.size = 0;
      counted.forEachTerm(
          (hash, count) -> {
            int feature = feature(hash);
            if (feature >= 0) {
              if (counts[feature] == 0) {
                document.indices[document.size++] = feature;
              }
              counts[feature] += count;
            }
          });
      return weighted();
    }

    private DocumentFeatures weighted() {
      for (int i = 0; i < document.size; i++) {
        int feature = document.indices[i];
        int count = counting == Counting.PRESENCE ? 1 : counts[feature];
        document.values[i] = count * weights[feature];
        counts[feature] = 0;
      }
      return document;
    }

    @Override
    public void term(int hash, char[] letters, int start, int length) {
      int feature = feature(hash);
      if (feature >= 0 && counts[feature]++ == 0) {
        document.indices[document.size++] = feature;
      }
    }

    @Override
    public boolean readsLetters() {
      return false;
    }

    /** Gives every term of a text, features or not. */
    void scan(String text, HashedTermSink sink) {
      scanner.scan(text, sink);
    }
  }
}
