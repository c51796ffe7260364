package org.medroute.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medroute.config.ConfigurationException;
import org.medroute.config.LabelSettings;
import org.medroute.config.LabelSettings.Basis;
import org.medroute.config.RefusedException;
import org.medroute.config.SettingsLoader;
import org.medroute.labelling.LabelRules.Decision;
import org.medroute.labelling.LabelRules.Evidence;
import org.medroute.labelling.LabelRules.Heading;
import org.medroute.labelling.LabelRules.Outcome;

/** Decisions about documents made by hand, over a tree of fifteen places. */
class LabelRulesTest {
  /** H stands for hearts, L for lungs; Shock is named for the lungs' rule; Burst lies in both. */
  private static final String TREES =
      """
      H01	Hearts	D000001
      H01.1	Pump	D000002
      H01.1.1	Valve
      H01.2	Burst
      H01.2.1	Burst Deep
      H01.2.1.1	Burst Abyss
      L01	Lungs
      L01.1	Wheeze
      L01.2	Burst
      E01	Events
      E01.1	Shock
      E01.1.1	Shock Late
      H01.3	Shock
      M01	Persons
      M01.1	Twins
      H01.4	Twins
      L01.4	Twins
      """;

  private static final String JOURNALS =
      """
      abbreviation	title	issn	class	confirmed
      J Heart	The journal of hearts : official	0012-3692	Hearts	here
      Lung Lett	Lung letters		Lungs	here
      """;

  private static final String CONF =
      """
      labels {
        classes = [Hearts, Lungs, Rest]
        out-of-scope = Rest
        weights { mesh = 0.5, journal = 0.25 }
        automated-factor = 0.5
        mesh {
          trees = trees
          specialties = [
            { name = Hearts, prefixes = [H01], subtrees = ["Burst Abyss"] }
            { name = Lungs, prefixes = [L01], subtrees = [Shock] }
          ]
          carve-outs = [
            { subtree = Shock, leaves = Hearts, reason = "named for lungs" }
            { subtree = "Burst Deep", leaves = Hearts, reason = "deep ones are not" }
          ]
          shared = [Twins]
          without-number = [Female]
          renamed = [{ from = "Old Wheeze", to = Wheeze }]
        }
        journals = journals
      }
      """;

  private final LabelRules rules = rules("");

  @Test
  void expertComesBeforeAllElse() {
    Decision decision =
        rules.decide(
            new Evidence("Rest", List.of("Lungs"), major("Pump"), "0012-3692", null, null, false));

    assertThat(decision.label()).isEqualTo("Rest");
    assertThat(decision.basis()).isEqualTo(Basis.EXPERT);
    assertThat(decision.weight()).isEqualTo(1.0);
  }

  @Test
  void aCorrectionToNoClassIsSetAside() {
    Decision decision =
        rules.decide(new Evidence("Kidneys", List.of(), major("Pump"), null, null, null, false));

    assertThat(decision.label()).isEqualTo("Hearts");
    assertThat(decision.unmapped()).containsExactly("Kidneys");
  }

  @Test
  void givenComesBeforeMesh() {
    Decision decision =
        rules.decide(new Evidence(null, List.of("Lungs"), major("Pump"), null, null, null, false));

    assertThat(decision.label()).isEqualTo("Lungs");
    assertThat(decision.basis()).isEqualTo(Basis.GIVEN);
    assertThat(decision.rule()).isEqualTo("Lungs");
  }

  @Test
  void majorHeadingsComeBeforeOthers() {
    Decision decision = mesh(heading("Wheeze", false), heading("Valve", true));

    assertThat(decision.label()).isEqualTo("Hearts");
    assertThat(decision.basis()).isEqualTo(Basis.MESH_MAJOR);
    assertThat(decision.rule()).isEqualTo("Valve");
  }

  @Test
  void otherHeadingsDecideWhereMajorOnesSayNothing() {
    Decision decision = mesh(heading("Persons", true), heading("Wheeze", false));

    assertThat(decision.label()).isEqualTo("Lungs");
    assertThat(decision.basis()).isEqualTo(Basis.MESH);
    assertThat(decision.weight()).isEqualTo(0.5);
  }

  @Test
  void twoTargetsAtTheDecidingBasisAreAConflict() {
    Decision major = mesh(heading("Wheeze", true), heading("Valve", true));
    Decision minor = mesh(heading("Wheeze", false), heading("Valve", false));

    for (Decision decision : List.of(major, minor)) {
      assertThat(decision.outcome()).isEqualTo(Outcome.CONFLICT);
      assertThat(decision.label()).isNull();
      assertThat(decision.labels()).containsExactly("Hearts", "Lungs");
    }
    assertThat(major.weight()).isEqualTo(1.0);
    assertThat(minor.weight()).isEqualTo(0.5);
    assertThat(major.basis()).isEqualTo(Basis.MESH_MAJOR);
    assertThat(minor.basis()).isEqualTo(Basis.MESH);
  }

  @Test
  void aConflictIsNotSettledByAWeakerBasis() {
    Decision decision =
        rules.decide(
            new Evidence(
                null,
                List.of(),
                List.of(heading("Wheeze", true), heading("Valve", true)),
                "0012-3692",
                null,
                null,
                false));

    assertThat(decision.outcome()).isEqualTo(Outcome.CONFLICT);
  }

  @Test
  void headingsOfNoTargetAreOutOfScopeBeforeTheJournalIsAsked() {
    Decision decision =
        rules.decide(
            new Evidence(null, List.of(), minor("Persons"), "0012-3692", null, null, false));

    assertThat(decision.label()).isEqualTo("Rest");
    assertThat(decision.basis()).isEqualTo(Basis.MESH);
    assertThat(decision.rule()).isEqualTo("no heading of a target class");
    assertThat(decision.journal()).isEqualTo("J Heart");
  }

  @Test
  void aTargetAmongMinorHeadingsKeepsADocumentInScope() {
    assertThat(mesh(heading("Persons", true), heading("Valve", false)).label()).isEqualTo("Hearts");
  }

  @Test
  void outOfScopeNeedsEnoughKnownHeadings() {
    // Three of four known is the default share of 0.75; two of three is less.
    Decision enough =
        mesh(
            heading("Persons", false),
            heading("Events", false),
            heading("female", false),
            heading("Gibberish", false));
    Decision tooFew =
        mesh(heading("Persons", false), heading("Events", false), heading("Gibberish", false));
    Decision none = mesh(heading("Gibberish", false));

    assertThat(enough.label()).isEqualTo("Rest");
    assertThat(enough.unknownHeadings()).containsExactly("Gibberish");
    assertThat(tooFew.outcome()).isEqualTo(Outcome.UNLABELLED);
    assertThat(tooFew.rule()).isEqualTo("too few headings are in the tree table");
    assertThat(none.outcome()).isEqualTo(Outcome.UNLABELLED);
  }

  @Test
  void unknownHeadingsDoNotKeepTheJournalFromDeciding() {
    Decision decision =
        rules.decide(
            new Evidence(null, List.of(), minor("Gibberish"), null, "Lung Lett", null, false));

    assertThat(decision.label()).isEqualTo("Lungs");
    assertThat(decision.basis()).isEqualTo(Basis.JOURNAL);
    assertThat(decision.weight()).isEqualTo(0.25);
  }

  @Test
  void aJournalIsFoundByIssnAbbreviationOrTitle() {
    assertThat(journal("0012-3692", "Whatever", null)).isEqualTo("Hearts");
    assertThat(journal("9999-9994", "J. Heart", null)).isEqualTo("Hearts");
    assertThat(journal(null, "lung lett", null)).isEqualTo("Lungs");
    assertThat(journal(null, null, "Journal of Hearts (Oslo, Norway)")).isEqualTo("Hearts");
    assertThat(journal(null, "", "Lung letters = Lungenbriefe")).isEqualTo("Lungs");
    assertThat(journal(null, "J Hearts", "Hearts")).isNull();
    assertThat(journal(null, null, null)).isNull();
  }

  @Test
  void aDocumentWithoutEvidenceStaysUnlabelled() {
    Decision decision =
        rules.decide(new Evidence(null, List.of(), List.of(), null, null, null, false));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNLABELLED);
    assertThat(decision.basis()).isNull();
    assertThat(decision.labels()).isEmpty();
    assertThat(decision.rule()).isEqualTo("no evidence");
  }

  @Test
  void automatedIndexingWeighsLessAndIsMarkedWhereMeshDecides() {
    Decision major =
        rules.decide(new Evidence(null, List.of(), major("Pump"), null, null, null, true));
    Decision minor =
        rules.decide(new Evidence(null, List.of(), minor("Pump"), null, null, null, true));
    Decision given =
        rules.decide(new Evidence(null, List.of("Hearts"), major("Pump"), null, null, null, true));

    assertThat(major.automated()).isTrue();
    assertThat(major.weight()).isEqualTo(0.5);
    assertThat(minor.weight()).isEqualTo(0.25);
    assertThat(given.automated()).isFalse();
    assertThat(given.weight()).isEqualTo(1.0);
  }

  @Test
  void aCarvedOutSubtreeLeavesItsClassAndIsCounted() {
    Decision decision = mesh(heading("Shock Late", true));
    Decision top = mesh(heading("Shock", true));

    // Shock Late stands below Events only; Shock itself also below Hearts.
    assertThat(decision.label()).isEqualTo("Lungs");
    assertThat(decision.carveOuts()).isEmpty();
    assertThat(top.label()).isEqualTo("Lungs");
    assertThat(top.carveOuts()).containsExactly("Shock leaves Hearts");
  }

  @Test
  void theNearestRuleDecides() {
    assertThat(mesh(heading("Burst Deep", true)).label()).isEqualTo("Rest");
    assertThat(mesh(heading("Burst Deep", true)).carveOuts())
        .containsExactly("Burst Deep leaves Hearts");
    assertThat(mesh(heading("Burst Abyss", true)).label()).isEqualTo("Hearts");
  }

  @Test
  void overlapsWithoutADecisionAreNamed() {
    assertThat(rules.undecidedOverlaps()).containsExactly("Burst");
    assertThat(mesh(heading("Burst", true)).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(mesh(heading("Twins", true)).outcome()).isEqualTo(Outcome.CONFLICT);
  }

  @Test
  void rulesForDescriptorsThatTheTableLacksAreNamed() {
    LabelRules rules =
        rules("labels.mesh.carve-outs = [{ subtree = Nowhere, leaves = Lungs, reason = none }]");

    assertThat(rules.absentRules()).containsExactly("Nowhere");
  }

  @Test
  void namesMatchWithoutRegardToCaseAndUiComesFirst() {
    assertThat(mesh(heading("vALVE", true)).label()).isEqualTo("Hearts");
    assertThat(mesh(new Heading("D000002", "A name of later", true)).label()).isEqualTo("Hearts");
    assertThat(mesh(new Heading("D999999", "Wheeze", true)).label()).isEqualTo("Lungs");
    assertThat(mesh(heading("old wheeze", true)).label()).isEqualTo("Lungs");
  }

  @Test
  void givenLabelsAreMapped() {
    LabelRules mapped = rules("labels.given.map { h = Hearts, heart = Hearts, l = Lungs }");

    assertThat(given(mapped, "h", "heart").label()).isEqualTo("Hearts");
    assertThat(given(mapped, "x", "l").label()).isEqualTo("Lungs");
    assertThat(given(mapped, "x", "l").unmapped()).containsExactly("x");
    assertThat(given(mapped, "h", "l").outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(given(mapped, "Hearts").outcome()).isEqualTo(Outcome.UNLABELLED);
  }

  @Test
  void theFirstOfSeveralGivenLabelsCountsIfAsked() {
    LabelRules first = rules("labels.given { map { h = Hearts, l = Lungs }, several = first }");

    assertThat(given(first, "x", "l", "h").label()).isEqualTo("Lungs");
    assertThat(given(first, "x", "l", "h").labels()).containsExactly("Lungs");
  }

  @Test
  void theAbsenceOfAGivenLabelMeansOutOfScopeIfAsked() {
    LabelRules none = rules("labels.given { map { h = Hearts }, none = out-of-scope }");

    assertThat(given(none).label()).isEqualTo("Rest");
    assertThat(given(none).basis()).isEqualTo(Basis.GIVEN);
    assertThat(given(none, "x").label()).isEqualTo("Rest");
    assertThat(given(none, "h").label()).isEqualTo("Hearts");
  }

  @Test
  void documentsOfNoneOfTheClassesOfAClosedSetAreTheBackground() {
    LabelRules closed =
        rules(
            "labels { classes = [Hearts, Lungs], out-of-scope = \"\", background = true,"
                + " given.map { h = Hearts } }");

    Decision byGiven = given(closed, "x");
    assertThat(byGiven.outcome()).isEqualTo(Outcome.BACKGROUND);
    assertThat(byGiven.label()).isNull();
    assertThat(byGiven.labels()).isEmpty();
    assertThat(byGiven.basis()).isEqualTo(Basis.GIVEN);
    assertThat(byGiven.rule()).isEqualTo("no given class");
    assertThat(given(closed, "x", "h").label()).isEqualTo("Hearts");
    assertThat(given(closed).outcome()).isEqualTo(Outcome.UNLABELLED);
    Decision byMesh =
        closed.decide(new Evidence(null, List.of(), major("Persons"), null, null, null, true));
    assertThat(byMesh.outcome()).isEqualTo(Outcome.BACKGROUND);
    assertThat(byMesh.basis()).isEqualTo(Basis.MESH);
    assertThat(byMesh.weight()).isEqualTo(0.25);
    // too few headings are known to say anything; a weaker basis that names a class decides
    assertThat(
            closed
                .decide(
                    new Evidence(
                        null,
                        List.of(),
                        List.of(heading("Unheard", true), heading("Persons", true)),
                        null,
                        null,
                        null,
                        false))
                .outcome())
        .isEqualTo(Outcome.UNLABELLED);
    assertThat(
            closed
                .decide(new Evidence(null, List.of("x"), List.of(), "0012-3692", null, null, false))
                .label())
        .isEqualTo("Hearts");
  }

  @Test
  void withoutABackgroundTheyHaveNoLabel() {
    LabelRules closed = rules("labels { classes = [Hearts, Lungs], out-of-scope = \"\" }");

    assertThat(given(closed, "x").outcome()).isEqualTo(Outcome.UNLABELLED);
    assertThatThrownBy(() -> rules("labels.background = true"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("labels.background")
        .hasMessageContaining("Rest");
  }

  @Test
  void aTargetBesideTheOutOfScopeClassIsNoConflict() {
    assertThat(given(rules, "Rest", "Lungs").label()).isEqualTo("Lungs");
  }

  @Test
  void basesThatAreOffSayNothing() {
    LabelRules journalOnly = rules("labels.bases = [journal]");

    Decision decision =
        journalOnly.decide(
            new Evidence(
                "Lungs", List.of("Lungs"), major("Wheeze"), "0012-3692", null, null, false));

    assertThat(decision.label()).isEqualTo("Hearts");
    assertThat(decision.basis()).isEqualTo(Basis.JOURNAL);
  }

  @Test
  void versionChangesWithWhatDecidesAndWithNothingElse() {
    String version = rules.version();

    assertThat(rules("").version()).isEqualTo(version).hasSize(64);
    assertThat(rules("labels.mesh.shared = []").version()).isEqualTo(version);
    assertThat(rules("labels.weights.mesh = 0.6").version()).isNotEqualTo(version);
    assertThat(rules("labels.mesh.carve-outs = []").version()).isNotEqualTo(version);
    assertThat(rules("labels.given.map { h = Hearts }").version()).isNotEqualTo(version);
    assertThat(rules("", Map.of("trees", TREES + "L01.9\tNew\n", "journals", JOURNALS)).version())
        .isNotEqualTo(version);
    assertThat(
            rules("", Map.of("trees", TREES, "journals", JOURNALS.replace("Lung Lett", "Lung L")))
                .version())
        .isNotEqualTo(version);
  }

  @Test
  void refusesBrokenTablesByLine() {
    assertThatThrownBy(() -> rules("", Map.of("trees", "H01 Hearts\n", "journals", JOURNALS)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("trees:1: expected tree number TAB descriptor");
    assertThatThrownBy(
            () ->
                rules(
                    "",
                    Map.of("trees", TREES, "journals", JOURNALS.replace("0012-3692", "0012-3693"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("journals:2: 0012-3693 is no ISSN");
    assertThatThrownBy(
            () ->
                rules(
                    "",
                    Map.of("trees", TREES, "journals", JOURNALS.replace("\tLungs\t", "\tLung\t"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("journals:3: class Lung");
    assertThatThrownBy(
            () ->
                rules(
                    "",
                    Map.of(
                        "trees",
                        TREES,
                        "journals",
                        JOURNALS + "J Heart\tOther title\t\tLungs\there\n")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("journals:4: J Heart shares");
    assertThatThrownBy(() -> rules("labels.mesh.trees = nowhere"))
        .isInstanceOf(ConfigurationException.class);
  }

  private String journal(String issn, String abbreviation, String title) {
    return rules
        .decide(new Evidence(null, List.of(), List.of(), issn, abbreviation, title, false))
        .label();
  }

  private static Decision given(LabelRules rules, String... labels) {
    return rules.decide(new Evidence(null, List.of(labels), List.of(), null, null, null, false));
  }

  private Decision mesh(Heading... headings) {
    return rules.decide(new Evidence(null, List.of(), List.of(headings), null, null, null, false));
  }

  private static Heading heading(String name, boolean major) {
    return new Heading(null, name, major);
  }

  private static List<Heading> major(String name) {
    return List.of(heading(name, true));
  }

  private static List<Heading> minor(String name) {
    return List.of(heading(name, false));
  }

  private static LabelRules rules(String overlay) {
    return rules(overlay, Map.of("trees", TREES, "journals", JOURNALS));
  }

  private static LabelRules rules(String overlay, Map<String, String> tables) {
    LabelSettings settings =
        LabelSettings.from(
            SettingsLoader.withDefaults().text("rules", CONF).text("test", overlay).load());
    return LabelRules.read(
        settings,
        name -> {
          if (!tables.containsKey(name)) {
            throw new ConfigurationException("no table " + name);
          }
          return new BufferedReader(new StringReader(tables.get(name)));
        });
  }
}
