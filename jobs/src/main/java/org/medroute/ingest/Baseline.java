package org.medroute.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.medroute.config.RefusedException;

/**
 * The files of a yearly baseline, complete: numbers 1 to N of one release, each name once.
 *
 * @param release two digits of the year
 * @param files in their order
 * @param notes files that were given and are no part of it
 */
record Baseline(int release, List<InputFile> files, List<String> notes) {
  private static final int NAMES_SHOWN = 5;

  /**
   * @param expected N; 0 for the highest number of the release among the files
   * @throws RefusedException naming the missing numbers, or files that are still being written
   */
  static Baseline of(InputListing listing, int release, int expected) {
    List<InputFile> files = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Map<String, InputFile> names = new HashMap<>();
    for (InputFile file : listing.files()) {
      boolean ofRelease = file.number() != null && file.release() == release;
      if (ofRelease && (expected == 0 || file.number() <= expected)) {
        InputFile twin = names.putIfAbsent(file.name(), file);
        if (twin != null) {
          throw refused(release, FilePlan.twinMessage(file, twin));
        }
        files.add(file);
      } else {
        others.add(file.name());
      }
    }
    if (!listing.unsettled().isEmpty()) {
      throw refused(
          release, "files are still being written: " + String.join(", ", listing.unsettled()));
    }
    TreeSet<Integer> numbers = new TreeSet<>();
    files.forEach(file -> numbers.add(file.number()));
    if (numbers.isEmpty()) {
      throw refused(
          release,
          String.format("none of the %d files given is of release %02d", others.size(), release));
    }
    int last = expected == 0 ? numbers.last() : expected;
    List<String> missing = NumberGaps.missing(numbers, 1, last);
    if (!missing.isEmpty()) {
      throw refused(
          release,
          String.format("of 1 to %d, numbers %s are missing", last, String.join(", ", missing)));
    }
    return new Baseline(release, List.copyOf(files), notes(release, others));
  }

  /** The digest of its files' names and contents. */
  static Replacement.Marker marker(int release, List<StagedFile> files) {
    MessageDigest digest = Checksums.algorithm("MD5");
    files.stream()
        .map(file -> file.file().name() + "\0" + file.md5() + "\n")
        .sorted()
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return new Replacement.Marker(release, HexFormat.of().formatHex(digest.digest()));
  }

  static RefusedException refused(int release, String why) {
    return new RefusedException(
        String.format(
            "Baseline %02d was not swapped in, and nothing was written: %s", release, why));
  }

  private static List<String> notes(int release, List<String> others) {
    if (others.isEmpty()) {
      return List.of();
    }
    String shown = String.join(", ", others.subList(0, Math.min(NAMES_SHOWN, others.size())));
    int more = others.size() - NAMES_SHOWN;
    return List.of(
        String.format(
            "left aside, for they are no part of baseline %02d: %s%s",
            release, shown, more > 0 ? " and " + more + " more" : ""));
  }
}
