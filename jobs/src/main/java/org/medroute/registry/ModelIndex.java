package org.medroute.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.medroute.config.ConfigurationException;
import org.medroute.config.RefusedException;
import org.medroute.table.Models;

/**
 * The rows of the models table as one small file beside the models, for programs without Spark. It
 * names the version of the table that it was made from: one that is behind the table is refused,
 * never believed.
 *
 * @param table place of the models table below the warehouse
 * @param tableVersion of the models table
 * @param entries newest first
 */
public record ModelIndex(String table, long tableVersion, List<ModelRegistry.Entry> entries) {
  /** Place below the warehouse. */
  static final String FILE = "model_files/index.json";

  private static final String TABLE = "table";
  private static final String TABLE_VERSION = "table_version";
  private static final String MODELS = "models";
  private static final String LOG = "_delta_log";
  private static final ObjectMapper JSON = new ObjectMapper();

  public ModelIndex {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the index of a warehouse on this machine.
   *
   * @throws RefusedException if there is none, or the models table has changed since
   */
  public static ModelIndex read(Path warehouse) {
    Path file = warehouse.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(
          "No models at "
              + warehouse
              + ": "
              + file
              + " is missing. Run train, or name another --warehouse; `models list` writes the file"
              + " for models that are there");
    }
    ModelIndex index = parse(file);
    long newest = newestVersion(warehouse.resolve(index.table()).resolve(LOG));
    if (newest != index.tableVersion()) {
      throw new RefusedException(
          "Index "
              + file
              + " was written at version "
              + index.tableVersion()
              + " of the models table, which is at version "
              + newest
              + ": a run was cut short. `models list` writes it anew");
    }
    return index;
  }

  private static ModelIndex parse(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      List<ModelRegistry.Entry> entries = new ArrayList<>();
      for (JsonNode node : root.path(MODELS)) {
        entries.add(
            new ModelRegistry.Entry(
                node.get(Models.MODEL_VERSION).asText(),
                node.get(Models.TASK).asText(),
                node.get(Models.STATUS).asText(),
                node.get(Models.PATH).asText(),
                node.get(Models.DIGEST).asText(),
                Instant.parse(node.get(Models.CREATED_AT).asText())));
      }
      return new ModelIndex(
          root.path(TABLE).asText(), root.path(TABLE_VERSION).asLong(-1), entries);
    } catch (IOException | RuntimeException e) {
      throw new RefusedException(
          "Index " + file + " cannot be read (" + e + "); `models list` writes it anew", e);
    }
  }

  /** The newest commit of a Delta table; its file is never cleaned up. */
  private static long newestVersion(Path log) {
    try (Stream<Path> files = Files.list(log)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{20}\\.json"))
          .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
          .max()
          .orElse(-1);
    } catch (IOException e) {
      throw new RefusedException("The log of the models table cannot be read: " + e, e);
    }
  }

  /**
   * Finds a model by what the user wrote.
   *
   * @param wanted a version, "champion", or "latest"
   * @param where for the message
   * @throws ConfigurationException listing what there is
   */
  public ModelRegistry.Entry resolve(String wanted, String task, String where) {
    Optional<ModelRegistry.Entry> found =
        switch (wanted) {
          case "latest" -> entries.stream().filter(entry -> entry.task().equals(task)).findFirst();
          case ModelRegistry.CHAMPION ->
              entries.stream()
                  .filter(
                      entry ->
                          entry.task().equals(task)
                              && entry.status().equals(ModelRegistry.CHAMPION))
                  .findFirst();
          default -> entries.stream().filter(entry -> entry.version().equals(wanted)).findFirst();
        };
    return found.orElseThrow(
        () ->
            new ConfigurationException(
                "model "
                    + wanted
                    + " of task "
                    + task
                    + " is not in "
                    + where
                    + "; there "
                    + (entries.isEmpty()
                        ? "is none yet: run train"
                        : "are "
                            + String.join(
                                ", ",
                                entries.stream()
                                    .limit(10)
                                    .map(e -> e.version() + " (" + e.status() + ")")
                                    .toList())
                            + "; `models promote VERSION` makes a champion")));
  }

  String toJson() {
    List<Map<String, Object>> models = new ArrayList<>();
    for (ModelRegistry.Entry entry : entries) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put(Models.MODEL_VERSION, entry.version());
      model.put(Models.TASK, entry.task());
      model.put(Models.STATUS, entry.status());
      model.put(Models.PATH, entry.path());
      model.put(Models.DIGEST, entry.digest());
      model.put(Models.CREATED_AT, entry.createdAt().toString());
      models.add(model);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(TABLE, table);
    root.put(TABLE_VERSION, tableVersion);
    root.put(MODELS, models);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values are always JSON", e);
    }
  }
}
