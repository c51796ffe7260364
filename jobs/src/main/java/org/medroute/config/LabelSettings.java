package org.medroute.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How documents get their labels: one label set, its classes and the rules of each basis.
 *
 * @param set name of the label set, lower-case letters, digits, dashes
 * @param classes class set and order of the task
 * @param bases bases in use; a stronger one decides before a weaker one, see {@link Basis}
 * @param where SQL condition over the documents table; empty for all documents
 * @param weights training weight of each basis, 0..1
 * @param automatedFactor multiplies the weight of labels that rest on Automated indexing, 0..1
 * @param given how labels that came with a document are read
 * @param mesh rules over MeSH headings
 * @param journals path of the journal table, where journals are a basis
 */
public record LabelSettings(
    String set,
    ClassSet classes,
    Set<Basis> bases,
    Optional<String> where,
    Map<Basis, Double> weights,
    double automatedFactor,
    boolean background,
    Given given,
    Mesh mesh,
    Optional<String> journals) {

  /** What a label rests on, the strongest first. */
  public enum Basis {
    EXPERT,
    GIVEN,
    MESH_MAJOR,
    MESH,
    JOURNAL;

    /** The word in the labels table. */
    public String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of a document with several given classes. */
  public enum Several {
    CONFLICT,
    FIRST
  }

  /** What the absence of a given class means. */
  public enum None {
    ABSENT,
    OUT_OF_SCOPE
  }

  /**
   * Given labels.
   *
   * @param map given text to class; where it is empty, a given text is a class if it is its name
   * @param several what two classes mean
   * @param none what no class means
   */
  public record Given(Map<String, String> map, Several several, None none) {
    public Given {
      map = Map.copyOf(map);
    }
  }

  /**
   * Rules over MeSH headings.
   *
   * @param trees path of the tree table, see the labelling package; present where MeSH is a basis
   * @param specialties rules of the classes that have any
   * @param carveOuts subtrees that leave a class
   * @param shared descriptors that belong to several classes by nature
   * @param withoutNumber descriptors that MeSH has without a tree number
   * @param renamed former descriptor to the present one
   * @param knownShare a document is out of scope only if this share of its headings is in the
   *     table, 0..1
   */
  public record Mesh(
      Optional<String> trees,
      List<Specialty> specialties,
      List<CarveOut> carveOuts,
      List<String> shared,
      List<String> withoutNumber,
      Map<String, String> renamed,
      double knownShare) {
    public Mesh {
      specialties = List.copyOf(specialties);
      carveOuts = List.copyOf(carveOuts);
      shared = List.copyOf(shared);
      withoutNumber = List.copyOf(withoutNumber);
      renamed = Map.copyOf(renamed);
    }
  }

  /**
   * What belongs to a class.
   *
   * @param name class
   * @param prefixes tree numbers, each with all below it
   * @param subtrees descriptors, each with all below it wherever it stands
   */
  public record Specialty(String name, List<String> prefixes, List<String> subtrees) {
    public Specialty {
      prefixes = List.copyOf(prefixes);
      subtrees = List.copyOf(subtrees);
    }
  }

  /**
   * A subtree that leaves a class although it stands below one of its prefixes.
   *
   * @param descriptor its top
   * @param leaves class that it leaves
   * @param reason why, for readers
   */
  public record CarveOut(String descriptor, String leaves, String reason) {}

  public LabelSettings {
    EnumSet<Basis> used = EnumSet.noneOf(Basis.class);
    used.addAll(bases);
    bases = Collections.unmodifiableSet(used);
    weights = Map.copyOf(weights);
    if (bases.isEmpty()) {
      throw new IllegalArgumentException("Label set " + set + " has no basis");
    }
    for (Basis basis : bases) {
      if (!weights.containsKey(basis)) {
        throw new IllegalArgumentException("Label set " + set + " has no weight for " + basis);
      }
    }
  }

  public boolean uses(Basis basis) {
    return bases.contains(basis);
  }

  /** Whether any basis reads MeSH headings. */
  public boolean usesMesh() {
    return uses(Basis.MESH) || uses(Basis.MESH_MAJOR);
  }

  public static LabelSettings from(Settings settings) {
    Settings labels = settings.section("labels");
    ClassSet classes = classes(labels);
    EnumSet<Basis> bases = EnumSet.noneOf(Basis.class);
    for (String name : labels.texts("bases")) {
      bases.add(basis(labels, name));
    }
    if (bases.isEmpty()) {
      throw labels.problem("bases", "one basis or more");
    }
    EnumMap<Basis, Double> weights = new EnumMap<>(Basis.class);
    for (Basis basis : Basis.values()) {
      weights.put(basis, labels.number("weights." + Settings.kebab(basis), 0, 1));
    }
    String set = labels.text("set");
    if (!set.matches("[a-z0-9][a-z0-9-]*")) {
      throw labels.problem("set", "lower-case letters, digits, dashes");
    }
    boolean mesh = bases.contains(Basis.MESH) || bases.contains(Basis.MESH_MAJOR);
    Optional<String> journals = labels.optionalText("journals");
    if (bases.contains(Basis.JOURNAL) && journals.isEmpty()) {
      throw labels.problem("journals", "the path of a journal table, for bases has journal");
    }
    return new LabelSettings(
        set,
        classes,
        bases,
        labels.optionalText("where"),
        weights,
        labels.number("automated-factor", 0, 1),
        background(labels, classes),
        given(labels, classes, bases),
        mesh ? mesh(labels.section("mesh"), classes) : noMesh(),
        journals.filter(path -> bases.contains(Basis.JOURNAL)));
  }

  private static ClassSet classes(Settings labels) {
    List<String> names = labels.texts("classes");
    Optional<String> outOfScope = labels.optionalText("out-of-scope");
    if (outOfScope.isPresent() && !names.contains(outOfScope.get())) {
      throw labels.problem("out-of-scope", "one of the classes " + names + ", or nothing");
    }
    try {
      return outOfScope.isPresent()
          ? ClassSet.open(names, outOfScope.get())
          : ClassSet.closed(names);
    } catch (IllegalArgumentException e) {
      ConfigurationException problem =
          labels.problem("classes", "two distinct names or more; conf/labels has class sets");
      problem.addSuppressed(e);
      throw problem;
    }
  }

  private static boolean background(Settings labels, ClassSet classes) {
    boolean background = labels.flag("background");
    if (background && classes.outOfScope().isPresent()) {
      throw labels.problem(
          "background", "false, for documents of no other class are " + classes.outOfScope().get());
    }
    return background;
  }

  private static Basis basis(Settings labels, String name) {
    for (Basis basis : Basis.values()) {
      if (Settings.kebab(basis).equals(name)) {
        return basis;
      }
    }
    throw labels.problem("bases", "a list out of expert, given, mesh-major, mesh, journal");
  }

  private static Given given(Settings labels, ClassSet classes, Set<Basis> bases) {
    Settings given = labels.section("given");
    Map<String, String> map = given.textMap("map");
    if (bases.contains(Basis.GIVEN)) {
      map.forEach((text, name) -> requireClass(given, "map", classes, name));
    }
    None none = given.choice("none", None.class);
    if (none == None.OUT_OF_SCOPE && classes.outOfScope().isEmpty()) {
      throw given.problem("none", "absent, for labels.out-of-scope names no class");
    }
    return new Given(map, given.choice("several", Several.class), none);
  }

  private static Mesh mesh(Settings mesh, ClassSet classes) {
    List<Specialty> specialties =
        each(
            mesh,
            "specialties",
            Set.of("name", "prefixes", "subtrees"),
            entry ->
                new Specialty(
                    target(entry, "name", classes),
                    entry.texts("prefixes"),
                    entry.has("subtrees") ? entry.texts("subtrees") : List.of()));
    Set<String> seen = new HashSet<>();
    for (Specialty specialty : specialties) {
      if (!seen.add(specialty.name())) {
        throw mesh.problem("specialties", "each class once; " + specialty.name() + " is twice");
      }
    }
    if (specialties.isEmpty()) {
      throw mesh.problem("specialties", "rules for one class or more, for bases has MeSH");
    }
    List<CarveOut> carveOuts =
        each(
            mesh,
            "carve-outs",
            Set.of("subtree", "leaves", "reason"),
            entry ->
                new CarveOut(
                    entry.text("subtree"), target(entry, "leaves", classes), entry.text("reason")));
    Map<String, String> renamed = new LinkedHashMap<>();
    each(
        mesh,
        "renamed",
        Set.of("from", "to"),
        entry -> renamed.put(entry.text("from"), entry.text("to")));
    return new Mesh(
        Optional.of(mesh.text("trees")),
        specialties,
        carveOuts,
        mesh.texts("shared"),
        mesh.texts("without-number"),
        renamed,
        mesh.number("known-share", 0, 1));
  }

  private static Mesh noMesh() {
    return new Mesh(Optional.empty(), List.of(), List.of(), List.of(), List.of(), Map.of(), 0);
  }

  private static String target(Settings entry, String key, ClassSet classes) {
    String name = entry.text(key);
    requireClass(entry, key, classes, name);
    if (classes.isOutOfScope(classes.index(name))) {
      throw entry.problem(key, "a target class: " + name + " is what no rule reaches");
    }
    return name;
  }

  private static void requireClass(Settings entry, String key, ClassSet classes, String name) {
    if (!classes.contains(name)) {
      throw entry.problem(key, "one of the classes " + classes.names() + " for " + name);
    }
  }

  /** The entries of a list; a key that is not known is an error, as it is everywhere else. */
  private static <T> List<T> each(
      Settings mesh, String path, Set<String> keys, Function<Settings, T> reader) {
    List<T> entries = new ArrayList<>();
    for (Settings entry : mesh.sections(path)) {
      for (String name : entry.names("")) {
        if (!keys.contains(name)) {
          throw entry.problem(name, "only the keys " + new TreeSet<>(keys) + " here");
        }
      }
      entries.add(reader.apply(entry));
    }
    return entries;
  }
}
