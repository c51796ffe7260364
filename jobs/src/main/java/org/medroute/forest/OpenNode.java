package org.medroute.forest;

import java.io.Serializable;

/**
 * A node of a tree that is not finished.
 *
 * @param path 1 for the root, 2p and 2p + 1 for the children of p
 * @param masses class masses
 * @param draws from the bag
 */
record OpenNode(long path, int depth, long[] masses, long draws) implements Serializable {
  private static final long serialVersionUID = 1L;
}
