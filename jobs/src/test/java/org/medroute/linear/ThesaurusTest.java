package org.medroute.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.medroute.config.LinearSettings.Learner;
import org.medroute.text.TermHash;
import org.medroute.text.TokenOptions;

class ThesaurusTest {
  private static final Map<String, List<String>> DESCRIPTORS =
      Map.of(
          "Angina, Unstable", List.of("C14.280.647.187.150"),
          "Angina Pectoris", List.of("C14.280.647.187", "C23.888.592.612.233.500"),
          "Heart Diseases", List.of("C14.280"),
          "Heart", List.of("A07.541"),
          "Arteries", List.of("A07.015.114"),
          "Abscess", List.of("C01.830.025"),
          "Leg", List.of("A01.378.610.500"),
          "Adrenergic beta-Antagonists", List.of("D27.505.696.577.100"));

  private static Thesaurus thesaurus(Map<String, List<String>> descriptors) {
    ThesaurusBuilder builder = new ThesaurusBuilder(TokenOptions.defaults());
    descriptors.forEach(builder::add);
    return builder.build();
  }

  /** Hash of a concept to how often a text names it. */
  private static Map<Integer, Integer> counts(Thesaurus thesaurus, String text) {
    TextReader reader = new TextReader(TokenOptions.defaults(), thesaurus);
    reader.read("something else read before: unstable angina");
    reader.read(text);
    Map<Integer, Integer> counts = new TreeMap<>();
    TermCounts concepts = reader.whole().concepts();
    for (int at = 0; at < concepts.size(); at++) {
      counts.put(concepts.hash(at), concepts.count(at));
    }
    return counts;
  }

  /** What descriptors count: themselves, what stands above their places, and the category. */
  private static Map<Integer, Integer> concepts(String... descriptors) {
    Map<String, String> byPlace = new HashMap<>();
    DESCRIPTORS.forEach((name, places) -> places.forEach(place -> byPlace.put(place, name)));
    Map<Integer, Integer> counts = new TreeMap<>();
    for (String descriptor : descriptors) {
      Set<String> above = new HashSet<>();
      for (String place : DESCRIPTORS.get(descriptor)) {
        above.add(place.substring(0, 1));
        for (int end = place.length(); end > 0; end = place.lastIndexOf('.', end - 1)) {
          String at = place.substring(0, end);
          above.add(byPlace.getOrDefault(at, at));
        }
      }
      above.forEach(name -> counts.merge(ThesaurusBuilder.concept(name), 1, Integer::sum));
    }
    return counts;
  }

  @Test
  void aNameCountsItsPlaceAndAllAboveIt() {
    Thesaurus thesaurus = thesaurus(DESCRIPTORS);
    assertThat(counts(thesaurus, "A case of abscess.")).isEqualTo(concepts("Abscess"));
    assertThat(counts(thesaurus, "Two abscesses, one abscess."))
        .isEqualTo(concepts("Abscess", "Abscess"));
    assertThat(counts(thesaurus, "nothing known here")).isEmpty();
    assertThat(counts(thesaurus, "")).isEmpty();
    assertThat(counts(thesaurus, null)).isEmpty();
  }

  @Test
  void theLongestNameIsTakenTurnedAroundOrNot() {
    Thesaurus thesaurus = thesaurus(DESCRIPTORS);
    assertThat(counts(thesaurus, "heart disease")).isEqualTo(concepts("Heart Diseases"));
    assertThat(counts(thesaurus, "the heart. Diseases")).isEqualTo(concepts("Heart"));
    assertThat(counts(thesaurus, "heart attack")).isEqualTo(concepts("Heart"));
    assertThat(counts(thesaurus, "unstable angina")).isEqualTo(concepts("Angina, Unstable"));
    assertThat(counts(thesaurus, "Angina, unstable")).isEqualTo(concepts("Angina, Unstable"));
    assertThat(counts(thesaurus, "the artery and arteries"))
        .isEqualTo(concepts("Arteries", "Arteries"));
  }

  @Test
  void aPlaceAboveSeveralCountsOnceAName() {
    Map<Integer, Integer> found = counts(thesaurus(DESCRIPTORS), "angina pectoris");
    Map<Integer, Integer> expected = concepts("Angina Pectoris");
    assertThat(found).isEqualTo(expected);
    Thesaurus twice = thesaurus(Map.of("Shock", List.of("C23.550.835", "C23.888.100")));
    assertThat(counts(twice, "shock")).containsEntry(ThesaurusBuilder.concept("C23"), 1).hasSize(5);
  }

  @Test
  void compoundsAreReadByTheirParts() {
    Thesaurus thesaurus = thesaurus(DESCRIPTORS);
    Map<Integer, Integer> expected = concepts("Adrenergic beta-Antagonists");
    assertThat(counts(thesaurus, "Adrenergic beta-antagonists help")).isEqualTo(expected);
    assertThat(counts(thesaurus, "adrenergic beta antagonist")).isEqualTo(expected);
  }

  @Test
  void namesAreFoundWherePairsAreNoTerms() {
    TokenOptions words = TokenOptions.of(2, 1, List.of());
    TextReader reader = new TextReader(words, thesaurus(DESCRIPTORS));
    reader.read("A heart disease");
    Map<Integer, Integer> found = new TreeMap<>();
    reader.forEachConcept(found::put);
    assertThat(found).isEqualTo(concepts("Heart Diseases"));
    List<Integer> terms = new ArrayList<>();
    reader.forEachTerm((hash, count) -> terms.add(hash));
    assertThat(terms).containsExactly(TermHash.hash("heart"), TermHash.hash("disease"));
  }

  @Test
  void itsArraysMakeItAgain() {
    Thesaurus thesaurus = thesaurus(DESCRIPTORS);
    assertThat(Thesaurus.of(thesaurus.arrays()).isSameAs(thesaurus)).isTrue();
    assertThat(Thesaurus.EMPTY.isSameAs(thesaurus)).isFalse();
    assertThatThrownBy(() -> Thesaurus.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shortNamesOfOneWordAreNone() {
    assertThat(counts(thesaurus(DESCRIPTORS), "a leg")).isEmpty();
  }

  /** Random names over few words, against a search that tries every name at every place. */
  @Test
  void findsWhatASearchByDefinitionFinds() {
    Random random = new Random(11);
    String[] words = {"alpha", "bravo", "charlie", "deltas", "echo", "foxtrot"};
    for (int round = 0; round < 300; round++) {
      Map<String, List<String>> names = new HashMap<>();
      for (int n = 0; n < 8; n++) {
        List<String> name = new ArrayList<>();
        for (int w = 1 + random.nextInt(3); w > 0; w--) {
          name.add(words[random.nextInt(words.length)]);
        }
        names.put(String.join(" ", name), List.of("C" + (10 + n)));
      }
      List<String> text = new ArrayList<>();
      for (int w = 0; w < 30; w++) {
        text.add(words[random.nextInt(words.length)]);
      }
      Map<Integer, Integer> expected = new TreeMap<>();
      for (int at = 0; at < text.size(); ) {
        int length = 0;
        for (String name : names.keySet()) {
          int size = name.split(" ").length;
          if (at + size <= text.size()
              && String.join(" ", text.subList(at, at + size)).equals(name)) {
            length = Math.max(length, size);
          }
        }
        if (length > 0) {
          String name = String.join(" ", text.subList(at, at + length));
          expected.merge(ThesaurusBuilder.concept(name), 1, Integer::sum);
          expected.merge(ThesaurusBuilder.concept("C"), 1, Integer::sum);
        }
        at += Math.max(1, length);
      }
      assertThat(counts(thesaurus(names), String.join(" ", text))).isEqualTo(expected);
    }
  }

  @Test
  void theOrderOfDescriptorsDoesNotMatter() {
    List<String> names = new ArrayList<>(DESCRIPTORS.keySet());
    Thesaurus first = thesaurus(DESCRIPTORS);
    Collections.shuffle(names, new Random(5));
    ThesaurusBuilder builder = new ThesaurusBuilder(TokenOptions.defaults());
    names.forEach(name -> builder.add(name, DESCRIPTORS.get(name)));
    Thesaurus other = builder.build();
    assertThat(other.formKeys).isEqualTo(first.formKeys);
    assertThat(other.formWords).isEqualTo(first.formWords);
    assertThat(other.firstEdge).isEqualTo(first.firstEdge);
    assertThat(other.edgeWords).isEqualTo(first.edgeWords);
    assertThat(other.firstConcept).isEqualTo(first.firstConcept);
    assertThat(other.concepts).isEqualTo(first.concepts);
  }

  /** Names of a topic that no training text has are told by the concept that they share. */
  @Test
  void aNameThatTrainingNeverSawIsKnownByWhatIsAboveIt() {
    LinearText with = trained(topicNames());
    LinearText without = trained(Thesaurus.EMPTY);
    String unseen = "osteosarcoma\nosteosarcoma of the femur";
    double[] margins = new double[3];
    with.scorer().margins(unseen, margins);
    double[] plain = new double[3];
    without.scorer().margins(unseen, plain);
    assertThat(margins[2] - Math.max(margins[0], margins[1]))
        .isGreaterThan(plain[2] - Math.max(plain[0], plain[1]) + 0.1);
  }

  @Test
  void writtenAndReadItSaysTheSame() {
    LinearText model = trained(topicNames());
    LinearClassifier classifier =
        LinearClassifier.of(model, new Vote(new double[] {1, 1, 1}, new double[0], new double[3]));
    byte[] bytes = classifier.toBytes();
    LinearClassifier read = LinearClassifier.read(bytes);
    assertThat(read.toBytes()).isEqualTo(bytes);
    for (String text : TopicTexts.make(50, 77)) {
      assertThat(probabilities(read, text)).isEqualTo(probabilities(classifier, text));
    }
  }

  @Test
  void effectsOfTermsAndConceptsSumToTheMargin() {
    LinearText model = trained(topicNames());
    LinearScorer scorer = model.scorer();
    double[] margins = new double[3];
    scorer.margins("osteosarcoma and tooth\nosteosarcoma, heart valve and skin rash", margins);
    double[] intercepts = model.intercepts;
    double expected = 0;
    for (int label = 0; label < 3; label++) {
      double own = margins[label] - intercepts[label];
      expected += (label == 2 ? 1 : 0) * own - own / 3;
    }
    double sum = 0;
    for (double effect : scorer.effects(2)) {
      sum += effect;
    }
    assertThat(sum).isCloseTo(expected, within(1e-5));
  }

  @Test
  void arraysThatAreNoTreeAreRefused() {
    Thesaurus good = thesaurus(DESCRIPTORS);
    int[] edges = good.firstEdge.clone();
    edges[1] = edges[edges.length - 1] + 1;
    assertThatThrownBy(
            () ->
                new Thesaurus(
                    good.formKeys,
                    good.formWords,
                    edges,
                    good.edgeWords,
                    good.firstConcept,
                    good.concepts))
        .isInstanceOf(IllegalArgumentException.class);
    int[] words = good.edgeWords.clone();
    words[0] = 1 << 20;
    assertThatThrownBy(
            () ->
                new Thesaurus(
                    good.formKeys,
                    good.formWords,
                    good.firstEdge,
                    words,
                    good.firstConcept,
                    good.concepts))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] probabilities(LinearClassifier classifier, String text) {
    LinearClassifier.Evaluator evaluator = classifier.evaluator();
    double[] probabilities = new double[3];
    evaluator.read(text);
    evaluator.probabilities(new double[0], probabilities);
    return probabilities;
  }

  /** Things of the topics of {@link TopicTexts}, and a further one of the third. */
  private static Thesaurus topicNames() {
    return thesaurus(
        Map.of(
            "Heart Valve", List.of("A07.541.510"),
            "Heart", List.of("A07.541"),
            "Skin", List.of("A17.815"),
            "Psoriasis", List.of("A17.859"),
            "Bone", List.of("A02.835"),
            "Tooth", List.of("A02.836"),
            "Osteosarcoma", List.of("A02.837")));
  }

  private static LinearText trained(Thesaurus thesaurus) {
    List<String> texts = TopicTexts.make(150, 3);
    LinearTrainingSet set =
        TopicTexts.trainingSet(texts, thesaurus, TopicTexts.settings(Learner.NB_SVM, 0.3));
    return LinearText.of(set, TopicTexts.fits(set));
  }
}
