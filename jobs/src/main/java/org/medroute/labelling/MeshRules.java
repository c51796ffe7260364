package org.medroute.labelling;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medroute.config.ClassSet;
import org.medroute.config.LabelSettings;
import org.medroute.medline.MeshTree;

/**
 * Which classes a MeSH descriptor belongs to.
 *
 * <p>Every class has marked places in the trees: the tree numbers and subtrees that belong to it,
 * and the carve-outs that leave it. A place belongs to a class if the nearest marked place at or
 * above it belongs; a descriptor belongs if one of its places does. So a rule reaches a whole
 * subtree until a rule for something deeper says otherwise.
 *
 * <p>Computed once on the driver, for all descriptors of the table (about 30,000); the result is a
 * hash map that is sent to every executor.
 */
final class MeshRules implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What the table says about one descriptor.
   *
   * @param name as the table writes it
   * @param classes bit i stands for class i of the class set
   * @param carvedOut indexes of the carve-outs that took it from a class
   */
  record Descriptor(String name, long classes, int[] carvedOut) implements Serializable {}

  private final Map<String, Descriptor> byKey;
  private final Map<String, String> keyByUi;
  private final Set<String> withoutNumber;
  private final Map<String, String> renamed;
  private final List<String> absentRules;
  private final List<String> undecided;

  private MeshRules(
      Map<String, Descriptor> byKey,
      Map<String, String> keyByUi,
      Set<String> withoutNumber,
      Map<String, String> renamed,
      List<String> absentRules,
      List<String> undecided) {
    this.byKey = byKey;
    this.keyByUi = keyByUi;
    this.withoutNumber = withoutNumber;
    this.renamed = renamed;
    this.absentRules = absentRules;
    this.undecided = undecided;
  }

  static MeshRules of(MeshTree tree, LabelSettings.Mesh settings, ClassSet classes) {
    List<String> absent = new ArrayList<>();
    Marks[] marks = new Marks[classes.size()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = new Marks();
    }
    for (LabelSettings.Specialty specialty : settings.specialties()) {
      Marks of = marks[classes.index(specialty.name())];
      specialty.prefixes().forEach(prefix -> of.put(prefix, Marks.BELONGS));
      for (String subtree : specialty.subtrees()) {
        places(tree, subtree, absent).forEach(place -> of.put(place, Marks.BELONGS));
      }
    }
    for (int i = 0; i < settings.carveOuts().size(); i++) {
      LabelSettings.CarveOut carveOut = settings.carveOuts().get(i);
      Marks of = marks[classes.index(carveOut.leaves())];
      for (String place : places(tree, carveOut.descriptor(), absent)) {
        of.put(place, i);
      }
    }
    Set<String> shared = new HashSet<>();
    settings.shared().forEach(name -> shared.add(MeshTree.key(name)));
    Map<String, Descriptor> byKey = new HashMap<>();
    List<String> undecided = new ArrayList<>();
    tree.names()
        .forEach(
            (key, name) -> {
              Descriptor descriptor = descriptor(name, tree.places(key), marks);
              byKey.put(key, descriptor);
              if (Long.bitCount(descriptor.classes()) > 1 && !shared.contains(key)) {
                undecided.add(name);
              }
            });
    Map<String, String> renamed = new HashMap<>();
    settings.renamed().forEach((from, to) -> renamed.put(MeshTree.key(from), MeshTree.key(to)));
    Set<String> withoutNumber = new HashSet<>();
    settings.withoutNumber().forEach(name -> withoutNumber.add(MeshTree.key(name)));
    return new MeshRules(
        byKey,
        new HashMap<>(tree.keysByUi()),
        withoutNumber,
        renamed,
        absent.stream().distinct().sorted().toList(),
        List.copyOf(undecided));
  }

  private static List<String> places(MeshTree tree, String descriptor, List<String> absent) {
    List<String> places = tree.places(descriptor);
    if (places.isEmpty()) {
      absent.add(descriptor);
    }
    return places;
  }

  private static Descriptor descriptor(String name, List<String> places, Marks[] marks) {
    long classes = 0;
    Set<Integer> carvedOut = new HashSet<>();
    for (int i = 0; i < marks.length; i++) {
      for (String place : places) {
        int mark = marks[i].nearest(place);
        if (mark == Marks.BELONGS) {
          classes |= 1L << i;
        } else if (mark >= 0 && marks[i].belongsWithoutCarveOuts(place)) {
          carvedOut.add(mark);
        }
      }
    }
    return new Descriptor(
        name, classes, carvedOut.stream().mapToInt(Integer::intValue).sorted().toArray());
  }

  /**
   * The descriptor of a heading, by UI where the table has it, else by name.
   *
   * @return null if neither is known
   */
  Descriptor descriptor(String ui, String name) {
    if (ui != null) {
      String key = keyByUi.get(ui);
      if (key != null) {
        return byKey.get(key);
      }
    }
    String key = MeshTree.key(name);
    Descriptor known = byKey.get(key);
    if (known == null && renamed.containsKey(key)) {
      known = byKey.get(renamed.get(key));
    }
    if (known == null && withoutNumber.contains(key)) {
      return new Descriptor(name, 0, new int[0]);
    }
    return known;
  }

  /** Descriptors that rules name and the table lacks: nothing to be found by them. */
  List<String> absentRules() {
    return absentRules;
  }

  /** Descriptors that belong to several classes without being listed as shared. */
  List<String> undecided() {
    return undecided;
  }

  /** The marked places of one class. */
  private static final class Marks {
    static final int BELONGS = -1;
    static final int UNMARKED = -2;

    private final Map<String, Integer> marks = new HashMap<>();
    private final Set<String> belonging = new HashSet<>();

    /** Marks a place; a carve-out overrules a rule for the same place. */
    void put(String place, int mark) {
      marks.put(place, mark);
      if (mark == BELONGS) {
        belonging.add(place);
      }
    }

    int nearest(String place) {
      for (String at = place; !at.isEmpty(); at = above(at)) {
        Integer mark = marks.get(at);
        if (mark != null) {
          return mark;
        }
      }
      return UNMARKED;
    }

    boolean belongsWithoutCarveOuts(String place) {
      for (String at = place; !at.isEmpty(); at = above(at)) {
        if (belonging.contains(at)) {
          return true;
        }
      }
      return false;
    }

    private static String above(String place) {
      int dot = place.lastIndexOf('.');
      return dot < 0 ? "" : place.substring(0, dot);
    }
  }
}
