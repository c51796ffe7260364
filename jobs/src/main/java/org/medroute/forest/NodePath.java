package org.medroute.forest;

/**
 * The number of a node in its tree, from which its features and cuts are drawn: 1 for the root, 2p
 * and 2p + 1 for the children of p. Below depth 62, where such numbers would leave a long, children
 * have hashes of them.
 */
final class NodePath {
  static final long ROOT = 1;

  private static final long DEEP = 1L << 62;

  private NodePath() {}

  static long left(long path) {
    return deep(path) ? CounterHash.of(path, 0) | DEEP : 2 * path;
  }

  static long right(long path) {
    return deep(path) ? CounterHash.of(path, 1) | DEEP : 2 * path + 1;
  }

  /** Whether the bit of depth 62 or its sign is set: it stays so for all that is below. */
  private static boolean deep(long path) {
    return path < 0 || path >= DEEP;
  }
}
