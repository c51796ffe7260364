package org.medroute.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medroute.config.RefusedException;
import org.medroute.text.TokenOptions;

/** Boosted trees and a perceptron, small enough to be worked out by hand. */
class CompiledHeadsTest {
  /**
   *
   *
   * <pre>
   * A, tree 1: 0.1 at the root; feature 0 <= 1 ? 0.5 : (-0.1; feature 1 <= 0.5 ? -0.25 : 0.75)
   * A, tree 2: 0.25
   * B, tree 3: -0.125 at the root; feature 1 <= 0.5 ? -0.5 : 1
   * </pre>
   */
  private static CompiledBoost boost() {
    BoostBuilder builder = new BoostBuilder(3);
    builder.nextClass();
    builder.tree();
    int root = builder.split(0, 1, 0.1);
    builder.leaf(0.5);
    builder.endLeft(root);
    int right = builder.split(1, 0.5, -0.1);
    builder.leaf(-0.25);
    builder.endLeft(right);
    builder.leaf(0.75);
    builder.tree();
    builder.leaf(0.25);
    builder.nextClass();
    builder.tree();
    root = builder.split(1, 0.5, -0.125);
    builder.leaf(-0.5);
    builder.endLeft(root);
    builder.leaf(1);
    return builder.build();
  }

  /** Three features, two units, two classes. */
  private static CompiledPerceptron perceptron() {
    return new CompiledPerceptron(
        3,
        new double[] {1, -1, 0.5, 2, 0, 0},
        new double[] {0.25, -0.5},
        new double[] {2, -1, 0.5, 3},
        new double[] {0.125, -0.25});
  }

  static List<Head> heads() {
    return List.of(boost(), perceptron());
  }

  private static DocumentFeatures document(double... values) {
    DocumentFeatures document = new DocumentFeatures(values.length);
    for (int feature = values.length - 1; feature >= 0; feature--) {
      if (values[feature] != 0) {
        document.indices[document.size] = feature;
        document.values[document.size++] = values[feature];
      }
    }
    return document;
  }

  private static double[] probabilities(Head.Evaluator evaluator, double... values) {
    double[] probabilities = new double[2];
    evaluator.probabilities(document(values), probabilities);
    return probabilities;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void treesOfAClassAddUpToItsMargin() {
    Head.Evaluator evaluator = boost().evaluator();
    double[][][] cases = {
      {{0, 0, 0}, {0.75, -0.5}},
      {{1, 0.5, 9}, {0.75, -0.5}},
      {{1.5, 0, 0}, {0, -0.5}},
      {{1.5, 0.75, 0}, {1, 1}},
      {{0, 2, 0}, {0.75, 1}},
    };
    for (double[][] one : cases) {
      double a = sigmoid(2 * one[1][0]);
      double b = sigmoid(2 * one[1][1]);
      assertThat(probabilities(evaluator, one[0]))
          .containsExactly(new double[] {a / (a + b), b / (a + b)}, within(1e-12));
    }
    assertThat(boost().trees()).isEqualTo(3);
    assertThat(boost().nodes()).isEqualTo(9);
  }

  @Test
  void stepsMoveTheLogarithmOfTheOdds() {
    double[] contributions = new double[3];
    double rest = boost().evaluator().contributions(document(1.5, 0.75, 4), 0, contributions);
    assertThat(contributions)
        .containsExactly(new double[] {2 * (-0.1 - 0.1), 2 * (0.75 + 0.1), 0}, within(1e-12));
    assertThat(rest).isEqualTo(2 * (0.1 + 0.25), within(1e-12));
    // a step that the absence of feature 1 decides counts for nothing
    contributions = new double[3];
    rest = boost().evaluator().contributions(document(1.5, 0, 0), 0, contributions);
    assertThat(contributions).containsExactly(new double[] {-0.4, 0, 0}, within(1e-12));
    assertThat(rest).isEqualTo(2 * (0.1 + 0.25 - 0.25 + 0.1), within(1e-12));
  }

  /** The margins of the hand-made perceptron, written out. */
  private static double[] margins(double... x) {
    double first = sigmoid(0.25 + x[0] + 0.5 * x[1]);
    double second = sigmoid(-0.5 - x[0] + 2 * x[1]);
    return new double[] {0.125 + 2 * first + 0.5 * second, -0.25 - first + 3 * second};
  }

  @Test
  void layersFollowEachOther() {
    Head.Evaluator evaluator = perceptron().evaluator();
    for (double[] x : new double[][] {{0, 0, 0}, {1, 0, 0}, {0, 2, 1}, {3, 0.5, 0}}) {
      double[] margins = margins(x);
      double a = sigmoid(margins[0] - margins[1]);
      // margins are rounded to 2^-16
      assertThat(probabilities(evaluator, x))
          .containsExactly(new double[] {a, 1 - a}, within(8e-6));
    }
  }

  @Test
  void featureCountsByWhatItsLossChanges() {
    double[] contributions = new double[3];
    double rest = perceptron().evaluator().contributions(document(1, 2, 5), 1, contributions);
    double whole = odds(1, 2);
    assertThat(contributions)
        .containsExactly(new double[] {whole - odds(0, 2), whole - odds(1, 0), 0}, within(1e-12));
    assertThat(rest).isEqualTo(whole - contributions[0] - contributions[1], within(1e-12));
  }

  private static double odds(double... x) {
    double[] margins = margins(x);
    return margins[1] - margins[0];
  }

  @ParameterizedTest
  @MethodSource("heads")
  void nothingOfADocumentStaysForTheNext(Head head) {
    Head.Evaluator evaluator = head.evaluator();
    double[] first = probabilities(evaluator, 2, 0, 1);
    probabilities(evaluator, 1, 1, 1);
    evaluator.contributions(document(5, 5, 0), 0, new double[3]);
    assertThat(probabilities(evaluator, 2, 0, 1)).containsExactly(first);
    assertThat(first[0] + first[1]).isEqualTo(1, within(1e-15));
  }

  private static CompiledScorer scorer(Head head) {
    return CompiledScorer.of(
        new CompiledScorer.Description(
            "task", "task-1", HandMadeScorer.DIGEST, List.of("A", "B"), "{}", "{}"),
        new TermFeatures(
            TokenOptions.of(2, 1, List.of()),
            TermFeatures.Counting.OCCURRENCES,
            HandMadeScorer.BUCKETS,
            HandMadeScorer.terms().stream().mapToInt(HandMadeScorer::bucket).toArray(),
            new double[] {1, 1.5, 2}),
        head,
        Map.of());
  }

  @ParameterizedTest
  @MethodSource("heads")
  void fileHoldsTheWholeHead(Head head) {
    CompiledScorer made = scorer(head);
    byte[] bytes = made.toBytes();
    CompiledScorer read = CompiledScorer.read(bytes, "here");
    assertThat(read.toBytes()).isEqualTo(bytes);
    assertThat(read.head().orElseThrow()).hasSameClassAs(head);
    for (String text : List.of("", "heart", "skin valve", "heart heart skin skin valve")) {
      double[] expected = new double[2];
      double[] actual = new double[2];
      TextScorer one = made.textScorer();
      TextScorer other = read.textScorer();
      one.probabilities(text, expected);
      other.probabilities(text, actual);
      assertThat(actual).as(text).containsExactly(expected);
      assertThat(other.evidence(0, 5)).isEqualTo(one.evidence(0, 5));
    }
  }

  private static void assertRefused(Head head, Consumer<ScorerFile.Writer> change) {
    ScorerFile.Writer writer = new ScorerFile.Writer();
    head.write(writer);
    Head.read(file(writer)); // as it is
    change.accept(writer);
    assertThatThrownBy(() -> Head.read(file(writer)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("Compiled model head: ")
        .hasMessageContaining("contradict");
  }

  private static ScorerFile file(ScorerFile.Writer writer) {
    return ScorerFile.read(ByteBuffer.wrap(writer.toBytes(HandMadeScorer.DIGEST)), "head");
  }

  @Test
  void treesThatContradictThemselvesAreRefused() {
    int leaf = CompiledBoost.LEAF;
    List<Consumer<ScorerFile.Writer>> changes =
        List.of(
            file -> file.ints(CompiledBoost.SHAPE, new int[] {3, 3}),
            file -> file.ints(CompiledBoost.SHAPE, new int[] {2, 1}),
            file -> file.ints(CompiledBoost.SHAPE, new int[] {2}),
            file -> file.ints(CompiledBoost.CLASS_STARTS, new int[] {0, 2, 2}),
            file -> file.ints(CompiledBoost.CLASS_STARTS, new int[] {0, 4, 3}),
            file -> file.ints(CompiledBoost.ROOTS, new int[] {0, 4, 6}),
            file -> file.ints(CompiledBoost.ROOTS, new int[] {0, 5, 5}),
            file ->
                file.ints(
                    CompiledBoost.TESTS, new int[] {0, leaf, 1, leaf, leaf, leaf, 1, leaf, 1}),
            file ->
                file.ints(
                    CompiledBoost.TESTS, new int[] {7, leaf, 1, leaf, leaf, leaf, 1, leaf, leaf}),
            // back to itself, into the next tree
            file -> file.ints(CompiledBoost.RIGHTS, new int[] {0, 0, 4, 0, 0, 0, 8, 0, 0}),
            file -> file.ints(CompiledBoost.RIGHTS, new int[] {2, 0, 5, 0, 0, 0, 8, 0, 0}),
            file -> file.doubles(CompiledBoost.THRESHOLDS, new double[8]),
            file ->
                file.doubles(
                    CompiledBoost.VALUES, new double[] {1, 1, 1, 1, Double.NaN, 1, 1, 1, 1}));
    changes.forEach(change -> assertRefused(boost(), change));
  }

  @Test
  void perceptronThatContradictsItselfIsRefused() {
    List<Consumer<ScorerFile.Writer>> changes =
        List.of(
            file -> file.ints(CompiledPerceptron.SHAPE, new int[] {2, 4, 2}),
            file -> file.ints(CompiledPerceptron.SHAPE, new int[] {3, 3, 2}),
            file -> file.ints(CompiledPerceptron.SHAPE, new int[0]),
            file -> file.doubles(CompiledPerceptron.INPUT_WEIGHTS, new double[5]),
            file -> file.doubles(CompiledPerceptron.INPUT_BIASES, new double[3]),
            file -> file.doubles(CompiledPerceptron.OUTPUT_WEIGHTS, new double[2]),
            file ->
                file.doubles(
                    CompiledPerceptron.OUTPUT_WEIGHTS,
                    new double[] {1, Double.POSITIVE_INFINITY, 1, 1}),
            file -> file.doubles(CompiledPerceptron.OUTPUT_BIASES, new double[1]));
    changes.forEach(change -> assertRefused(perceptron(), change));
  }

  @Test
  void fileHasOneHead() {
    ScorerFile.Writer writer = new ScorerFile.Writer();
    assertThatThrownBy(() -> Head.read(file(writer)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("should have one classifier and has []");
    boost().write(writer);
    perceptron().write(writer);
    assertThatThrownBy(() -> Head.read(file(writer)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("[BSHP, PSHP]");
  }

  @Test
  void treesAreBuiltOfTheirOwnFeatures() {
    BoostBuilder builder = new BoostBuilder(3);
    assertThatThrownBy(builder::build).hasMessageContaining("one class or more");
    builder.nextClass();
    builder.tree();
    assertThatThrownBy(() -> builder.split(3, 0, 0))
        .hasMessage("A node tests feature 3 of 3 features");
  }
}
