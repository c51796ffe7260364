package org.medroute.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Any forest gives, bit by bit, what walking its trees from their roots gives. */
class CompiledForestTest {
  private static final int FEATURES = 6;
  private static final double[] VALUES = {0.25, 1, 2, -0.5, -2, 0, Double.NaN, 0.5};
  private static final double[] THRESHOLDS = {0, 0.25, 0.5, 1.5, -1, -0.25};

  /** A node; a leaf where it has weights. */
  private record Node(int feature, double threshold, Node left, Node right, double[] weights) {
    Node leaf(double[] document) {
      if (weights != null) {
        return this;
      }
      return (document[feature] <= threshold ? left : right).leaf(document);
    }
  }

  private static Node grow(Random random, int depth, int classes) {
    if (depth == 0 || random.nextInt(5) == 0) {
      double[] weights = new double[classes];
      for (int c = 0; c < classes; c++) {
        weights[c] = random.nextInt(4);
      }
      weights[random.nextInt(classes)] += 1;
      return new Node(0, 0, null, null, weights);
    }
    return new Node(
        random.nextInt(FEATURES),
        THRESHOLDS[random.nextInt(THRESHOLDS.length)],
        grow(random, depth - 1, classes),
        grow(random, depth - 1, classes),
        null);
  }

  private static void write(Node node, ForestBuilder builder) {
    if (node.weights() != null) {
      builder.leaf(node.weights());
      return;
    }
    int split = builder.split(node.feature(), node.threshold());
    write(node.left(), builder);
    builder.endLeft(split);
    write(node.right(), builder);
  }

  private static CompiledForest compile(List<Node> trees, int classes) {
    ForestBuilder builder = new ForestBuilder(classes, FEATURES);
    for (Node tree : trees) {
      builder.tree();
      write(tree, builder);
    }
    return builder.build();
  }

  private static double[] expected(List<Node> trees, double[] document, int classes) {
    double[] votes = new double[classes];
    for (Node tree : trees) {
      double[] weights = tree.leaf(document).weights();
      double all = 0;
      for (double weight : weights) {
        all += weight;
      }
      for (int c = 0; c < classes; c++) {
        if (weights[c] != 0) {
          votes[c] += weights[c] / all;
        }
      }
    }
    double sum = 0;
    for (double vote : votes) {
      sum += vote;
    }
    for (int c = 0; c < classes; c++) {
      votes[c] /= sum;
    }
    return votes;
  }

  @Property(tries = 400, seed = "17")
  void equalsWalksFromTheRoot(@ForAll long seed) {
    Random random = new Random(seed);
    int classes = 2 + random.nextInt(4);
    List<Node> trees = new ArrayList<>();
    for (int tree = 0; tree <= random.nextInt(8); tree++) {
      trees.add(grow(random, random.nextInt(9), classes));
    }
    Head.Evaluator dense = compile(trees, classes).evaluator();
    Head.Evaluator sparse = compile(trees, classes).evaluator(0);
    for (int text = 0; text < 20; text++) { // by the same evaluators: nothing may stay behind
      double[] document = new double[FEATURES];
      DocumentFeatures features = new DocumentFeatures(FEATURES);
      for (int feature = FEATURES - 1; feature >= 0; feature--) {
        if (random.nextInt(3) == 0) {
          document[feature] = VALUES[random.nextInt(VALUES.length)];
          features.indices[features.size] = feature;
          features.values[features.size++] = document[feature];
        }
      }
      double[] expected = expected(trees, document, classes);
      assertThat(probabilities(dense, features, classes)).isEqualTo(expected);
      assertThat(probabilities(sparse, features, classes)).isEqualTo(expected);
    }
  }

  @Test
  void refusesRoomForAnotherNumberOfClasses() {
    Head.Evaluator evaluator = HandMadeScorer.forest().evaluator();
    assertThatThrownBy(() -> evaluator.probabilities(new DocumentFeatures(3), new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Room for 3 probabilities of 2 classes");
  }

  private static double[] probabilities(
      Head.Evaluator evaluator, DocumentFeatures features, int classes) {
    double[] probabilities = new double[classes];
    evaluator.probabilities(features, probabilities);
    return probabilities;
  }
}
