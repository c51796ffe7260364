package org.medroute.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.medroute.config.TrainSettings;
import org.medroute.table.Splits;

/**
 * Which documents without a label of their own may train beside a split, those of several true
 * classes and the background of none, and from which fold they must be kept: none that shares a
 * group of duplicates, a held-out journal or a held-out year with a document that tests.
 *
 * <p>Of the background at most {@value #MOST_BACKGROUND} documents a training document train, those
 * with the smallest hashes: further ones cost time and memory and say little that is new.
 *
 * @param folds document id to the fold that must not see it, or {@link #EVERY_FOLD}
 * @param groups document id to its group of duplicates
 * @param background those of the folds that are of no class
 * @param leftOut number of the others
 */
public record CompanionPlan(
    Map<String, Integer> folds, Map<String, String> groups, Set<String> background, long leftOut) {
  static final CompanionPlan NONE = new CompanionPlan(Map.of(), Map.of(), Set.of(), 0);

  static final int MOST_BACKGROUND = 2;

  /** In place of a fold: tied to none, the document trains in each. */
  public static final int EVERY_FOLD = -1;

  private static final int NOWHERE = -2;

  /**
   * @param labelled every document with one class
   * @param companions documents with several or none
   */
  static CompanionPlan of(
      List<Member> labelled,
      SplitPlan split,
      FoldPlacement placement,
      List<Member> companions,
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
    List<Member> background = new ArrayList<>();
    for (Member member : companions) {
      boolean clear =
          keys(member, true).stream().noneMatch(held::contains)
              && mayTrain(member, settings, kind)
              && SplitPlan.samples(member, settings.sampleShare(), settings.split().seed());
      int fold = clear ? foldOf(member, foldOfKey) : NOWHERE;
      if (fold != NOWHERE) {
        folds.put(member.documentId(), fold);
        groups.put(member.documentId(), member.groupId());
        if (member.label() == Member.NONE) {
          background.add(member);
        }
      }
    }
    long most = MOST_BACKGROUND * split.count(Splits.TRAIN);
    Set<String> kept = new TreeSet<>();
    background.stream()
        .map(Member::documentId)
        .sorted(
            Comparator.comparing((String id) -> FoldPlacement.hash(settings.split().seed(), id))
                .thenComparing(id -> id))
        .forEach(
            id -> {
              if (kept.size() < most) {
                kept.add(id);
              } else {
                folds.remove(id);
                groups.remove(id);
              }
            });
    return new CompanionPlan(folds, groups, kept, companions.size() - folds.size());
  }

  /** Of the splits table. */
  public String part(String documentId) {
    return background.contains(documentId) ? Splits.TRAIN_BACKGROUND : Splits.TRAIN_CONFLICT;
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
