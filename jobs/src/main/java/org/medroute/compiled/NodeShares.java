package org.medroute.compiled;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What each node of a forest would predict if the walk ended there: the class shares of the
 * training weight below it. Worked out from the leaves when a class is asked for first, children
 * before parents, which in pre-order is from the last node to the first. 4 bytes a node for each
 * class asked for. Thread safe.
 */
final class NodeShares {
  private final int[] tests;
  private final int[] rights;
  private final int[] shareStarts;
  private final int[] shareClasses;
  private final double[] shares;
  private final double[] leafWeights;
  private final AtomicReferenceArray<float[]> byClass;

  NodeShares(
      int classes,
      int[] tests,
      int[] rights,
      int[] shareStarts,
      int[] shareClasses,
      double[] shares,
      double[] leafWeights) {
    this.tests = tests;
    this.rights = rights;
    this.shareStarts = shareStarts;
    this.shareClasses = shareClasses;
    this.shares = shares;
    this.leafWeights = leafWeights;
    this.byClass = new AtomicReferenceArray<>(classes);
  }

  /** Share of a class at every node. */
  float[] ofClass(int classIndex) {
    float[] known = byClass.get(classIndex);
    if (known == null) {
      // two threads may both work it out; either result serves
      known = workOut(classIndex);
      byClass.set(classIndex, known);
    }
    return known;
  }

  private float[] workOut(int classIndex) {
    float[] share = new float[tests.length];
    double[] weights = new double[tests.length];
    for (int node = tests.length - 1; node >= 0; node--) {
      if (tests[node] < 0) {
        weights[node] = leafWeights[rights[node]];
        share[node] = ofLeaf(~tests[node], classIndex);
      } else {
        int left = node + 1;
        int right = rights[node];
        weights[node] = weights[left] + weights[right];
        double leftPart = weights[node] == 0 ? 0 : weights[left] / weights[node];
        share[node] = (float) (leftPart * share[left] + (1 - leftPart) * share[right]);
      }
    }
    return share;
  }

  private float ofLeaf(int distribution, int classIndex) {
    for (int at = shareStarts[distribution]; at < shareStarts[distribution + 1]; at++) {
      if (shareClasses[at] == classIndex) {
        return (float) shares[at];
      }
    }
    return 0;
  }
}
