package org.medroute.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Precedence, tried on tables held in memory: every order of arrival, every division in batches.
 */
class RegisterTest {
  private static final String DOCUMENT = "pmid:1";

  /** One record of a made-up file. */
  private record Event(String id, int version, boolean tombstone, String revised, String text) {}

  private record Source(String name, int number, List<Event> events) {}

  /** The tables as a register keeps them. */
  private static final class Tables {
    final Map<String, Rank> documents = new TreeMap<>();
    final Map<String, Rank> deletions = new TreeMap<>();
    final Map<Register.Fate, Integer> fates = new TreeMap<>();
    private int inserted;
    private int removed;

    /** Merges files as one batch. */
    void merge(List<Source> batch) {
      Map<String, List<Register.Revision>> byDocument = new TreeMap<>();
      for (int file = 0; file < batch.size(); file++) {
        Source source = batch.get(file);
        for (int i = 0; i < source.events().size(); i++) {
          Event event = source.events().get(i);
          byDocument
              .computeIfAbsent(event.id(), id -> new ArrayList<>())
              .add(
                  new Register.Revision(
                      Register.Origin.BATCH, file, false, rank(source, event, i + 1)));
        }
      }
      int before = documents.size();
      int fated = fates.values().stream().mapToInt(Integer::intValue).sum();
      inserted = 0;
      removed = 0;
      byDocument.forEach(this::merge);
      int read = batch.stream().mapToInt(source -> source.events().size()).sum();
      assertThat(fates.values().stream().mapToInt(Integer::intValue).sum() - fated).isEqualTo(read);
      assertThat(documents.size()).isEqualTo(before + inserted - removed);
    }

    private void merge(String id, List<Register.Revision> revisions) {
      List<Register.Revision> all = new ArrayList<>(revisions);
      if (documents.containsKey(id)) {
        all.add(table(Register.Origin.DOCUMENTS, documents.get(id)));
      }
      deletions.forEach(
          (key, rank) -> {
            if (key.startsWith(id + " ")) {
              all.add(table(Register.Origin.DELETIONS, rank));
            }
          });
      List<Register.Decision> decisions = Register.decide(all);
      for (int i = 0; i < all.size(); i++) {
        apply(id, all.get(i), decisions.get(i));
      }
    }

    private void apply(String id, Register.Revision revision, Register.Decision decision) {
      decision.fate().ifPresent(fate -> fates.merge(fate, 1, Integer::sum));
      Register.Effect effect = decision.effect().orElse(Register.Effect.YIELD);
      switch (effect) {
        case INSERT -> {
          assertThat(documents.put(id, revision.rank())).isNull();
          inserted++;
        }
        case UPDATE -> assertThat(documents.put(id, revision.rank())).isNotNull();
        case REMOVE -> {
          assertThat(documents.remove(id)).isNotNull();
          removed++;
        }
        case YIELD -> {
          // The update that takes its place does the work.
        }
      }
      String key = id + " " + revision.rank().version();
      decision
          .tomb()
          .ifPresent(
              tomb -> {
                if (tomb == Register.Tomb.ADD) {
                  deletions.put(key, revision.rank());
                } else {
                  deletions.remove(key);
                }
              });
    }

    private static Register.Revision table(Register.Origin origin, Rank rank) {
      return new Register.Revision(origin, -1, false, rank);
    }

    private static Rank rank(Source source, Event event, int ordinal) {
      return Rank.of(
          event.version(),
          source.number() > 0 ? 26 : 0,
          source.number(),
          event.tombstone(),
          event.revised(),
          event.tombstone() ? "" : event.text(),
          source.name(),
          ordinal,
          "pubmed");
    }

    String state() {
      return documents + " " + deletions;
    }

    Optional<String> text() {
      return Optional.ofNullable(documents.get(DOCUMENT)).map(Rank::contentHash);
    }
  }

  private static Event citation(int version, String text) {
    return new Event(DOCUMENT, version, false, "", text);
  }

  private static Event revised(String date, String text) {
    return new Event(DOCUMENT, 1, false, date, text);
  }

  private static Event delete(int version) {
    return new Event(DOCUMENT, version, true, "", "");
  }

  private static Source numbered(int number, Event... events) {
    return new Source("pubmed26n" + number, number, List.of(events));
  }

  private static Source unnumbered(String name, Event... events) {
    return new Source(name, 0, List.of(events));
  }

  @Test
  void deleteRemovesWhatStandsBeforeIt() {
    assertThat(settled(numbered(1, citation(1, "a")), numbered(2, delete(1)))).isEmpty();
  }

  @Test
  void deleteOfAnUnknownDocumentIsATombstone() {
    Tables tables = merged(List.of(numbered(2, delete(1))));
    assertThat(tables.deletions).containsOnlyKeys(DOCUMENT + " 1");
    assertThat(tables.fates).containsExactly(Map.entry(Register.Fate.DELETED, 1));
  }

  @Test
  void lateOlderRevisionStaysDead() {
    assertThat(settled(numbered(5, delete(2)), numbered(3, citation(1, "a")))).isEmpty();
    assertThat(settled(numbered(5, delete(2)), numbered(9, citation(1, "a")))).isEmpty();
    assertThat(settled(numbered(5, delete(1)), numbered(3, citation(1, "a")))).isEmpty();
  }

  @Test
  void revisionBehindTheDeleteLivesAgain() {
    assertThat(settled(numbered(5, delete(1)), numbered(6, citation(1, "a")))).contains("a");
    assertThat(settled(numbered(5, delete(1)), numbered(2, citation(2, "b")))).contains("b");
  }

  @Test
  void deleteOfVersionOneLeavesVersionTwo() {
    assertThat(
            settled(
                numbered(10, citation(2, "two")),
                numbered(11, citation(1, "one")),
                numbered(12, delete(1))))
        .contains("two");
  }

  @Test
  void laterFileWinsWhateverItsDate() {
    assertThat(
            settled(
                numbered(1, revised("2020-01-01", "a")), numbered(2, revised("2019-01-01", "b"))))
        .contains("b");
  }

  @Test
  void lastOfAFileWins() {
    assertThat(settled(numbered(1, citation(1, "z"), citation(1, "a")))).contains("a");
    assertThat(settled(unnumbered("f", revised("2020-01-01", "z"), revised("2010-01-01", "a"))))
        .contains("a");
    assertThat(settled(unnumbered("f", delete(1), citation(1, "a")))).contains("a");
    assertThat(settled(unnumbered("f", citation(1, "a"), delete(1)))).isEmpty();
  }

  @Test
  void unnumberedRanksBelowNumberedAndByDateThenContent() {
    assertThat(settled(unnumbered("f", revised("2025-01-01", "f")), numbered(1, citation(1, "n"))))
        .contains("n");
    assertThat(
            settled(
                unnumbered("f", revised("2020-01-01", "z")),
                unnumbered("g", revised("2021-01-01", "a"))))
        .contains("a");
    assertThat(settled(unnumbered("f", citation(1, "b")), unnumbered("g", citation(1, "a"))))
        .contains("b");
    assertThat(settled(unnumbered("f", delete(1)), unnumbered("g", revised("2021-01-01", "a"))))
        .isEmpty();
  }

  @Test
  void everyRecordHasAFate() {
    Tables tables =
        merged(
            List.of(
                numbered(1, citation(1, "a"), citation(1, "b")),
                numbered(2, citation(2, "c")),
                numbered(3, delete(1))));
    assertThat(tables.fates)
        .containsExactly(
            Map.entry(Register.Fate.LIVE, 1),
            Map.entry(Register.Fate.SUPERSEDED, 2),
            Map.entry(Register.Fate.DELETED, 1));
  }

  @Test
  void secondAttemptAfterADeathFindsItsOwnRowsLive() {
    Source source = numbered(1, citation(1, "a"), citation(1, "b"));
    Tables tables = merged(List.of(source));
    String state = tables.state();
    Map<Register.Fate, Integer> fates = new TreeMap<>(tables.fates);
    tables.fates.clear();
    tables.merge(List.of(source));
    assertThat(tables.state()).isEqualTo(state);
    assertThat(tables.fates).isEqualTo(fates);
  }

  @Test
  void rowsOfAReplacedFileTakeNoPart() {
    Rank old = Rank.of(1, 26, 1, false, "", "old", "f", 5, "pubmed");
    Rank next = Rank.of(1, 26, 1, false, "", "new", "f", 2, "pubmed");
    Register.Revision standing = new Register.Revision(Register.Origin.DOCUMENTS, -1, true, old);
    List<Register.Decision> replaced =
        Register.decide(
            List.of(new Register.Revision(Register.Origin.BATCH, 0, false, next), standing));
    assertThat(replaced.get(0).effect()).contains(Register.Effect.UPDATE);
    assertThat(replaced.get(1).effect()).contains(Register.Effect.YIELD);
    assertThat(Register.decide(List.of(standing)).get(0).effect()).contains(Register.Effect.REMOVE);
  }

  @Test
  void noOrderOfArrivalAndNoBatchingCanBeTold() {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      List<Source> files = randomFiles(random);
      String expected = merged(files).state();
      for (List<Source> order : permutations(files)) {
        Tables single = new Tables();
        Tables mixed = new Tables();
        for (int i = 0; i < order.size(); ) {
          int size = 1 + random.nextInt(order.size() - i);
          mixed.merge(order.subList(i, i + size));
          i += size;
        }
        order.forEach(file -> single.merge(List.of(file)));
        assertThat(single.state()).isEqualTo(expected);
        assertThat(mixed.state()).isEqualTo(expected);
      }
    }
  }

  private static List<Source> randomFiles(Random random) {
    List<Source> files = new ArrayList<>();
    for (int file = 0; file < 5; file++) {
      List<Event> events = new ArrayList<>();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        events.add(
            new Event(
                "pmid:" + (1 + random.nextInt(2)),
                1 + random.nextInt(3),
                random.nextInt(3) == 0,
                random.nextBoolean() ? "" : "202" + random.nextInt(3) + "-01-01",
                "text " + random.nextInt(4)));
      }
      files.add(new Source("file " + file, random.nextInt(4), events));
    }
    return files;
  }

  /** The state of the document, checked to be the same for every order of the files. */
  private static Optional<String> settled(Source... files) {
    Tables together = merged(List.of(files));
    for (List<Source> order : permutations(List.of(files))) {
      Tables tables = new Tables();
      order.forEach(file -> tables.merge(List.of(file)));
      assertThat(tables.state()).isEqualTo(together.state());
    }
    return together.text();
  }

  private static Tables merged(List<Source> files) {
    Tables tables = new Tables();
    tables.merge(files);
    return tables;
  }

  private static <T> List<List<T>> permutations(List<T> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      List<T> rest = new ArrayList<>(items);
      T first = rest.remove(i);
      for (List<T> tail : permutations(Collections.unmodifiableList(rest))) {
        List<T> order = new ArrayList<>(List.of(first));
        order.addAll(tail);
        all.add(order);
      }
    }
    return all;
  }
}
