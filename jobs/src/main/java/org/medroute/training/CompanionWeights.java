package org.medroute.training;

/**
 * What documents of several true classes, and of none, count in training, before the weight of
 * their label's basis.
 *
 * @param conflict of a document of several classes, for the linear model
 * @param background of a document of none, for the linear model
 * @param forestBackground the same for the forest
 */
record CompanionWeights(double conflict, double background, double forestBackground) {
  static final CompanionWeights NONE = new CompanionWeights(0, 0, 0);

  /** Whether any such document trains. */
  boolean any() {
    return conflict + background + forestBackground > 0;
  }

  /** Whether a document of this sort trains. */
  boolean wants(Member member) {
    return linear(member) + forest(member) > 0;
  }

  /** Of the linear model. */
  double linear(Member member) {
    return member.label() == Member.NONE ? background : conflict;
  }

  /** Of the forest, which hears documents of none alone. */
  double forest(Member member) {
    return member.label() == Member.NONE ? forestBackground : 0;
  }

  /** For a terminal. */
  String text() {
    return "linear model " + conflict + " and " + background + ", forest 0 and " + forestBackground;
  }
}
