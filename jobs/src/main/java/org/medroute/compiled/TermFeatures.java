package org.medroute.compiled;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medroute.config.RefusedException;
import org.medroute.linear.LinearClassifier;
import org.medroute.linear.LinearText;
import org.medroute.linear.TextReader;
import org.medroute.linear.Thesaurus;
import org.medroute.text.HashScanner;
import org.medroute.text.HashSink;
import org.medroute.text.HashedTermSink;
import org.medroute.text.TermHash;
import org.medroute.text.TermScanner;
import org.medroute.text.TokenOptions;

/**
 * Text to features in one pass: what tokens, HashingTF, ChiSqSelectorModel and IDFModel do one
 * after the other. A term's hash gives its bucket; a bit tells whether the bucket is selected, and
 * the number of selected buckets before it is its feature. Counts times weights are MLlib's own
 * products, double by double. Words of the heading and concepts of a thesaurus are terms like
 * others where the model has them. Immutable and thread safe.
 */
public final class TermFeatures {
  static final String OPTIONS = "TOPT";
  static final String STOP_WORDS = "TSTP";
  static final String SPACE = "TSPC";
  static final String SELECTED = "TSEL";
  static final String WEIGHTS = "TWGT";

  /** And the number of its array. */
  private static final String THESAURUS = "TTH";

  /** Where the thesaurus is. */
  private static final String OF_LINEAR = "LINEAR";

  private static final String OWN = "OWN";

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
  private final boolean headingWords;
  private final Thesaurus thesaurus;
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
    this(options, counting, buckets, selected, weights, false, Thesaurus.EMPTY);
  }

  /**
   * @param headingWords whether words of the heading are terms of their own besides
   * @param thesaurus whose concepts are terms besides
   */
  public TermFeatures(
      TokenOptions options,
      Counting counting,
      int buckets,
      int[] selected,
      double[] weights,
      boolean headingWords,
      Thesaurus thesaurus) {
    if (selected.length != weights.length) {
      throw new IllegalArgumentException(
          selected.length + " selected buckets and " + weights.length + " weights");
    }
    this.options = options;
    this.counting = counting;
    this.buckets = buckets;
    this.selected = selected.clone();
    this.weights = weights.clone();
    this.headingWords = headingWords;
    this.thesaurus = thesaurus;
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
    return ((bits[bucket >>> 6] >>> bucket) & 1) == 0 ? -1 : rank(bucket);
  }

  /** How many selected buckets come before one of them. */
  private int rank(int bucket) {
    int word = bucket >>> 6;
    return ranks[word] + Long.bitCount(bits[word] & ((1L << bucket) - 1));
  }

  /**
   * @param beside a linear model that reads the same texts, which counts what both need
   */
  Reader reader(Optional<LinearText> beside) {
    return new Reader(beside);
  }

  private boolean hasFurther() {
    return headingWords || !thesaurus.isEmpty();
  }

  private boolean sharesTerms(LinearText linear) {
    return options.equals(linear.options());
  }

  /** Words and concepts are the same whether or not pairs are terms. */
  private boolean sharesFurther(LinearText linear) {
    return options.withPairs().equals(linear.options().withPairs())
        && (thesaurus.isEmpty() || thesaurus.isSameAs(linear.thesaurus()));
  }

  /**
   * @param linear beside which a thesaurus that both have is stored but once
   */
  void write(ScorerFile.Writer file, Optional<LinearClassifier> linear) {
    boolean shared = linear.isPresent() && thesaurus.isSameAs(linear.get().text().thesaurus());
    file.texts(
        OPTIONS,
        List.of(
            String.valueOf(options.minLength()),
            String.valueOf(options.maxNgram()),
            options.compounds().name(),
            options.numbers().name(),
            counting.name(),
            String.valueOf(headingWords),
            shared ? OF_LINEAR : OWN));
    List<int[]> arrays = shared ? List.of() : thesaurus.arrays();
    for (int array = 0; array < arrays.size(); array++) {
      file.ints(THESAURUS + array, arrays.get(array));
    }
    file.texts(STOP_WORDS, options.extraStopWords());
    file.ints(SPACE, new int[] {buckets});
    file.ints(SELECTED, selected);
    file.doubles(WEIGHTS, weights);
  }

  static Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of(OPTIONS, STOP_WORDS, SPACE, SELECTED, WEIGHTS));
    for (int array = 0; array < Thesaurus.ARRAYS; array++) {
      tags.add(THESAURUS + array);
    }
    return tags;
  }

  static TermFeatures read(ScorerFile file, Optional<LinearClassifier> linear) {
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
          file.doubles(WEIGHTS),
          Boolean.parseBoolean(texts.get(5)),
          texts.get(6).equals(OF_LINEAR)
              ? linear
                  .orElseThrow(
                      () -> new IllegalArgumentException("its thesaurus is that of no model"))
                  .text()
                  .thesaurus()
              : thesaurus(file));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new RefusedException(
          "Compiled model " + file.name() + ": its features cannot be read: " + e.getMessage(), e);
    }
  }

  private static Thesaurus thesaurus(ScorerFile file) {
    List<int[]> arrays = new ArrayList<>();
    for (int array = 0; array < Thesaurus.ARRAYS; array++) {
      arrays.add(file.ints(THESAURUS + array));
    }
    return Thesaurus.of(arrays);
  }

  /** Reads one text after another; for one thread. */
  final class Reader implements HashSink {
    private final boolean sharesTerms;
    private final boolean sharesFurther;
    private final TermScanner scanner = new TermScanner(options);
    private final HashScanner hashScanner = new HashScanner(options);

    /** Finds what no model beside it counts; there where it is needed. */
    private final Optional<TextReader> own;

    /** By which the further terms of the text read last were counted. */
    private Optional<TextReader> further = Optional.empty();

    private final int[] counts = new int[selected.length];
    private int[] picked = new int[1024];
    private final DocumentFeatures document = new DocumentFeatures(selected.length);
    private final TextReader.TermCount counter = this::count;

    private Reader(Optional<LinearText> beside) {
      sharesTerms = beside.isPresent() && sharesTerms(beside.get());
      sharesFurther = beside.isPresent() && hasFurther() && sharesFurther(beside.get());
      own =
          hasFurther() && !sharesFurther
              ? Optional.of(new TextReader(options, thesaurus))
              : Optional.empty();
    }

    /**
     * The features of a text; valid until the next one is read.
     *
     * @param counted by the model beside it, where there is one
     */
    DocumentFeatures read(String text, Optional<TextReader> counted) {
      document.size = 0;
      own.ifPresent(reader -> reader.read(text));
      if (sharesTerms) {
        counted.orElseThrow().forEachTerm(counter);
      } else if (own.isPresent()) {
        own.get().forEachTerm(counter);
      } else {
        hashScanner.scan(text, this);
      }
      if (hasFurther()) {
        further = sharesFurther ? counted : own;
        forEachFurther(counter);
      }
      return weighted();
    }

    /** Gives the further terms of the text read last. */
    void forEachFurther(TextReader.TermCount sink) {
      if (headingWords) {
        further.ifPresent(reader -> reader.forEachHeadingWord(sink));
      }
      if (!thesaurus.isEmpty()) {
        further.ifPresent(reader -> reader.forEachConcept(sink));
      }
    }

    private void count(int hash, int times) {
      int feature = feature(hash);
      if (feature >= 0) {
        if (counts[feature] == 0) {
          document.indices[document.size++] = feature;
        }
        counts[feature] += times;
      }
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

    /** Terms of the text: first those that are features are picked, then these counted. */
    @Override
    public void take(int[] hashes, int count) {
      if (picked.length < count) {
        picked = new int[2 * count];
      }
      int[] into = picked;
      int found = 0;
      for (int term = 0; term < count; term++) {
        int bucket = TermHash.reduce(hashes[term], buckets);
        into[found] = bucket;
        found += (int) (bits[bucket >>> 6] >>> bucket) & 1;
      }
      int size = document.size;
      for (int term = 0; term < found; term++) {
        int feature = rank(into[term]);
        int before = counts[feature];
        counts[feature] = before + 1;
        // written in any case: the next one takes the place of a repeated one
        document.indices[size] = feature;
        size += (before - 1) >>> (Integer.SIZE - 1);
      }
      document.size = size;
    }

    /** Gives every term of a text, features or not. */
    void scan(String text, HashedTermSink sink) {
      scanner.scan(text, sink);
    }
  }
}
