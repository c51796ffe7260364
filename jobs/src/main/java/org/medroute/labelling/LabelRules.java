package org.medroute.labelling;

import java.io.BufferedReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.medroute.config.ClassSet;
import org.medroute.config.LabelSettings;
import org.medroute.config.LabelSettings.Basis;
import org.medroute.config.RefusedException;
import org.medroute.medline.MeshTree;

/**
 * The rules of one label set, applied to one document at a time.
 *
 * <p>Bases are asked in the order expert, given, MeSH major, MeSH, journal; the first that names a
 * class decides. If it names two target classes, the document is a conflict: it gets no label,
 * whatever weaker bases say. MeSH is the one basis that can say "none of the targets": a document
 * with headings, enough of them known and none of a target class among them, major or not, is out
 * of scope. In a closed set with a background, MeSH and given labels can say so too: such a
 * document gets no label and is kept, unless a weaker basis names a class.
 *
 * <p>Pure Java, immutable, sent to every executor (about 10 MB with the whole of MeSH).
 */
public final class LabelRules implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int RULE_TERMS = 3;
  private static final int MOST_CLASSES = 63;

  private final ClassSet classes;
  private final List<Basis> bases;
  private final Map<Basis, Double> weights;
  private final double automatedFactor;
  private final boolean background;
  private final Map<String, Integer> given;
  private final LabelSettings.Several several;
  private final LabelSettings.None none;
  private final double knownShare;
  private final List<String> carveOuts;
  private final MeshRules mesh;
  private final JournalRules journals;
  private final String version;

  private LabelRules(
      LabelSettings settings, MeshRules mesh, JournalRules journals, String version) {
    // What executors need, and no more: the settings themselves do not travel.
    this.classes = settings.classes();
    this.bases = List.copyOf(settings.bases());
    this.weights = new EnumMap<>(settings.weights());
    this.automatedFactor = settings.automatedFactor();
    this.background = settings.background();
    this.given = new HashMap<>();
    Map<String, String> map = settings.given().map();
    if (map.isEmpty()) {
      classes.names().forEach(name -> given.put(name, classes.index(name)));
    } else {
      map.forEach((text, name) -> given.put(text, classes.index(name)));
    }
    this.several = settings.given().several();
    this.none = settings.given().none();
    this.knownShare = settings.mesh().knownShare();
    this.carveOuts = settings.mesh().carveOuts().stream().map(LabelRules::name).toList();
    this.mesh = mesh;
    this.journals = journals;
    this.version = version;
  }

  /** Opens the files that settings name. */
  @FunctionalInterface
  public interface Files {
    BufferedReader open(String path);
  }

  /**
   * Reads the tables that the settings name and builds the rules.
   *
   * @throws org.medroute.config.RefusedException if a table has a row that is none
   */
  public static LabelRules read(LabelSettings settings, Files files) {
    if (settings.classes().size() > MOST_CLASSES) {
      throw new RefusedException(
          "Label set "
              + settings.set()
              + " has "
              + settings.classes().size()
              + " classes; "
              + MOST_CLASSES
              + " are the most");
    }
    MeshTree tree = null;
    MeshRules mesh = null;
    if (settings.mesh().trees().isPresent()) {
      String path = settings.mesh().trees().get();
      tree = MeshTree.read(files.open(path), path);
      mesh = MeshRules.of(tree, settings.mesh(), settings.classes());
    }
    JournalRules journals =
        settings.journals().isEmpty()
            ? JournalRules.none()
            : JournalRules.read(
                files.open(settings.journals().get()),
                settings.journals().get(),
                settings.classes());
    return new LabelRules(
        settings, mesh, journals, version(settings, Optional.ofNullable(tree), journals));
  }

  /**
   * What is known about a document.
   *
   * @param expert class by the newest correction, null without one
   * @param given labels that came with it
   * @param issn of its journal; this, abbreviation and title may be null
   * @param automated its headings were chosen by a program
   */
  public record Evidence(
      String expert,
      List<String> given,
      List<Heading> headings,
      String issn,
      String abbreviation,
      String title,
      boolean automated) {
    public Evidence {
      given = List.copyOf(given);
      headings = List.copyOf(headings);
    }
  }

  /** A MeSH heading; {@code ui} may be null. */
  public record Heading(String ui, String name, boolean major) {}

  /** What became of a document. */
  public enum Outcome {
    LABELLED,
    CONFLICT,
    /** Known to be of none of the classes of a closed set. */
    BACKGROUND,
    UNLABELLED
  }

  /**
   * The decision about a document.
   *
   * @param label class, null unless labelled
   * @param labels every class that the deciding basis names, in class order
   * @param basis that decided or, for the background, said that no class applies; null if
   *     unlabelled
   * @param rule what decided, or why nothing did
   * @param weight in training: of the basis that decided, 0 if unlabelled
   * @param automated rests on headings chosen by a program
   * @param unknownHeadings headings that the tree table lacks
   * @param carveOuts those that took a heading of the document from a class
   * @param journal abbreviation of its journal, null if that is none of the table
   * @param unmapped given labels and corrections that name no class
   */
  public record Decision(
      Outcome outcome,
      String label,
      List<String> labels,
      Basis basis,
      String rule,
      double weight,
      boolean automated,
      List<String> unknownHeadings,
      List<String> carveOuts,
      String journal,
      List<String> unmapped) {}

  /** Decides about one document. */
  public Decision decide(Evidence evidence) {
    Reading reading = new Reading(evidence);
    Decision ofNone = null;
    for (Basis basis : bases) {
      Finding finding =
          switch (basis) {
            case EXPERT -> reading.expert();
            case GIVEN -> reading.given();
            case MESH_MAJOR -> reading.mesh(true);
            case MESH -> reading.mesh(false);
            case JOURNAL -> reading.journal();
          };
      if (finding.classes() != 0) {
        return reading.decision(basis, finding);
      }
      if (finding.ofNone() && ofNone == null) {
        ofNone = reading.background(basis, finding);
      }
    }
    return background && ofNone != null ? ofNone : reading.unlabelled();
  }

  /** sha256 over everything that can change a label: class set, rules and tables. */
  public String version() {
    return version;
  }

  public ClassSet classes() {
    return classes;
  }

  /** Number of journals in the table. */
  public int journalCount() {
    return journals.journals().size();
  }

  /** Descriptors that rules name and the tree table lacks. */
  public List<String> absentRules() {
    return mesh == null ? List.of() : mesh.absentRules();
  }

  /** Descriptors of several classes that no carve-out and no list of shared ones names. */
  public List<String> undecidedOverlaps() {
    return mesh == null ? List.of() : mesh.undecided();
  }

  /** Classes as bits, and what named them; no class and a rule: known to be of none. */
  private record Finding(long classes, String rule) {
    static final Finding NOTHING = new Finding(0, "");

    boolean ofNone() {
      return classes == 0 && !rule.isEmpty();
    }
  }

  /** One document on its way through the bases. */
  private final class Reading {
    private final Evidence evidence;
    private final List<String> unknown = new ArrayList<>();
    private final Set<Integer> carvedOut = new HashSet<>();
    private final List<String> unmapped = new ArrayList<>();
    private final List<MeshRules.Descriptor> descriptors = new ArrayList<>();
    private final JournalRules.Journal journal;

    Reading(Evidence evidence) {
      this.evidence = evidence;
      this.journal = journals.find(evidence.issn(), evidence.abbreviation(), evidence.title());
      if (mesh != null) {
        for (Heading heading : evidence.headings()) {
          MeshRules.Descriptor descriptor = mesh.descriptor(heading.ui(), heading.name());
          descriptors.add(descriptor);
          if (descriptor == null) {
            unknown.add(heading.name());
          } else {
            for (int index : descriptor.carvedOut()) {
              carvedOut.add(index);
            }
          }
        }
      }
    }

    Finding expert() {
      if (evidence.expert() == null) {
        return Finding.NOTHING;
      }
      int index = classes.indexOrNone(evidence.expert());
      if (index < 0) {
        unmapped.add(evidence.expert());
        return Finding.NOTHING;
      }
      return new Finding(1L << index, "correction");
    }

    Finding given() {
      long named = 0;
      String first = "";
      for (String text : evidence.given()) {
        Integer index = given.get(text);
        if (index == null) {
          unmapped.add(text);
        } else if (named == 0 || several == LabelSettings.Several.CONFLICT) {
          named |= 1L << index;
          first = first.isEmpty() ? text : first + "; " + text;
        }
      }
      if (named == 0 && none == LabelSettings.None.OUT_OF_SCOPE) {
        return new Finding(outOfScope(), "no given class");
      }
      if (named == 0 && background && !evidence.given().isEmpty()) {
        return new Finding(0, "no given class");
      }
      return new Finding(named, first);
    }

    Finding mesh(boolean majorOnly) {
      long named = 0;
      List<String> terms = new ArrayList<>();
      for (int i = 0; i < descriptors.size(); i++) {
        MeshRules.Descriptor descriptor = descriptors.get(i);
        boolean counts = !majorOnly || evidence.headings().get(i).major();
        if (counts && descriptor != null && descriptor.classes() != 0) {
          // A term is worth naming if it brings a class, or while there is room.
          if ((descriptor.classes() & ~named) != 0 || terms.size() < RULE_TERMS) {
            terms.add(descriptor.name());
          }
          named |= descriptor.classes();
        }
      }
      if (named == 0 && !majorOnly && enoughKnown()) {
        return new Finding(outOfScope(), "no heading of a target class");
      }
      return new Finding(named, String.join("; ", terms));
    }

    private boolean enoughKnown() {
      int headings = descriptors.size();
      return headings > 0
          && headings - unknown.size() >= knownShare * headings
          && unknown.size() < headings;
    }

    Finding journal() {
      return journal == null
          ? Finding.NOTHING
          : new Finding(1L << journal.classIndex(), journal.abbreviation());
    }

    private long outOfScope() {
      int index = classes.outOfScopeIndex();
      return index < 0 ? 0 : 1L << index;
    }

    Decision decision(Basis basis, Finding finding) {
      int targets = Long.bitCount(finding.classes() & ~outOfScope());
      // A target class beside the out-of-scope class says what the document is about.
      long named = targets == 0 ? finding.classes() : finding.classes() & ~outOfScope();
      return decision(
          targets < 2 ? Outcome.LABELLED : Outcome.CONFLICT, names(named), basis, finding.rule());
    }

    Decision background(Basis basis, Finding finding) {
      return decision(Outcome.BACKGROUND, List.of(), basis, finding.rule());
    }

    Decision unlabelled() {
      return decision(Outcome.UNLABELLED, List.of(), null, whyNot());
    }

    private Decision decision(Outcome outcome, List<String> names, Basis basis, String rule) {
      boolean automated =
          evidence.automated() && (basis == Basis.MESH_MAJOR || basis == Basis.MESH);
      double weight = basis == null ? 0 : weights.get(basis) * (automated ? automatedFactor : 1.0);
      return new Decision(
          outcome,
          outcome == Outcome.LABELLED ? names.get(0) : null,
          names,
          basis,
          rule,
          weight,
          automated,
          List.copyOf(unknown),
          carveOuts(),
          journal == null ? null : journal.abbreviation(),
          List.copyOf(unmapped));
    }

    private String whyNot() {
      if (mesh == null || evidence.headings().isEmpty()) {
        return "no evidence";
      }
      return enoughKnown() ? "no heading of a class" : "too few headings are in the tree table";
    }

    private List<String> carveOuts() {
      return carvedOut.stream().sorted().map(carveOuts::get).toList();
    }

    private List<String> names(long named) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < classes.size(); i++) {
        if ((named & (1L << i)) != 0) {
          names.add(classes.name(i));
        }
      }
      return names;
    }
  }

  /** Tells these rules from earlier ones, by which a conflict had no weight. */
  private static final String CONFLICTS_WEIGH = "conflicts weigh\n";

  /** How reports call a carve-out. */
  static String name(LabelSettings.CarveOut carveOut) {
    return carveOut.descriptor() + " leaves " + carveOut.leaves();
  }

  private static String version(
      LabelSettings settings, Optional<MeshTree> tree, JournalRules journals) {
    StringBuilder canonical = new StringBuilder(CONFLICTS_WEIGH);
    canonical.append(settings.classes().names()).append(settings.classes().outOfScopeIndex());
    canonical.append('\n').append(settings.bases()).append(settings.where().orElse(""));
    canonical.append('\n').append(new TreeMap<>(settings.weights()));
    canonical.append(settings.automatedFactor());
    if (settings.background()) {
      canonical.append("background");
    }
    canonical.append('\n').append(new TreeMap<>(settings.given().map()));
    canonical.append(settings.given().several()).append(settings.given().none());
    LabelSettings.Mesh mesh = settings.mesh();
    canonical.append('\n').append(mesh.specialties()).append(mesh.withoutNumber());
    canonical.append(new TreeMap<>(mesh.renamed())).append(mesh.knownShare());
    mesh.carveOuts()
        .forEach(cut -> canonical.append('\n').append(cut.descriptor()).append(cut.leaves()));
    journals
        .journals()
        .forEach(
            journal ->
                canonical
                    .append('\n')
                    .append(journal.abbreviation())
                    .append(journal.title())
                    .append(journal.issns())
                    .append(journal.classIndex()));
    tree.ifPresent(
        trees ->
            trees
                .names()
                .forEach(
                    (key, name) -> canonical.append('\n').append(key).append(trees.places(key))));
    tree.ifPresent(trees -> canonical.append('\n').append(new TreeMap<>(trees.keysByUi())));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
