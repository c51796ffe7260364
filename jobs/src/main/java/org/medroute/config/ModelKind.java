package org.medroute.config;

/** What classifies a text: setting {@code model.kind}. */
public enum ModelKind {
  /** A random forest. */
  FOREST,
  /** A linear model over the text. */
  LINEAR,
  /** Both, their votes weighed on out-of-fold predictions. */
  HYBRID,
  /** Gradient-boosted trees, one class against the others. */
  BOOSTED_TREES,
  /** A neural network with one hidden layer. */
  PERCEPTRON;

  /** Reads {@code model.kind}. */
  public static ModelKind from(Settings settings) {
    return settings.choice("model.kind", ModelKind.class);
  }

  /** Whether a learner over the selected features is part of it: all but the linear model. */
  public boolean readsFeatures() {
    return this != LINEAR;
  }

  public boolean hasForest() {
    return this == FOREST || this == HYBRID;
  }

  public boolean hasLinear() {
    return this == LINEAR || this == HYBRID;
  }
}
