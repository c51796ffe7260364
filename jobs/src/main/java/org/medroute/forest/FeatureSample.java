package org.medroute.forest;

import java.util.Arrays;

/**
 * The features that a node may split on: {@code size} of {@code features} without repetition, a
 * pure function of (seed, tree, path) and of how many samples the node has drawn before. Floyd's
 * algorithm: one hash a feature, no shuffle of all.
 *
 * <p>One instance serves one thread and one node at a time: {@link #draw}, use, {@link #release}.
 * Memory: 4 bytes a feature.
 */
final class FeatureSample {
  private static final long STREAM = 0x6665617475726573L;

  private final long seed;
  private final int features;
  private final int[] sampled;
  private final int[] slots;
  private final boolean everything;

  /** Samples of {@code size} out of {@code features}; a sample of all of them uses no chance. */
  FeatureSample(long seed, int features, int size) {
    if (size < 1 || size > features) {
      throw new IllegalArgumentException(
          "A node samples 1 to " + features + " features, asked for " + size);
    }
    this.seed = seed;
    this.features = features;
    this.sampled = new int[size];
    this.slots = new int[features];
    this.everything = size == features;
    Arrays.setAll(sampled, i -> i);
    if (everything) {
      System.arraycopy(sampled, 0, slots, 0, size);
    } else {
      Arrays.fill(slots, -1);
    }
  }

  /**
   * Draws a sample of the node at {@code path} of {@code tree}.
   *
   * @param before number of samples that the node has drawn before this one
   */
  void draw(int tree, long path, int before) {
    if (everything) {
      return;
    }
    long first = CounterHash.of(seed ^ STREAM, tree, path);
    long node = before == 0 ? first : CounterHash.of(first, before);
    int size = sampled.length;
    for (int i = 0, last = features - size; i < size; i++, last++) {
      int candidate = CounterHash.below(CounterHash.mix(node + i), last + 1);
      int feature = slots[candidate] < 0 ? candidate : last;
      sampled[i] = feature;
      slots[feature] = i;
    }
  }

  /** Forgets the drawn sample. */
  void release() {
    if (!everything) {
      for (int feature : sampled) {
        slots[feature] = -1;
      }
    }
  }

  int size() {
    return sampled.length;
  }

  /** The feature in a slot, in no particular order. */
  int feature(int slot) {
    return sampled[slot];
  }

  /** Feature to slot, -1 where the feature is not sampled; not to be written. */
  int[] slots() {
    return slots;
  }
}
