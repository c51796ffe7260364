package org.medroute.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.medroute.config.TrainSettings;
import org.medroute.table.Splits;

/**
 * Decides which labelled document trains and which tests, whole groups at a time.
 *
 * <ul>
 *   <li>random: groups placed greedily, class shares kept
 *   <li>time: a group tests if its newest member is of the given year or later; documents without a
 *       year only train if nothing shows that they are newer, which nobody knows: they are left out
 *   <li>journal: whole journals placed greedily; documents without a journal train
 *   <li>given: as the source says; a training document with a duplicate in the test part is left
 *       out
 * </ul>
 *
 * <p>Labels that rest on Automated indexing never test: such documents leave the test part.
 *
 * @param parts document id to train, validation or test
 * @param excluded documents left out, by reason
 */
public record SplitPlan(Map<String, String> parts, Map<String, Long> excluded) {
  static final String TRAIN = Splits.TRAIN;
  static final String VALIDATION = Splits.VALIDATION;
  static final String TEST = Splits.TEST;

  static SplitPlan of(List<Member> membersById, int classes, TrainSettings.Split split) {
    Map<String, String> parts = new TreeMap<>();
    Map<String, Long> excluded = new LinkedHashMap<>();
    switch (split.kind()) {
      case RANDOM -> place(membersById, classes, split, Groups.Tie.DUPLICATES, parts);
      case JOURNAL -> place(membersById, classes, split, Groups.Tie.DUPLICATES_AND_JOURNALS, parts);
      case TIME -> byTime(membersById, split, parts, excluded);
      case GIVEN -> asGiven(membersById, parts, excluded);
      case NONE -> membersById.forEach(member -> parts.put(member.documentId(), TRAIN));
    }
    for (Member member : membersById) {
      if (member.automated() && TEST.equals(parts.get(member.documentId()))) {
        parts.remove(member.documentId());
        excluded.merge("automated indexing in test", 1L, Long::sum);
      }
    }
    assertGroupsWhole(membersById, parts);
    return new SplitPlan(parts, excluded);
  }

  private static void place(
      List<Member> members,
      int classes,
      TrainSettings.Split split,
      Groups.Tie tie,
      Map<String, String> parts) {
    double[] shares = {1 - split.testShare(), split.testShare()};
    List<List<Member>> placeable = new ArrayList<>();
    for (List<Member> group : Groups.of(members, tie)) {
      if (tie == Groups.Tie.DUPLICATES_AND_JOURNALS
          && group.stream().allMatch(member -> member.journal() == null)) {
        // an unknown journal may be one of the held-out ones, but it cannot prove that it is not in
        // training
        group.forEach(member -> parts.put(member.documentId(), TRAIN));
      } else {
        placeable.add(group);
      }
    }
    FoldPlacement.place(placeable, classes, shares, split.seed())
        .folds()
        .forEach((id, fold) -> parts.put(id, fold == 1 ? TEST : TRAIN));
  }

  private static void byTime(
      List<Member> members,
      TrainSettings.Split split,
      Map<String, String> parts,
      Map<String, Long> excluded) {
    for (List<Member> group : Groups.of(members, Groups.Tie.DUPLICATES)) {
      List<Integer> years = group.stream().map(Member::year).filter(Objects::nonNull).toList();
      if (years.isEmpty()) {
        excluded.merge("no publication year", (long) group.size(), Long::sum);
        continue;
      }
      boolean test = years.stream().anyMatch(year -> year >= split.testFromYear());
      group.forEach(member -> parts.put(member.documentId(), test ? TEST : TRAIN));
    }
  }

  private static void asGiven(
      List<Member> members, Map<String, String> parts, Map<String, Long> excluded) {
    for (List<Member> group : Groups.of(members, Groups.Tie.DUPLICATES)) {
      boolean tests = group.stream().anyMatch(member -> TEST.equals(member.givenPart()));
      boolean validates = group.stream().anyMatch(member -> VALIDATION.equals(member.givenPart()));
      String part = tests ? TEST : validates ? VALIDATION : TRAIN;
      for (Member member : group) {
        if (member.givenPart() == null) {
          excluded.merge("no given split", 1L, Long::sum);
        } else if (!part.equals(member.givenPart())) {
          excluded.merge("duplicate of a " + part + " document", 1L, Long::sum);
        } else {
          parts.put(member.documentId(), part);
        }
      }
    }
  }

  /** A group on both sides of a split would make the test a memory test. */
  private static void assertGroupsWhole(List<Member> members, Map<String, String> parts) {
    Map<String, String> partOfGroup = new java.util.HashMap<>();
    for (Member member : members) {
      String part = parts.get(member.documentId());
      String other = part == null ? null : partOfGroup.putIfAbsent(member.groupId(), part);
      if (other != null && !other.equals(part)) {
        throw new IllegalStateException(
            "Group " + member.groupId() + " stands in " + other + " and in " + part);
      }
    }
  }

  /**
   * The same split with a share of its training part: whole groups of duplicates by a seeded hash,
   * so that a smaller sample lies within a larger one. The other parts stay as they are.
   *
   * @param share above 0 to 1; 1 leaves everything
   */
  SplitPlan sampled(List<Member> membersById, double share, long seed) {
    if (share >= 1) {
      return this;
    }
    Map<String, String> kept = new TreeMap<>(parts);
    long left = 0;
    for (Member member : membersById) {
      if (TRAIN.equals(parts.get(member.documentId())) && !samples(member, share, seed)) {
        kept.remove(member.documentId());
        left++;
      }
    }
    Map<String, Long> reasons = new LinkedHashMap<>(excluded);
    reasons.put("not in the sample", left);
    return new SplitPlan(kept, reasons);
  }

  /** Whether a sample of the training part holds a document's group. */
  static boolean samples(Member member, double share, long seed) {
    return share >= 1 || (FoldPlacement.hash(seed, member.groupId()) >>> 11) * 0x1.0p-53 < share;
  }

  long count(String part) {
    return parts.values().stream().filter(part::equals).count();
  }
}
