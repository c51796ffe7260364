package org.medroute.compiled;

import java.util.List;

/**
 * A term of a document that moved the probability of its class.
 *
 * @param term as it stands in the document, in the form of the tokens
 * @param weight what it added to the uncalibrated probability of the class where a forest decides,
 *     else to the logarithm of its odds; negative where it took away
 * @param colliding other terms of the same hash bucket, of the document or of the training texts:
 *     the model cannot tell them from {@code term}
 */
public record Evidence(String term, double weight, List<String> colliding) {
  public Evidence {
    colliding = List.copyOf(colliding);
  }

  /** The term, with the terms that it cannot be told from. */
  public String marked() {
    return colliding.isEmpty() ? term : term + " (or " + String.join(", ", colliding) + ")";
  }
}
