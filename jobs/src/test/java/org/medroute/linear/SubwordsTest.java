package org.medroute.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pieces of words. */
class SubwordsTest {
  private static Set<Integer> pieces(String word) {
    Subwords subwords = new Subwords();
    subwords.read(("xx" + word).toCharArray(), 2, word.length());
    Set<Integer> pieces = new HashSet<>();
    for (int i = 0; i < subwords.size(); i++) {
      pieces.add(subwords.piece(i));
    }
    assertThat(pieces).hasSize(subwords.size());
    return pieces;
  }

  @Test
  void wordBetweenTwoBlanksIsCutIntoRunsOfThreeToFive() {
    assertThat(pieces("a")).hasSize(1); // "_a_"
    assertThat(pieces("ab")).hasSize(3); // "_ab" "ab_" "_ab_"
    assertThat(pieces("heart")).hasSize(5 + 4 + 3);
  }

  @Test
  void repeatedRunCountsOnce() {
    // "_aaaa_": runs of three _aa aaa aa_, of four _aaa aaaa aaa_, of five _aaaa aaaa_
    assertThat(pieces("aaaa")).hasSize(3 + 3 + 2);
  }

  @Test
  void orderOfTheWordHasTheSamePieces() {
    Subwords subwords = new Subwords();
    for (String word : List.of("a", "aaaa", "bananananan", "gastroenterological", "il-6")) {
      subwords.readInOrder(word.toCharArray(), 0, word.length());
      List<Integer> inOrder = new ArrayList<>();
      for (int i = 0; i < subwords.size(); i++) {
        inOrder.add(subwords.piece(i));
      }
      assertThat(inOrder).as(word).containsExactlyInAnyOrderElementsOf(pieces(word));
    }
  }

  @Test
  void wordsOfOneStemSharePieces() {
    Set<Integer> shared = new HashSet<>(pieces("cardiac"));
    shared.retainAll(pieces("cardiology"));
    // _ca car ard rdi, _car card ardi, _card cardi
    assertThat(shared).hasSize(9);
  }

  @Test
  void beginningIsNotTheMiddle() {
    Set<Integer> shared = new HashSet<>(pieces("art"));
    shared.retainAll(pieces("heart"));
    // art rt_ art_
    assertThat(shared).hasSize(3);
  }
}
