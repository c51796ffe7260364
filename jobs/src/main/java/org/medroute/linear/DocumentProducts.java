package org.medroute.linear;

/**
 * Products of training documents with a coefficient for each feature, and the other way round.
 * Stateless but for its buffer; for one thread.
 */
final class DocumentProducts {
  private final LinearTrainingSet set;
  private final double[] merged;

  DocumentProducts(LinearTrainingSet set) {
    this.set = set;
    this.merged = new double[set.pieces.size()];
  }

  /** Sum of feature times coefficient. */
  double dot(int document, double[] coefficients) {
    double sum = 0;
    for (int at = set.first[document]; at < set.first[document + 1]; at++) {
      sum += set.values[at] * coefficients[set.features[at]];
    }
    int base = set.firstPiece();
    WordPieces pieces = set.pieces;
    for (int at = set.firstWord[document]; at < set.firstWord[document + 1]; at++) {
      int word = set.documentWords[at];
      double own = 0;
      int end = pieces.first(word + 1);
      for (int entry = pieces.first(word); entry < end; entry++) {
        own += pieces.value(entry) * coefficients[base + pieces.piece(entry)];
      }
      sum += own * set.wordValues[at];
    }
    return sum;
  }

  /** Adds {@code step} times feature times scale to the coefficients. */
  void addTo(int document, double step, double[] scales, double[] coefficients) {
    for (int at = set.first[document]; at < set.first[document + 1]; at++) {
      int feature = set.features[at];
      coefficients[feature] += step * set.values[at] * scales[feature];
    }
    int base = set.firstPiece();
    WordPieces pieces = set.pieces;
    for (int at = set.firstWord[document]; at < set.firstWord[document + 1]; at++) {
      int word = set.documentWords[at];
      double wordStep = step * set.wordValues[at];
      int end = pieces.first(word + 1);
      for (int entry = pieces.first(word); entry < end; entry++) {
        int feature = base + pieces.piece(entry);
        coefficients[feature] += wordStep * pieces.value(entry) * scales[feature];
      }
    }
  }

  /** Sum of squared features times scales. */
  double square(int document, double[] scales) {
    double sum = 0;
    for (int at = set.first[document]; at < set.first[document + 1]; at++) {
      sum += (double) set.values[at] * set.values[at] * scales[set.features[at]];
    }
    int base = set.firstPiece();
    merge(document);
    WordPieces pieces = set.pieces;
    for (int at = set.firstWord[document]; at < set.firstWord[document + 1]; at++) {
      int word = set.documentWords[at];
      for (int entry = pieces.first(word); entry < pieces.first(word + 1); entry++) {
        int piece = pieces.piece(entry);
        sum += merged[piece] * merged[piece] * scales[base + piece];
        merged[piece] = 0; // a piece of several words counts once, with their sum
      }
    }
    return sum;
  }

  /** Calls back for every feature that the document has, pieces once. */
  void features(int document, FeatureSink sink) {
    for (int at = set.first[document]; at < set.first[document + 1]; at++) {
      sink.feature(set.features[at], set.values[at]);
    }
    merge(document);
    WordPieces pieces = set.pieces;
    for (int at = set.firstWord[document]; at < set.firstWord[document + 1]; at++) {
      int word = set.documentWords[at];
      for (int entry = pieces.first(word); entry < pieces.first(word + 1); entry++) {
        int piece = pieces.piece(entry);
        if (merged[piece] != 0) {
          sink.feature(set.firstPiece() + piece, merged[piece]);
          merged[piece] = 0;
        }
      }
    }
  }

  private void merge(int document) {
    WordPieces pieces = set.pieces;
    for (int at = set.firstWord[document]; at < set.firstWord[document + 1]; at++) {
      int word = set.documentWords[at];
      for (int entry = pieces.first(word); entry < pieces.first(word + 1); entry++) {
        merged[pieces.piece(entry)] += (double) pieces.value(entry) * set.wordValues[at];
      }
    }
  }

  /** Takes the features of a document. */
  interface FeatureSink {
    void feature(int feature, double value);
  }
}
