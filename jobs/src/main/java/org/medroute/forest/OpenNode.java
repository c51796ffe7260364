package org.medroute.forest;

import java.io.Serializable;

/**
 * A node of a tree that is not finished.
 *
 * @param path see {@link NodePath}
 * @param masses class masses
 * @param draws from the bag
 */
record OpenNode(long path, int depth, long[] masses, long draws) implements Serializable {
  private static final long serialVersionUID = 1L;
}
