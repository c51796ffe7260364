/**
 * Whole flows side by side with their peers: MLlib, scikit-learn, fastText, Spark's XML source, a
 * copy without a model. One run measures every pair in turn on one machine.
 */
package org.medroute.bench;
