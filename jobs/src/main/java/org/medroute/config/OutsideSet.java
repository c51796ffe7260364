package org.medroute.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Documents that are out of scope for what they are, whatever a model says: key {@code
 * evaluate.outside}.
 *
 * @param name lower-case letters, digits, underscores
 * @param where SQL condition over the documents table
 */
public record OutsideSet(String name, String where) {

  /** Reads the list {@code evaluate.outside}. */
  public static List<OutsideSet> listFrom(Settings settings) {
    List<OutsideSet> sets = new ArrayList<>();
    for (Settings entry : settings.section("evaluate").sections("outside")) {
      String name = entry.text("name");
      if (!name.matches("[a-z0-9][a-z0-9_]*")) {
        throw entry.problem("name", "lower-case letters, digits, underscores");
      }
      if (sets.stream().anyMatch(set -> set.name().equals(name))) {
        throw entry.problem("name", "each name once; " + name + " is twice");
      }
      sets.add(new OutsideSet(name, entry.text("where")));
    }
    return List.copyOf(sets);
  }
}
