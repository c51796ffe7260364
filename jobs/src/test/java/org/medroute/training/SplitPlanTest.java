package org.medroute.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medroute.config.TrainSettings.SplitKind.GIVEN;
import static org.medroute.config.TrainSettings.SplitKind.JOURNAL;
import static org.medroute.config.TrainSettings.SplitKind.NONE;
import static org.medroute.config.TrainSettings.SplitKind.RANDOM;
import static org.medroute.config.TrainSettings.SplitKind.TIME;
import static org.medroute.training.FoldPlacementTest.member;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medroute.config.TrainSettings.Split;
import org.medroute.config.TrainSettings.SplitKind;

class SplitPlanTest {
  private static Split split(SplitKind kind) {
    return new Split(kind, 0.25, 2010, 5);
  }

  private static Member given(String id, String group, String part) {
    return new Member(id, group, 0, null, 2000, part, false, id, 1.0);
  }

  @Test
  void timeSplitTestsTheNewAndTakesDuplicatesAlong() {
    SplitPlan plan =
        SplitPlan.of(
            List.of(
                member("a", "a", 0, null, 2009),
                member("b", "b", 0, null, 2010),
                member("c", "b", 0, null, 1999),
                member("d", "d", 0, null, null)),
            1,
            split(TIME));
    assertThat(plan.parts())
        .containsEntry("a", "train")
        .containsEntry("b", "test")
        .containsEntry("c", "test")
        .doesNotContainKey("d");
    assertThat(plan.excluded()).containsEntry("no publication year", 1L);
  }

  @Test
  void givenSplitDropsTrainingDuplicatesOfTestDocuments() {
    SplitPlan plan =
        SplitPlan.of(
            List.of(
                given("a", "a", "train"),
                given("b", "b", "test"),
                given("c", "b", "train"),
                given("d", "d", null)),
            1,
            split(GIVEN));
    assertThat(plan.parts()).containsOnlyKeys("a", "b");
    assertThat(plan.excluded())
        .containsEntry("duplicate of a test document", 1L)
        .containsEntry("no given split", 1L);
  }

  @Test
  void journalSplitKeepsJournalsWhole() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String id = String.format("d%03d", i);
      members.add(member(id, id, i % 2, i % 9 == 0 ? null : "J" + i % 20, 2000));
    }
    SplitPlan plan = SplitPlan.of(members, 2, split(JOURNAL));
    Set<String> train = new HashSet<>();
    Set<String> test = new HashSet<>();
    for (Member member : members) {
      boolean tests = plan.parts().get(member.documentId()).equals("test");
      if (member.journal() == null) {
        assertThat(tests).isFalse();
      } else {
        (tests ? test : train).add(member.journal());
      }
    }
    assertThat(test).isNotEmpty().doesNotContainAnyElementsOf(train);
    assertThat(plan.count("test")).isBetween(60L, 120L);
  }

  @Test
  void automatedLabelsNeverTest() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      members.add(new Member("d" + i, "d" + i, 0, null, 2020, null, i % 2 == 0, "h" + i, 1.0));
    }
    SplitPlan plan = SplitPlan.of(members, 1, split(TIME));
    assertThat(plan.count("test")).isEqualTo(50);
    assertThat(plan.excluded()).containsEntry("automated indexing in test", 50L);
    assertThat(SplitPlan.of(members, 1, split(NONE)).count("train")).isEqualTo(100);
  }

  @Test
  void randomSplitHoldsTheAskedShare() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      members.add(member("d" + i, "d" + i, i % 4, null, 2020));
    }
    assertThat(SplitPlan.of(members, 4, split(RANDOM)).count("test")).isEqualTo(40);
  }

  @Test
  void sampleKeepsGroupsWholeLiesWithinALargerOneAndLeavesTheTestAlone() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      members.add(
          given(String.format("d%03d", i), "g" + i / 2, (i / 2) % 5 == 0 ? "test" : "train"));
    }
    SplitPlan whole = SplitPlan.of(members, 1, split(GIVEN));
    SplitPlan quarter = whole.sampled(members, 0.25, 5);
    SplitPlan half = whole.sampled(members, 0.5, 5);
    assertThat(whole.sampled(members, 1, 5)).isEqualTo(whole);
    assertThat(whole.count("train")).isEqualTo(800);
    assertThat(half.count("train")).isBetween(340L, 460L);
    assertThat(quarter.count("train")).isBetween(140L, 260L);
    assertThat(half.parts().entrySet()).containsAll(quarter.parts().entrySet());
    assertThat(quarter.count("test")).isEqualTo(200);
    assertThat(quarter.excluded()).containsEntry("not in the sample", 800 - quarter.count("train"));
    for (int i = 0; i < 1000; i += 2) {
      assertThat(half.parts().containsKey(String.format("d%03d", i)))
          .isEqualTo(half.parts().containsKey(String.format("d%03d", i + 1)));
    }
  }
}
