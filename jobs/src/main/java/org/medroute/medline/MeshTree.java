package org.medroute.medline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.medroute.config.RefusedException;

/**
 * The MeSH trees: every descriptor with the places where it stands.
 *
 * <p>Read from a table with one place a row: tree number TAB descriptor, optionally TAB descriptor
 * UI; lines that begin with # and a head line "tree_number..." are skipped. Names are compared
 * without regard to case. About 62,000 rows for MeSH 2022, some 20 MB of driver memory.
 */
public final class MeshTree {
  private static final Pattern TREE_NUMBER = Pattern.compile("[A-Z]\\d{2}(\\.\\d+)*");
  private static final Pattern UI = Pattern.compile("D\\d{6,9}");

  private final Map<String, List<String>> placesByKey;
  private final Map<String, String> nameByKey;
  private final Map<String, String> keyByUi;

  private MeshTree(
      Map<String, List<String>> placesByKey,
      Map<String, String> nameByKey,
      Map<String, String> keyByUi) {
    this.placesByKey = placesByKey;
    this.nameByKey = nameByKey;
    this.keyByUi = keyByUi;
  }

  /**
   * Reads a table.
   *
   * @param name of the file, for messages
   * @throws RefusedException if a row is none
   */
  public static MeshTree read(BufferedReader reader, String name) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    Map<String, String> names = new HashMap<>();
    Map<String, String> uis = new HashMap<>();
    int number = 0;
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank() || line.startsWith("#") || line.startsWith("tree_number")) {
          continue;
        }
        String[] cells = line.split("\t", -1);
        boolean fits =
            (cells.length == 2 || cells.length == 3)
                && TREE_NUMBER.matcher(cells[0]).matches()
                && !cells[1].isBlank()
                && (cells.length == 2 || cells[2].isEmpty() || UI.matcher(cells[2]).matches());
        if (!fits) {
          throw new RefusedException(
              name
                  + ":"
                  + number
                  + ": expected tree number TAB descriptor [TAB descriptor UI], found \""
                  + line
                  + "\"");
        }
        String key = key(cells[1]);
        places.computeIfAbsent(key, k -> new ArrayList<>(2)).add(cells[0]);
        names.putIfAbsent(key, cells[1].strip());
        if (cells.length == 3 && !cells[2].isEmpty()) {
          uis.put(cells[2], key);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Tree table " + name + " cannot be read", e);
    }
    if (places.isEmpty()) {
      throw new RefusedException(name + ": the tree table has no rows");
    }
    return new MeshTree(places, names, uis);
  }

  /** What names are compared by. */
  public static String key(String descriptor) {
    return descriptor.strip().toLowerCase(Locale.ROOT);
  }

  /** The tree numbers of a descriptor, none if it is unknown. */
  public List<String> places(String descriptor) {
    return placesByKey.getOrDefault(key(descriptor), List.of());
  }

  /** The key of a UI, where the table has UIs. */
  public Optional<String> keyOfUi(String ui) {
    return Optional.ofNullable(keyByUi.get(ui));
  }

  /** UI to key; empty where the table has no UIs. */
  public Map<String, String> keysByUi() {
    return keyByUi;
  }

  /** Name as the table writes it to its places, sorted. */
  public SortedMap<String, List<String>> descriptors() {
    SortedMap<String, List<String>> all = new TreeMap<>();
    nameByKey.forEach((key, name) -> all.put(name, List.copyOf(placesByKey.get(key))));
    return all;
  }

  /** Key to name as the table writes it, sorted. */
  public Map<String, String> names() {
    return new TreeMap<>(nameByKey);
  }
}
