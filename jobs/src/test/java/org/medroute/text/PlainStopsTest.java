package org.medroute.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlainStopsTest {
  private static int holdsNot(PlainStops stops, String word) {
    byte[] bytes = Arrays.copyOf(word.getBytes(StandardCharsets.US_ASCII), PackedWord.PADDING);
    return stops.holdsNot(
        TermHash.hash(word), PackedWord.chars(bytes, 0), PackedWord.chars(bytes, Long.BYTES));
  }

  @Test
  void holdsTheEnglishStopWordsAndNothingElse() {
    PlainStops stops = new PlainStops(StopWords.ENGLISH);
    assertThat(StopWords.ENGLISH).allMatch(word -> holdsNot(stops, word) == 0);
    assertThat(List.of("heart", "th", "thes", "furthermor", "2", "x"))
        .allMatch(word -> holdsNot(stops, word) == 1);
  }

  @Test
  void aLongListIsHeldWhole() {
    List<String> words = IntStream.range(0, 70_000).mapToObj(i -> "word" + i).toList();
    PlainStops stops = new PlainStops(words);
    assertThat(words).allMatch(word -> holdsNot(stops, word) == 0);
    assertThat(IntStream.range(70_000, 140_000).mapToObj(i -> "word" + i))
        .allMatch(word -> holdsNot(stops, word) == 1);
  }

  @Test
  void leavesOutWordsThatAreNotPlain() {
    PlainStops stops = new PlainStops(List.of("il-6", "m\u00e9", "x".repeat(16), "", "ok"));
    assertThat(holdsNot(stops, "ok")).isZero();
    assertThat(holdsNot(stops, "il-6")).isOne();
    assertThat(holdsNot(stops, "x".repeat(15))).isOne();
  }
}
