package org.medroute.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medroute.config.LinearSettings.Learner;
import org.medroute.text.TermScanner;
import org.medroute.text.TokenOptions;

/** Fit, score and file of linear models. */
class LinearTextTest {
  private static final TermScanner SCANNER = new TermScanner(TokenOptions.defaults());

  private static final List<String> TEXTS = TopicTexts.make(150, 5);

  private static LinearTrainingSet set(Learner learner, double cost) {
    return TopicTexts.trainingSet(TEXTS, TopicTexts.settings(learner, cost));
  }

  @ParameterizedTest
  @EnumSource(Learner.class)
  void scoresOfTrainingTextsAreTheProductsOfTraining(Learner learner) {
    LinearTrainingSet set = set(learner, 0.5);
    List<ClassFit> fits = TopicTexts.fits(set);
    LinearScorer scorer = LinearText.of(set, fits).scorer();
    DocumentProducts products = new DocumentProducts(set);
    double[] margins = new double[3];
    for (int document = 0; document < TEXTS.size(); document++) {
      scorer.margins(TEXTS.get(document), margins);
      for (int label = 0; label < 3; label++) {
        double expected =
            products.dot(document, fits.get(label).coefficients()) + fits.get(label).intercept();
        assertThat(margins[label])
            .as("%s, document %d, class %d", learner, document, label)
            .isCloseTo(expected, within(2e-5 * (1 + Math.abs(expected))));
      }
    }
  }

  @Test
  void supportVectorsMinimiseTheirLoss() {
    LinearTrainingSet set = set(Learner.SVM, 0.5);
    assertGradientVanishes(set, 0.5, margin -> 2 * Math.max(0, 1 - margin));
  }

  @Test
  void logisticRegressionMinimisesItsLoss() {
    LinearTrainingSet set = set(Learner.LOGISTIC, 5);
    assertGradientVanishes(set, 5, margin -> 1 / (1 + Math.exp(margin)));
  }

  /** Of half the squared coefficients, intercept included, plus the weighted losses. */
  private static void assertGradientVanishes(
      LinearTrainingSet set, double cost, java.util.function.DoubleUnaryOperator pull) {
    ClassFit fit = ClassFit.of(set, 1);
    double own = 0;
    double all = 0;
    for (int i = 0; i < set.size(); i++) {
      all += set.weights[i];
      own += set.isOf(i, 1) ? set.weights[i] : 0;
    }
    double[] gradient = fit.coefficients().clone();
    double bias = fit.intercept();
    DocumentProducts products = new DocumentProducts(set);
    for (int i = 0; i < set.size(); i++) {
      boolean inside = set.isOf(i, 1);
      int sign = inside ? 1 : -1;
      double balanced = cost * set.weights[i] * set.size() / (2 * (inside ? own : all - own));
      double margin = sign * (products.dot(i, fit.coefficients()) + fit.intercept());
      double step = balanced * pull.applyAsDouble(margin) * sign;
      products.features(i, (feature, value) -> gradient[feature] -= step * value);
      bias -= step;
    }
    double most = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
    assertThat(most).isLessThan(0.1);
    assertThat(Math.abs(bias)).isLessThan(0.1);
    assertThat(Arrays.stream(fit.coefficients()).map(Math::abs).max().orElseThrow())
        .isGreaterThan(0.3);
  }

  @Test
  void complementAndMultinomialBayesAreTheirFormulas() {
    for (Learner learner : List.of(Learner.MULTINOMIAL_NB, Learner.COMPLEMENT_NB)) {
      LinearTrainingSet set = set(learner, 1);
      boolean complement = learner == Learner.COMPLEMENT_NB;
      double[] sums = new double[set.width()];
      Arrays.fill(sums, 0.1);
      DocumentProducts products = new DocumentProducts(set);
      for (int i = 0; i < set.size(); i++) {
        if (set.isOf(i, 2) != complement) {
          double weight = set.weights[i];
          products.features(i, (feature, value) -> sums[feature] += weight * value);
        }
      }
      double total = Arrays.stream(sums).sum();
      double[] coefficients = ClassFit.of(set, 2).coefficients();
      for (int feature = 0; feature < sums.length; feature++) {
        double expected = (complement ? -1 : 1) * Math.log(sums[feature] / total);
        assertThat(coefficients[feature]).isCloseTo(expected, within(1e-9));
      }
    }
  }

  @Test
  void topicsOfNewTextsAreFound() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    LinearScorer scorer = LinearText.of(set, TopicTexts.fits(set)).scorer();
    List<String> fresh = TopicTexts.make(90, 77);
    double[] margins = new double[3];
    int right = 0;
    for (int i = 0; i < fresh.size(); i++) {
      scorer.margins(fresh.get(i), margins);
      right += largest(margins) == i % 3 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(72);
  }

  @Test
  void unknownWordSpeaksThroughItsPieces() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    LinearScorer scorer = LinearText.of(set, TopicTexts.fits(set)).scorer();
    double[] margins = new double[3];
    scorer.margins("dermatology", margins); // training had dermal and dermatitis
    assertThat(largest(margins)).isEqualTo(1);
    scorer.margins("cardiologist", margins);
    assertThat(largest(margins)).isEqualTo(0);
  }

  @Test
  void effectsSumToTheMargin() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    LinearText model = LinearText.of(set, TopicTexts.fits(set));
    List<String> texts = new java.util.ArrayList<>(TopicTexts.make(30, 78));
    texts.add("Cardiologist and dermatology\nCardiologists of dermatological wards");
    texts.add(wordWithTheHashOfAPair(set) + " in a ward");
    for (String text : texts) {
      LinearScorer scorer = model.scorer();
      double[] margins = new double[3];
      scorer.margins(text, margins);
      for (int label = 0; label < 3; label++) {
        margins[label] -= model.intercepts[label];
      }
      double mean = Arrays.stream(margins).average().orElseThrow();
      for (int label = 0; label < 3; label++) {
        assertThat(Arrays.stream(scorer.effects(label)).sum())
            .as(text)
            .isCloseTo(margins[label] - mean, within(1e-9));
      }
    }
  }

  @Test
  void wordThatHasTheHashOfAPairSpeaksThroughItsPiecesToo() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    LinearText model = LinearText.of(set, TopicTexts.fits(set));
    String word = wordWithTheHashOfAPair(set);
    int row = model.terms.table().row(hash(word));
    double[] margins = new double[3];
    model.scorer().margins(word, margins);
    Subwords subwords = new Subwords();
    subwords.read(word.toCharArray(), 0, word.length());
    for (int label = 0; label < 3; label++) {
      double square = 0;
      double sum = 0;
      for (int i = 0; i < subwords.size(); i++) {
        int piece = model.pieces.table().row(subwords.piece(i));
        if (piece >= 0) {
          double rarity = model.pieces.rarity()[piece];
          square += rarity * rarity;
          sum += rarity * model.pieces.weights()[piece * 3 + label];
        }
      }
      // the text's only term, so its value cancels out; it is no term of the heading's
      double expected =
          model.intercepts[label]
              + model.terms.weights()[row * 3 + label]
              + (model.heading.table().row(hash(word)) < 0
                  ? 0
                  : model.heading.weights()[model.heading.table().row(hash(word)) * 3 + label])
              + sum / Math.sqrt(square);
      assertThat(margins[label]).as(word).isCloseTo(expected, within(1e-6));
    }
  }

  /** A word that training did not have, has known pieces, and hashes as a pair of training does. */
  private static String wordWithTheHashOfAPair(LinearTrainingSet set) {
    for (int i = 0; i < 1 << 27; i++) {
      String word = "cardi" + Integer.toString(i, 36) + "itis";
      int hash = hash(word);
      if (set.terms.row(hash) >= 0 && set.words.row(hash) < 0) {
        return word;
      }
    }
    throw new AssertionError("no such word");
  }

  private static int hash(String word) {
    int[] found = new int[1];
    SCANNER.scan(word, (hash, letters, start, length) -> found[0] = hash);
    return found[0];
  }

  @Test
  void otherFormIsRefusedByItsName() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    byte[] older = classifier(set).toBytes();
    older[7] = '1';
    assertThatThrownBy(() -> LinearClassifier.read(older))
        .hasMessageContaining("MEDLINR1")
        .hasMessageContaining("train again");
  }

  @Test
  void scoresDoNotDependOnTextsScoredBefore() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    LinearText model = LinearText.of(set, TopicTexts.fits(set));
    // unknown words of many lengths, more than are kept, and each of them twice
    List<String> texts = new java.util.ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      texts.add("cardi" + Integer.toString(i * 7919, 36) + "itis derma" + "o".repeat(i % 30));
    }
    texts.addAll(List.copyOf(texts));
    LinearScorer used = model.scorer();
    double[] margins = new double[3];
    double[] fresh = new double[3];
    for (int i = 0; i < texts.size(); i++) {
      used.margins(texts.get(i), margins);
      if (i % 97 == 0) {
        model.scorer().margins(texts.get(i), fresh);
        assertThat(margins).as(texts.get(i)).isEqualTo(fresh);
      }
    }
  }

  @Test
  void orderOfDocumentsDoesNotMatter() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    byte[] expected = classifier(set).toBytes();
    java.util.Map<Integer, String> words = new java.util.HashMap<>();
    TermRow.Maker maker =
        new TermRow.Maker(
            TokenOptions.defaults(), Thesaurus.EMPTY, (word, hash) -> words.put(hash, word));
    List<TermRow> rows = new java.util.ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      rows.add(
          maker.row(String.format("%05d", i), TopicTexts.labels(i), 0.5 + i % 4, TEXTS.get(i)));
    }
    Collections.shuffle(rows, new Random(3));
    LinearTrainingSet shuffled =
        LinearTrainingSet.of(
            rows, words, 3, TokenOptions.defaults(), Thesaurus.EMPTY, set.settings);
    assertThat(classifier(shuffled).toBytes()).isEqualTo(expected);
  }

  private static LinearClassifier classifier(LinearTrainingSet set) {
    return LinearClassifier.of(LinearText.of(set, TopicTexts.fits(set)), Vote.usual(3));
  }

  @Test
  void documentsOfNoneOfTheClassesCountAgainstEach() {
    String foreign = "zirconium lattice phonon dispersion";
    double[] with = new double[3];
    double[] without = new double[3];
    withForeign(foreign, 40).scorer().margins(foreign, with);
    withForeign(foreign, 0).scorer().margins(foreign, without);
    for (int label = 0; label < 3; label++) {
      assertThat(with[label]).isLessThan(-0.5).isLessThan(without[label]);
    }
  }

  /** The texts, and as many documents of no class that hold a foreign text. */
  private static LinearText withForeign(String foreign, int copies) {
    Map<Integer, String> words = new HashMap<>();
    TermRow.Maker maker =
        new TermRow.Maker(
            TokenOptions.defaults(), Thesaurus.EMPTY, (word, hash) -> words.put(hash, word));
    List<TermRow> rows = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      rows.add(maker.row(String.format("%05d", i), new int[] {i % 3}, 1, TEXTS.get(i)));
    }
    for (int i = 0; i < copies; i++) {
      rows.add(maker.row(String.format("n%05d", i), new int[0], 0.3, foreign));
    }
    LinearTrainingSet set =
        LinearTrainingSet.of(
            rows,
            words,
            3,
            TokenOptions.defaults(),
            Thesaurus.EMPTY,
            TopicTexts.settings(Learner.NB_SVM, 0.3));
    return LinearText.of(set, TopicTexts.fits(set));
  }

  @Test
  void fileHoldsTheClassifier() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    LinearClassifier classifier =
        LinearClassifier.of(
            LinearText.of(set, TopicTexts.fits(set)),
            new Vote(
                new double[] {1, 2, 3},
                new double[] {0.1, 0.2, 0.3},
                new double[] {-1, 0, 0.5},
                new Sharpness(0.1, -0.2, -0.3, -1, 0.8)));
    byte[] bytes = classifier.toBytes();
    LinearClassifier read = LinearClassifier.read(bytes);

    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(read.hearsForest()).isTrue();
    double[] forest = {0.2, 0.5, 0.3};
    double[] one = new double[3];
    double[] other = new double[3];
    for (String text : TEXTS) {
      probabilities(classifier, text, forest, one);
      probabilities(read, text, forest, other);
      assertThat(other).containsExactly(one);
      assertThat(Arrays.stream(one).sum()).isCloseTo(1, within(1e-12));
    }
    for (int length = 0; length < bytes.length; length += 997) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> LinearClassifier.read(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void voteIsWorkedIntoTheCoefficients() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    LinearText model = LinearText.of(set, TopicTexts.fits(set));
    Vote vote =
        new Vote(
            new double[] {1.5, 2, 0.5},
            new double[] {0.1, 0.2, 0.3},
            new double[] {-1, 0, 0.5},
            new Sharpness(0.1, -0.2, -0.3, -1, 0.8));
    double[] margins = new double[3];
    double[] actual = new double[3];
    double[] forest = {0.2, 0.5, 0.3};
    for (String text : TEXTS) {
      model.scorer().margins(text, margins);
      probabilities(LinearClassifier.of(model, vote), text, forest, actual);
      double[] expected = vote.probabilities(margins, forest);
      for (int label = 0; label < 3; label++) {
        assertThat(actual[label]).isCloseTo(expected[label], within(1e-5));
      }
    }
  }

  @Test
  void effectsOfTermsAddUpToTheMarginAgainstTheMean() {
    LinearTrainingSet set = set(Learner.NB_SVM, 0.3);
    LinearClassifier classifier = classifier(set);
    double[] margins = new double[3];
    for (String text : TEXTS.subList(0, 20)) {
      classifier.text().scorer().margins(text, margins);
      double[] bare = new double[3];
      classifier.text().scorer().margins("", bare);
      double mean = 0;
      for (int label = 0; label < 3; label++) {
        mean += (margins[label] - bare[label]) / 3;
      }
      double sum =
          classifier.evaluator().effects(text, 1, 1000).stream()
              .mapToDouble(LinearClassifier.TermEffect::effect)
              .sum();
      assertThat(sum).isCloseTo(margins[1] - bare[1] - mean, within(1e-6));
    }
  }

  private static void probabilities(
      LinearClassifier classifier, String text, double[] forest, double[] into) {
    LinearClassifier.Evaluator evaluator = classifier.evaluator();
    evaluator.read(text);
    evaluator.probabilities(forest, into);
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
