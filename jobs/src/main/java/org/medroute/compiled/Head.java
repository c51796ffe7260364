package org.medroute.compiled;

/**
 * A classifier over the features of a document. A scorer has one head; a head may stand on others.
 * Immutable and thread safe; what a document needs of memory belongs to its {@link Evaluator}.
 */
public sealed interface Head permits CompiledForest {
  /** Number of classes. */
  int classes();

  /** Number of features that a document may have. */
  int features();

  /** The working memory of one thread. */
  Evaluator evaluator();

  /** Writes the head's sections. */
  void write(ScorerFile.Writer file);

  /** Scores one document after another; for one thread. */
  interface Evaluator {
    /**
     * @param document features below {@link Head#features}
     * @param probabilities receives one number for each class; they sum to 1
     */
    void probabilities(DocumentFeatures document, double[] probabilities);

    /**
     * Adds to {@code contributions}, by feature, what the document's features moved the probability
     * of a class, and returns what is left: its probability minus the sum of what was added.
     *
     * @param contributions of all features, given zero
     */
    double contributions(DocumentFeatures document, int classIndex, double[] contributions);
  }
}
