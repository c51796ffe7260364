package org.medroute.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.medroute.config.TrainSettings;
import org.medroute.table.Splits;

/**
 * Which documents of several true classes may train beside a split, and from which fold they must
 * be kept: none that shares a group of duplicates, a held-out journal or a held-out year with a
 * document that tests.
 *
 * @param folds document id to the fold that must not see it, or {@link #EVERY_FOLD}
 * @param groups document id to its group of duplicates
 * @param leftOut number of the others
 */
public record ConflictPlan(Map<String, Integer> folds, Map<String, String> groups, long leftOut) {
  /** In place of a fold: tied to none, the document trains in each. */
  public static final int EVERY_FOLD = -1;

  private static final int NOWHERE = -2;

  /**
   * @param labelled every document with one class
   * @param conflicts documents with several
   */
  static ConflictPlan of(
      List<Member> labelled,
      SplitPlan split,
      FoldPlacement placement,
      List<Member> conflicts,
      TrainSettings settings,
      TrainSettings.SplitKind kind) {
    Set<String> held = new HashSet<>();
    Map<String, Integer> foldOfKey = new HashMap<>();
    for (Member member : labelled) {
      String part = split.parts().get(member.documentId());
      if (Splits.TEST.equals(part) || Splits.VALIDATION.equals(part)) {
        held.addAll(keys(member, kind == TrainSettings.SplitKind.JOURNAL));
      } else if (Splits.TRAIN.equals(part)) {
        int fold = placement.folds().get(member.documentId());
        keys(member, settings.cv().unit() == TrainSettings.FoldUnit.JOURNAL)
            .forEach(key -> foldOfKey.put(key, fold));
      }
    }
    Map<String, Integer> folds = new TreeMap<>();
    Map<String, String> groups = new TreeMap<>();
    for (Member member : conflicts) {
      boolean clear =
          keys(member, true).stream().noneMatch(held::contains)
              && mayTrain(member, settings, kind)
              && SplitPlan.samples(member, settings.sampleShare(), settings.split().seed());
      int fold = clear ? foldOf(member, foldOfKey) : NOWHERE;
      if (fold != NOWHERE) {
        folds.put(member.documentId(), fold);
        groups.put(member.documentId(), member.groupId());
      }
    }
    return new ConflictPlan(folds, groups, conflicts.size() - folds.size());
  }

  private static boolean mayTrain(
      Member member, TrainSettings settings, TrainSettings.SplitKind kind) {
    return switch (kind) {
      case GIVEN -> Splits.TRAIN.equals(member.givenPart());
      case TIME -> member.year() != null && member.year() < settings.split().testFromYear();
      case RANDOM, JOURNAL, NONE -> true;
    };
  }

  /** The one fold that it is tied to; nowhere if there are two. */
  private static int foldOf(Member member, Map<String, Integer> foldOfKey) {
    int found = EVERY_FOLD;
    for (String key : keys(member, true)) {
      Integer fold = foldOfKey.get(key);
      if (fold != null && found != EVERY_FOLD && found != fold) {
        return NOWHERE;
      }
      found = fold == null ? found : fold;
    }
    return found;
  }

  private static List<String> keys(Member member, boolean journals) {
    String group = "g:" + member.groupId();
    return journals && member.journal() != null
        ? List.of(group, "j:" + member.journal())
        : List.of(group);
  }
}
