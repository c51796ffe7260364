package org.medroute.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.medroute.config.ConfigurationException;
import org.medroute.config.ExperimentSettings;
import org.medroute.config.Settings;

/**
 * One experiment: a file of settings with an {@code experiment} section.
 *
 * @param name of the file, without its ending
 * @param settings all of them, the file's among them
 */
record Experiment(String name, Settings settings, ExperimentSettings plan) {
  private static final String ENDING = ".conf";

  /**
   * Reads an experiment.
   *
   * @param wanted name of a file in the directory of experiments, or a path that ends in .conf
   */
  static Experiment of(Settings given, String wanted) {
    Path file = file(given, wanted);
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "experiment " + wanted + ": " + file + " does not exist; there are " + names(given));
    }
    Settings settings = given.withFile(file);
    String name = file.getFileName().toString();
    return new Experiment(
        name.substring(0, name.length() - ENDING.length()),
        settings,
        ExperimentSettings.from(settings));
  }

  /** Every experiment of the directory, by name. */
  static List<Experiment> all(Settings given) {
    return names(given).stream().map(name -> of(given, name)).toList();
  }

  private static Path file(Settings given, String wanted) {
    return wanted.endsWith(ENDING) ? Path.of(wanted) : directory(given).resolve(wanted + ENDING);
  }

  private static Path directory(Settings given) {
    return Path.of(given.text("home")).resolve(given.text("experiment.directory"));
  }

  private static List<String> names(Settings given) {
    Path directory = directory(given);
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (java.io.IOException e) {
      throw new ConfigurationException(
          "experiments: directory " + directory + " cannot be read; see experiment.directory", e);
    }
  }

  /**
   * The files that it needs and that are not there; places that are not local are not looked at.
   */
  List<String> missing() {
    String data = settings.text("data");
    if (data.contains("://")) {
      return List.of();
    }
    Path directory = Path.of(data).toAbsolutePath().normalize();
    return plan.data().stream()
        .map(directory::resolve)
        .filter(file -> !Files.isRegularFile(file))
        .map(Path::toString)
        .toList();
  }
}
