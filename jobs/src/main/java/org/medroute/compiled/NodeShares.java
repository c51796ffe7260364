package org.medroute.compiled;

/**
 * What each node of a forest would predict if the walk ended there: the class shares of the
 * training weight below it. Worked out from the leaves, children before parents, which in pre-order
 * is from the last node to the first. 4 bytes a node and class.
 */
final class NodeShares {
  private final float[][] byClass;

  NodeShares(
      int classes,
      int[] tests,
      int[] rights,
      int[] shareStarts,
      int[] shareClasses,
      double[] shares,
      double[] leafWeights) {
    byClass = new float[classes][tests.length];
    double[] weights = new double[tests.length];
    for (int node = tests.length - 1; node >= 0; node--) {
      if (tests[node] < 0) {
        weights[node] = leafWeights[rights[node]];
        int end = shareStarts[~tests[node] + 1];
        for (int at = shareStarts[~tests[node]]; at < end; at++) {
          byClass[shareClasses[at]][node] = (float) shares[at];
        }
      } else {
        int left = node + 1;
        int right = rights[node];
        weights[node] = weights[left] + weights[right];
        double leftPart = weights[node] == 0 ? 0 : weights[left] / weights[node];
        for (float[] share : byClass) {
          share[node] = (float) (leftPart * share[left] + (1 - leftPart) * share[right]);
        }
      }
    }
  }

  /** Share of a class at every node. */
  float[] ofClass(int classIndex) {
    return byClass[classIndex];
  }
}
