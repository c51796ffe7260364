package org.medroute.forest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.tree.CategoricalSplit;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.ml.tree.Split;

/**
 * The content digest of a forest, whoever trained it: sha256 over numbers of features, classes and
 * trees, then the trees in order, each in pre-order, left before right; a node gives its kind,
 * feature and threshold (or left categories), gain, impurity, prediction, class counts and draws,
 * doubles by their raw bits. Uids and parameters are not part of it.
 */
public final class ForestDigest {
  private static final int LEAF = 0;
  private static final int CONTINUOUS = 1;
  private static final int CATEGORICAL = 2;

  private final MessageDigest sha;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);

  private ForestDigest() {
    try {
      this.sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The digest of a model, 64 hexadecimal digits. */
  public static String of(RandomForestClassificationModel model) {
    ForestDigest digest = new ForestDigest();
    digest.put(model.numFeatures());
    digest.put(model.numClasses());
    DecisionTreeClassificationModel[] trees = model.trees();
    digest.put(trees.length);
    for (DecisionTreeClassificationModel tree : trees) {
      digest.put(tree.rootNode());
    }
    return digest.hex();
  }

  /** The digest of boosted trees: as that of a forest, each tree after its weight. */
  public static String of(GBTClassificationModel model) {
    ForestDigest digest = new ForestDigest();
    digest.put(model.numFeatures());
    digest.put(model.numClasses());
    digest.put(model.getNumTrees());
    for (int tree = 0; tree < model.getNumTrees(); tree++) {
      digest.put(model.treeWeights()[tree]);
      digest.put(model.getTree(tree).rootNode());
    }
    return digest.hex();
  }

  private void put(Node node) {
    if (node instanceof InternalNode inner) {
      put(inner.split());
      put(inner.gain());
      putCounts(inner);
      put(inner.leftChild());
      put(inner.rightChild());
    } else {
      put(LEAF);
      putCounts(node);
    }
  }

  private void put(Split split) {
    if (split instanceof ContinuousSplit continuous) {
      put(CONTINUOUS);
      put(continuous.featureIndex());
      put(continuous.threshold());
    } else if (split instanceof CategoricalSplit categorical) {
      put(CATEGORICAL);
      put(categorical.featureIndex());
      put(categorical.leftCategories().length);
      for (double category : categorical.leftCategories()) {
        put(category);
      }
    } else {
      throw new IllegalArgumentException("Unknown split " + split.getClass().getName());
    }
  }

  private void putCounts(Node node) {
    put(node.prediction());
    put(node.impurity());
    double[] counts = node.impurityStats().stats();
    put(counts.length);
    for (double count : counts) {
      put(count);
    }
    room().putLong(node.impurityStats().rawCount());
  }

  private void put(int value) {
    room().putInt(value);
  }

  private void put(double value) {
    room().putLong(Double.doubleToRawLongBits(value));
  }

  private ByteBuffer room() {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    sha.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private String hex() {
    flush();
    return HexFormat.of().formatHex(sha.digest());
  }
}
