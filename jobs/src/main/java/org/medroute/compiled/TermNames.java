package org.medroute.compiled;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The training terms of each feature, most frequent first, as UTF-8 in one array: strings are made
 * of those that are asked for.
 */
final class TermNames {
  static final String FEATURE_STARTS = "nfst";
  static final String TEXT_STARTS = "ntst";
  static final String TEXT = "ntxt";

  /** First term of each feature, and the end. */
  private final int[] featureStarts;

  /** First byte of each term, and the end. */
  private final int[] textStarts;

  private final byte[] text;

  private TermNames(int[] featureStarts, int[] textStarts, byte[] text) {
    this.featureStarts = featureStarts;
    this.textStarts = textStarts;
    this.text = text;
  }

  static TermNames of(int features, Map<Integer, List<String>> byFeature) {
    int[] featureStarts = new int[features + 1];
    List<byte[]> all = new ArrayList<>();
    int size = 0;
    for (int feature = 0; feature < features; feature++) {
      for (String term : byFeature.getOrDefault(feature, List.of())) {
        byte[] utf8 = term.getBytes(StandardCharsets.UTF_8);
        all.add(utf8);
        size += utf8.length;
      }
      featureStarts[feature + 1] = all.size();
    }
    int[] textStarts = new int[all.size() + 1];
    byte[] text = new byte[size];
    for (int term = 0; term < all.size(); term++) {
      byte[] utf8 = all.get(term);
      System.arraycopy(utf8, 0, text, textStarts[term], utf8.length);
      textStarts[term + 1] = textStarts[term] + utf8.length;
    }
    return new TermNames(featureStarts, textStarts, text);
  }

  /** The terms of a feature, most frequent first; none where they are not known. */
  List<String> of(int feature) {
    List<String> terms = new ArrayList<>();
    for (int term = featureStarts[feature]; term < featureStarts[feature + 1]; term++) {
      terms.add(
          new String(
              text,
              textStarts[term],
              textStarts[term + 1] - textStarts[term],
              StandardCharsets.UTF_8));
    }
    return terms;
  }

  void write(ScorerFile.Writer file) {
    file.ints(FEATURE_STARTS, featureStarts);
    file.ints(TEXT_STARTS, textStarts);
    file.bytes(TEXT, text);
  }

  static TermNames read(ScorerFile file) {
    return new TermNames(file.ints(FEATURE_STARTS), file.ints(TEXT_STARTS), file.bytes(TEXT));
  }
}
