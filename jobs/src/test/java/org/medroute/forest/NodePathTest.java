package org.medroute.forest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodePathTest {
  @Test
  void shallowNodesHaveTheNumbersOfABinaryHeap() {
    long path = NodePath.ROOT;
    for (int depth = 0; depth < 62; depth++) {
      assertThat(NodePath.left(path)).isEqualTo(2 * path);
      assertThat(NodePath.right(path)).isEqualTo(2 * path + 1);
      path = depth % 3 == 0 ? NodePath.right(path) : NodePath.left(path);
    }
  }

  @Test
  void deepNodesHaveNumbersOfTheirOwn() {
    Random random = new Random(5);
    Set<Long> seen = new HashSet<>();
    int nodes = 0;
    for (int chain = 0; chain < 200; chain++) {
      long path = NodePath.ROOT;
      for (int depth = 0; depth < 500; depth++) {
        long next = random.nextInt(10) == 0 ? NodePath.right(path) : NodePath.left(path);
        if (depth >= 62) {
          seen.add(next);
          nodes++;
        }
        path = next;
      }
    }
    // random chains part early: two share a deep node only where they share all that is above it
    assertThat(seen).hasSizeGreaterThan(nodes * 9 / 10);
    long alwaysLeft = NodePath.ROOT;
    Set<Long> lefts = new HashSet<>();
    for (int depth = 0; depth < 1000; depth++) {
      alwaysLeft = NodePath.left(alwaysLeft);
      lefts.add(alwaysLeft);
    }
    assertThat(lefts).hasSize(1000);
  }
}
