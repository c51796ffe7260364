package org.medroute.config;

/** What classifies a text: setting {@code model.kind}. */
public enum ModelKind {
  /** A random forest. */
  FOREST,
  /** A linear model over the text. */
  LINEAR,
  /** Both, their votes weighed on out-of-fold predictions. */
  HYBRID;

  /** Reads {@code model.kind}. */
  public static ModelKind from(Settings settings) {
    return settings.choice("model.kind", ModelKind.class);
  }

  public boolean hasForest() {
    return this != LINEAR;
  }

  public boolean hasLinear() {
    return this != FOREST;
  }
}
