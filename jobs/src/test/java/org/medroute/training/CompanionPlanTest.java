package org.medroute.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medroute.config.TrainSettings.SplitKind.GIVEN;
import static org.medroute.config.TrainSettings.SplitKind.JOURNAL;
import static org.medroute.config.TrainSettings.SplitKind.RANDOM;
import static org.medroute.config.TrainSettings.SplitKind.TIME;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medroute.config.Settings;
import org.medroute.config.TrainSettings;
import org.medroute.table.Splits;
import org.medroute.testing.SampleWarehouse;

/**
 * Documents of several classes or none train only where nothing ties them to a held-out document.
 */
class CompanionPlanTest {
  private static final List<Member> LABELLED =
      List.of(
          member("a", "group-a", 0, "Heart", 2010, "train"),
          member("b", "group-b", 1, "Skin", 2011, "train"),
          member("c", "group-c", 0, "Lung", 2016, "test"));
  private static final Map<String, String> PARTS =
      Map.of("a", Splits.TRAIN, "b", Splits.TRAIN, "c", Splits.TEST);
  private static final Map<String, Integer> FOLDS = Map.of("a", 0, "b", 1);

  private static Member member(
      String id, String group, int label, String journal, Integer year, String part) {
    return new Member(id, group, label, journal, year, part, false, "hash " + id, 1);
  }

  private static Member several(
      String id, String group, String journal, Integer year, String part) {
    return member(id, group, Member.SEVERAL, journal, year, part);
  }

  private static CompanionPlan plan(
      TrainSettings.SplitKind kind, List<String> overrides, Member... several) {
    Settings settings = SampleWarehouse.settings(overrides.toArray(String[]::new));
    return CompanionPlan.of(
        LABELLED,
        new SplitPlan(PARTS, Map.of()),
        new FoldPlacement(FOLDS, 0),
        List.of(several),
        TrainSettings.from(settings),
        kind);
  }

  @Test
  void duplicateOfATestDocumentIsLeftOut() {
    CompanionPlan plan =
        plan(
            RANDOM,
            List.of(),
            several("x", "group-c", "Other", 2012, null),
            several("y", "group-y", "Lung", 2012, null));
    assertThat(plan.folds()).isEqualTo(Map.of("y", CompanionPlan.EVERY_FOLD));
    assertThat(plan.groups()).isEqualTo(Map.of("y", "group-y"));
    assertThat(plan.leftOut()).isOne();
  }

  @Test
  void duplicateOfATrainingDocumentKeepsToItsFold() {
    CompanionPlan plan = plan(RANDOM, List.of(), several("x", "group-b", null, null, null));
    assertThat(plan.folds()).isEqualTo(Map.of("x", 1));
  }

  @Test
  void documentOfAHeldOutJournalIsLeftOut() {
    CompanionPlan plan =
        plan(
            JOURNAL,
            List.of("train.cross-validation.unit=journal"),
            several("x", "group-x", "Lung", 2010, null),
            several("y", "group-y", "Skin", 2010, null),
            several("z", "group-a", "Skin", 2010, null));
    // z is tied to both folds
    assertThat(plan.folds()).isEqualTo(Map.of("y", 1));
    assertThat(plan.leftOut()).isEqualTo(2);
  }

  @Test
  void yearOfATimeSplitHoldsForThemToo() {
    CompanionPlan plan =
        plan(
            TIME,
            List.of("train.split.test-from-year=2015"),
            several("x", "group-x", null, 2015, null),
            several("y", "group-y", null, 2014, null),
            several("z", "group-z", null, null, null));
    assertThat(plan.folds().keySet()).containsExactly("y");
  }

  @Test
  void givenTestDocumentsNeverTrain() {
    CompanionPlan plan =
        plan(
            GIVEN,
            List.of(),
            several("x", "group-x", null, null, "test"),
            several("y", "group-y", null, null, null),
            several("z", "group-z", null, null, "train"));
    assertThat(plan.folds().keySet()).containsExactly("z");
  }

  @Test
  void backgroundTrainsUpToTwiceTheTrainingPart() {
    Member[] many = new Member[20];
    for (int i = 0; i < many.length; i++) {
      String group = i < 10 ? "group-c" : "g" + i;
      many[i] = member("n" + i, group, Member.NONE, null, null, null);
    }
    CompanionPlan plan = plan(RANDOM, List.of(), many);
    assertThat(plan.background()).hasSize(4).isEqualTo(plan.folds().keySet());
    assertThat(plan.background()).allMatch(id -> id.length() == 3);
    assertThat(plan.groups().keySet()).isEqualTo(plan.background());
    assertThat(plan.leftOut()).isEqualTo(16);
    assertThat(plan.part(plan.background().iterator().next())).isEqualTo("train_background");
    List<Member> turned = new java.util.ArrayList<>(List.of(many));
    java.util.Collections.reverse(turned);
    assertThat(plan(RANDOM, List.of(), turned.toArray(Member[]::new))).isEqualTo(plan);
  }

  @Test
  void backgroundAndConflictsAreToldApart() {
    CompanionPlan plan =
        plan(
            RANDOM,
            List.of(),
            several("x", "group-x", null, null, null),
            member("y", "group-y", Member.NONE, null, null, null));
    assertThat(plan.background()).containsExactly("y");
    assertThat(plan.part("x")).isEqualTo("train_conflict");
    assertThat(plan.folds().keySet()).containsExactly("x", "y");
  }

  @Test
  void sampleOfTheTrainingPartHoldsTheSameShareOfThem() {
    Member[] many = new Member[1000];
    for (int i = 0; i < many.length; i++) {
      many[i] = several("m" + i, "g" + i, null, null, null);
    }
    assertThat(plan(RANDOM, List.of("train.sample-share=0.3"), many).folds().size())
        .isBetween(250, 350);
  }
}
