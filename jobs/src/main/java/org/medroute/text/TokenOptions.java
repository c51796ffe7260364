package org.medroute.text;

import java.io.Serializable;
import java.util.List;

/**
 * What {@link BiomedicalTokenizer} makes of a text.
 *
 * @param minLength shortest word kept, in chars, 1 to 16
 * @param maxNgram 1 for words, 2 for words and pairs of neighbours
 * @param compounds what becomes of hyphenated words
 * @param numbers what becomes of words without a letter
 * @param extraStopWords dropped besides the tokenizer's own list; compared in lower case
 */
public record TokenOptions(
    int minLength, int maxNgram, Compounds compounds, Numbers numbers, List<String> extraStopWords)
    implements Serializable {

  /** Hyphenated words. */
  public enum Compounds {
    /** One word as written: beta-blocker, il-6. */
    WHOLE,
    /** Two words, if each part has three letters or more (beta, blocker); else one (il-6). */
    PARTS,
    /** The parts, as neighbours, and the whole besides: beta-blocker, beta, blocker. */
    WHOLE_AND_PARTS
  }

  /** Words of digits: 12, 0.05, 10-20. */
  public enum Numbers {
    /** Left out, as stop words are. */
    DROP,
    /** Kept as written. */
    KEEP
  }

  public TokenOptions {
    if (minLength < 1 || minLength > 16) {
      throw new IllegalArgumentException("minLength must be 1 to 16, not " + minLength);
    }
    if (maxNgram < 1 || maxNgram > 2) {
      throw new IllegalArgumentException("maxNgram must be 1 or 2, not " + maxNgram);
    }
    extraStopWords = List.copyOf(extraStopWords);
  }

  /** The same with pairs of words. */
  public TokenOptions withPairs() {
    return new TokenOptions(minLength, 2, compounds, numbers, extraStopWords);
  }

  /** Compounds with their parts, no numbers. */
  public static TokenOptions of(int minLength, int maxNgram, List<String> extraStopWords) {
    return new TokenOptions(
        minLength, maxNgram, Compounds.WHOLE_AND_PARTS, Numbers.DROP, extraStopWords);
  }

  /** Words of two chars or more and pairs of them, compounds with their parts, no numbers. */
  public static TokenOptions defaults() {
    return of(2, 2, List.of());
  }
}
