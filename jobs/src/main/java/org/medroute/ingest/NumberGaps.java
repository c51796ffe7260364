package org.medroute.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The numbers of a release that are missing between those that are there. What lies before the
 * lowest number is no gap: a warehouse may begin anywhere.
 */
record NumberGaps(SortedMap<Integer, SortedSet<Integer>> present) {

  /** Numbers in the ledger and numbers of the files at hand, together. */
  static NumberGaps of(Map<Integer, SortedSet<Integer>> committed, List<InputFile> files) {
    SortedMap<Integer, SortedSet<Integer>> present = new TreeMap<>();
    committed.forEach((release, numbers) -> present.put(release, new TreeSet<>(numbers)));
    for (InputFile file : files) {
      if (file.number() != null) {
        present.computeIfAbsent(file.release(), year -> new TreeSet<>()).add(file.number());
      }
    }
    return new NumberGaps(present);
  }

  /** One line a release with gaps, numbers as ranges. */
  List<String> messages() {
    List<String> messages = new ArrayList<>();
    present.forEach(
        (release, numbers) -> {
          List<String> missing = missing(numbers, numbers.first(), numbers.last());
          if (!missing.isEmpty()) {
            messages.add(
                String.format(
                    "release %02d: numbers %s are missing between %d and %d",
                    release, String.join(", ", missing), numbers.first(), numbers.last()));
          }
        });
    return messages;
  }

  /** Whether the file lies behind a gap of its release. */
  boolean behindGap(InputFile file) {
    if (file.number() == null) {
      return false;
    }
    SortedSet<Integer> numbers = present.get(file.release());
    return numbers.headSet(file.number()).size() < file.number() - numbers.first();
  }

  /** The numbers from first to last that are not there, as ranges. */
  static List<String> missing(SortedSet<Integer> numbers, int first, int last) {
    List<String> ranges = new ArrayList<>();
    int expected = first;
    for (int number : numbers) {
      addRange(ranges, expected, number - 1);
      expected = number + 1;
    }
    addRange(ranges, expected, last);
    return ranges;
  }

  private static void addRange(List<String> ranges, int from, int to) {
    if (from <= to) {
      ranges.add(from == to ? "" + from : from + "-" + to);
    }
  }
}
