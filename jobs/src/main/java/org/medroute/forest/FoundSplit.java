package org.medroute.forest;

import java.io.Serializable;

/**
 * The best split of a node, on its way to the driver.
 *
 * @param number of the node in its pass
 * @param bin last bin of the feature that goes left
 * @param left class masses of the left child
 * @param leftDraws draws of the left child
 */
record FoundSplit(int number, int feature, int bin, long[] left, long leftDraws)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
