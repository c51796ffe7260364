package org.medroute.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What asks for a person although the confidence would decide. Read when documents are scored: a
 * change needs no new model.
 *
 * @param redFlagLines lines of the lexicon, empty for none; key {@code routing.red-flags}, the path
 *     of a text file, relative to {@code home}
 * @param forced names of classes, in any case; key {@code routing.force-review}
 * @param minimumKnownShare of a text's distinct words, 0 to 1; key {@code routing.min-known-share}
 * @param largestDisagreement of forest and linear model, 0 to 1; key {@code
 *     routing.max-disagreement}
 */
public record ReviewSettings(
    List<String> redFlagLines,
    List<String> forced,
    double minimumKnownShare,
    double largestDisagreement) {
  public ReviewSettings {
    redFlagLines = List.copyOf(redFlagLines);
    forced = List.copyOf(forced);
  }

  /** Reads section {@code routing} and the lexicon that it names. */
  public static ReviewSettings from(Settings settings) {
    Settings routing = settings.section("routing");
    return new ReviewSettings(
        routing
            .optionalText("red-flags")
            .map(path -> lines(routing, Path.of(settings.text("home")).resolve(path)))
            .orElse(List.of()),
        routing.texts("force-review"),
        routing.number("min-known-share", 0, 1),
        routing.number("max-disagreement", 0, 1));
  }

  private static List<String> lines(Settings routing, Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      ConfigurationException problem =
          routing.problem("red-flags", "a text file that can be read as UTF-8 (" + file + ")");
      problem.addSuppressed(e);
      throw problem;
    }
  }
}
