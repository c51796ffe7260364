package org.medroute.forest;

/**
 * Class masses and draws by bin, of one feature at one node. Only non-zeros are added; the bin of
 * zero is what the other bins leave of the node. Clearing costs the touched bins alone.
 */
final class NodeHistogram {
  private final int classes;
  private final long[] masses;
  private final long[] draws;
  private final long[] touched;

  NodeHistogram(int classes, int mostBins) {
    this.classes = classes;
    this.masses = new long[Math.multiplyExact(classes, mostBins)];
    this.draws = new long[mostBins];
    this.touched = new long[(mostBins + 63) >>> 6];
  }

  void add(int bin, int label, long mass, long count) {
    masses[bin * classes + label] += mass;
    draws[bin] += count;
    touched[bin >>> 6] |= 1L << bin;
  }

  /** The next touched bin at or above {@code bin}, -1 if there is none. */
  int nextTouched(int bin) {
    int word = bin >>> 6;
    if (word >= touched.length) {
      return -1;
    }
    long bits = touched[word] & -1L << bin;
    while (bits == 0) {
      if (++word == touched.length) {
        return -1;
      }
      bits = touched[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  long mass(int bin, int label) {
    return masses[bin * classes + label];
  }

  long draws(int bin) {
    return draws[bin];
  }

  /**
   * Offers the splits of the feature to {@code best}: after each bin that holds a draw but the
   * last, or the one of them that is drawn. A split after an empty bin would separate the same rows
   * and lose the tie.
   *
   * @param zeroBin the bin that gets what the others leave
   */
  void offer(int feature, int zeroBin, BestSplit best) {
    completeZero(zeroBin, best);
    best.startFeature();
    if (best.drawsCuts()) {
      offerDrawn(feature, best);
      return;
    }
    for (int bin = nextTouched(0); bin >= 0; bin = nextTouched(bin + 1)) {
      if (draws[bin] != 0) {
        best.advance(masses, bin * classes, draws[bin]);
        if (!best.weigh(feature, bin)) {
          return;
        }
      }
    }
  }

  private void offerDrawn(int feature, BestSplit best) {
    int lowest = -1;
    int highest = -1;
    for (int bin = nextTouched(0); bin >= 0; bin = nextTouched(bin + 1)) {
      if (draws[bin] != 0) {
        lowest = lowest < 0 ? bin : lowest;
        highest = bin;
      }
    }
    if (lowest == highest) {
      return;
    }
    int cut = best.drawCut(feature, lowest, highest);
    int last = lowest;
    for (int bin = lowest; bin >= 0 && bin <= cut; bin = nextTouched(bin + 1)) {
      if (draws[bin] != 0) {
        best.advance(masses, bin * classes, draws[bin]);
        last = bin;
      }
    }
    best.weigh(feature, last);
  }

  private void completeZero(int zeroBin, BestSplit best) {
    int zero = zeroBin * classes;
    long remaining = best.nodeDraws();
    for (int c = 0; c < classes; c++) {
      masses[zero + c] = best.nodeMass(c);
    }
    for (int bin = nextTouched(0); bin >= 0; bin = nextTouched(bin + 1)) {
      if (bin != zeroBin) {
        int at = bin * classes;
        remaining -= draws[bin];
        for (int c = 0; c < classes; c++) {
          masses[zero + c] -= masses[at + c];
        }
      }
    }
    draws[zeroBin] = remaining;
    touched[zeroBin >>> 6] |= 1L << zeroBin;
  }

  void clear() {
    for (int word = 0; word < touched.length; word++) {
      long bits = touched[word];
      touched[word] = 0;
      while (bits != 0) {
        int bin = (word << 6) + Long.numberOfTrailingZeros(bits);
        bits &= bits - 1;
        draws[bin] = 0;
        int at = bin * classes;
        for (int c = 0; c < classes; c++) {
          masses[at + c] = 0;
        }
      }
    }
  }
}
