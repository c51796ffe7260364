package org.medroute.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedFlagsTest {
  private static RedFlags.Finder finder(String... lines) {
    return RedFlags.of(List.of(lines)).finder(TokenOptions.defaults());
  }

  @Test
  void readsLinesAndLeavesCommentsOut() {
    assertThat(RedFlags.of(List.of("# list", "", " Botulism ", "plague # not a journal", "plague")))
        .isEqualTo(new RedFlags(List.of("Botulism", "plague")));
    assertThat(RedFlags.of(List.of("#")).isEmpty()).isTrue();
  }

  @Test
  void findsWordsAndPhrasesInAnyCase() {
    RedFlags.Finder finder = finder("botulism", "rupture of the spleen", "acute toxic megacolon");
    assertThat(finder.find("Wound BOTULISM in two patients.")).contains("botulism");
    assertThat(finder.find("Delayed rupture of a spleen.")).contains("rupture of the spleen");
    assertThat(finder.find("Acute toxic megacolon: a review")).contains("acute toxic megacolon");
    // parts alone, or in another order, are no phrase
    assertThat(finder.find("Toxic megacolon")).isEmpty();
    assertThat(finder.find("The spleen, without rupture.")).isEmpty();
    assertThat(finder.find("Rupture. Spleen intact.")).isEmpty();
    assertThat(finder.find("")).isEmpty();
  }

  @Test
  void forgetsTheTextBefore() {
    RedFlags.Finder finder = finder("toxic megacolon", "megacolon perforation");
    assertThat(finder.find("toxic megacolon")).contains("toxic megacolon");
    assertThat(finder.find("megacolon")).isEmpty();
    // the first of the list is named, wherever it stands in the text
    assertThat(finder.find("megacolon perforation after toxic megacolon"))
        .contains("toxic megacolon");
  }

  @Test
  void wordsStandForPhrasesWhereTextsHaveNoPairs() {
    RedFlags.Finder finder =
        RedFlags.of(List.of("aortic dissection")).finder(TokenOptions.of(2, 1, List.of()));
    assertThat(finder.find("dissection of the aortic arch")).contains("aortic dissection");
    assertThat(finder.find("dissection of the neck")).isEmpty();
  }

  @Test
  void equalHashesAloneAreNoHit() {
    RedFlags.Finder finder = finder("plague");
    finder.begin();
    finder.term(TermHash.hash("plague".toCharArray(), 0, 6));
    assertThat(finder.end("a text with another word of the same hash")).isEmpty();
    finder.begin();
    finder.term(TermHash.hash("plague".toCharArray(), 0, 6));
    assertThat(finder.end("the plague")).contains("plague");
  }

  @Test
  void phraseOfStopWordsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedFlags.of(List.of("of the")))
        .withMessageContaining("\"of the\"");
  }

  @Test
  void shippedListFindsEachOfItsPhrases() throws IOException {
    Path file = Path.of("conf/routing/red-flags.txt");
    RedFlags flags =
        RedFlags.of(Files.readAllLines(Files.exists(file) ? file : Path.of("..").resolve(file)));
    assertThat(flags.phrases()).hasSizeGreaterThan(60).contains("aortic dissection");
    RedFlags.Finder finder = flags.finder(TokenOptions.defaults());
    for (String phrase : flags.phrases()) {
      assertThat(finder.find("A case of " + phrase + " was seen.")).contains(phrase);
    }
  }
}
