package org.medroute.forest;

import java.io.Serializable;

/**
 * A node of a tree that is not finished.
 *
 * @param path see {@link NodePath}
 * @param masses class masses
 * @param draws from the bag
 * @param samples of features that it has drawn in vain
 */
record OpenNode(long path, int depth, long[] masses, long draws, int samples)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  OpenNode(long path, int depth, long[] masses, long draws) {
    this(path, depth, masses, draws, 0);
  }

  /** The same node with one more sample of features drawn in vain. */
  OpenNode again() {
    return new OpenNode(path, depth, masses, draws, samples + 1);
  }
}
