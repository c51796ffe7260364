package org.medroute.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Three ways to find the cut-offs that decide most documents at a precision. */
enum PrecisionSearch {
  /** One cut-off for all classes. */
  POOLED("one cut-off for all classes") {
    @Override
    double[] cutOffs(RankedDecisions documents, double precision) {
      double[] cutOffs = new double[documents.classes()];
      Arrays.fill(cutOffs, lowest(documents, precision));
      return cutOffs;
    }
  },

  /** Each class by itself. */
  BY_CLASS("every class at the precision") {
    @Override
    double[] cutOffs(RankedDecisions documents, double precision) {
      double[] cutOffs = new double[documents.classes()];
      for (int c = 0; c < cutOffs.length; c++) {
        cutOffs[c] = lowest(documents.ofClass(c), precision);
      }
      return cutOffs;
    }
  },

  /**
   * A cut-off per class, all together at the precision: errors are spent where they buy most
   * documents. The documents of a class are cut into blocks whose error rates ascend with falling
   * confidence (adjacent ones pooled until they do); blocks of all classes are taken in order of
   * their error rates, the last one in part.
   */
  TOGETHER("the classes together at the precision") {
    @Override
    double[] cutOffs(RankedDecisions documents, double precision) {
      List<Block> blocks = new ArrayList<>();
      List<RankedDecisions> byClass = new ArrayList<>();
      for (int c = 0; c < documents.classes(); c++) {
        byClass.add(documents.ofClass(c));
        blocks.addAll(blocks(byClass.get(c), c));
      }
      blocks.sort(
          Comparator.comparingDouble(Block::errorRate)
              .thenComparingInt(Block::label)
              .thenComparingInt(Block::end));
      double[] cutOffs = new double[documents.classes()];
      Arrays.fill(cutOffs, NEVER);
      long taken = 0;
      long errors = 0;
      for (Block block : blocks) {
        RankedDecisions own = byClass.get(block.label());
        if (!holds(taken + block.size(), errors + block.errors(), precision)) {
          for (int i = block.start(); i < block.end(); i++) {
            taken++;
            errors += own.right(i) ? 0 : 1;
            if (own.canEnd(i) && holds(taken, errors, precision)) {
              cutOffs[block.label()] = own.confidence()[i];
            }
          }
          break;
        }
        taken += block.size();
        errors += block.errors();
        cutOffs[block.label()] = own.confidence()[block.end() - 1];
      }
      return cutOffs;
    }
  };

  /** Above every confidence. */
  static final double NEVER = 2;

  private static final double ROUNDING = 1e-9;

  private final String text;

  PrecisionSearch(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }

  /** One cut-off a class, or {@link #NEVER}. */
  abstract double[] cutOffs(RankedDecisions documents, double precision);

  static boolean holds(long decided, long errors, double precision) {
    return errors <= (1 - precision) * decided + ROUNDING;
  }

  /** The lowest confidence from which all documents together have the precision. */
  private static double lowest(RankedDecisions documents, double precision) {
    double lowest = NEVER;
    long errors = 0;
    for (int i = 0; i < documents.size(); i++) {
      errors += documents.right(i) ? 0 : 1;
      if (documents.canEnd(i) && holds(i + 1L, errors, precision)) {
        lowest = documents.confidence()[i];
      }
    }
    return lowest;
  }

  /** Neighbours of one class, from start until end. */
  private record Block(int label, int start, int end, long errors) {
    int size() {
      return end - start;
    }

    double errorRate() {
      return errors / (double) size();
    }
  }

  private static List<Block> blocks(RankedDecisions documents, int label) {
    List<Block> blocks = new ArrayList<>();
    int start = 0;
    long errors = 0;
    for (int i = 0; i < documents.size(); i++) {
      errors += documents.right(i) ? 0 : 1;
      if (!documents.canEnd(i)) {
        continue;
      }
      Block block = new Block(label, start, i + 1, errors);
      while (!blocks.isEmpty() && blocks.get(blocks.size() - 1).errorRate() >= block.errorRate()) {
        Block before = blocks.remove(blocks.size() - 1);
        block = new Block(label, before.start(), block.end(), before.errors() + block.errors());
      }
      blocks.add(block);
      start = i + 1;
      errors = 0;
    }
    return blocks;
  }
}
