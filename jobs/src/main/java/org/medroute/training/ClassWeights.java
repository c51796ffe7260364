package org.medroute.training;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.table.Frames;

/**
 * Balanced class weights n / (k n_c) times the weight of the label's basis, where n and n_c sum the
 * basis weights.
 *
 * <p>Weights are rounded to multiples of 2^-16: sums of such numbers are exact in a double up to
 * 2^37, so that no order in which executors add them can change a tree.
 */
final class ClassWeights {
  private static final double GRAIN = 65_536.0;

  private ClassWeights() {}

  /** Replaces {@code weight}; one pass to count. */
  static Dataset<Row> balance(Dataset<Row> rows, int classes) {
    double[] sums = new double[classes];
    for (Row row : rows.groupBy(col(Frames.LABEL), col(Frames.WEIGHT)).count().collectAsList()) {
      // whole grains: a sum that no order of rows can change
      sums[(int) row.getDouble(0)] += row.getLong(2) * Math.rint(row.getDouble(1) * GRAIN);
    }
    double[] factors = factors(sums);
    Column factor = lit(1.0);
    for (int i = 0; i < classes; i++) {
      factor = when(col(Frames.LABEL).equalTo((double) i), lit(factors[i])).otherwise(factor);
    }
    return rows.withColumn(Frames.WEIGHT, rounded(col(Frames.WEIGHT).multiply(factor)));
  }

  /** A positive weight as a multiple of the grain, at least one. */
  static Column rounded(Column weight) {
    return greatest(rint(weight.multiply(GRAIN)), lit(1.0)).divide(lit(GRAIN));
  }

  /** n / (k n_c), where k counts the classes that occur; 1 for a class that does not. */
  static double[] factors(double[] sums) {
    double n = 0;
    int present = 0;
    for (double sum : sums) {
      n += sum;
      present += sum > 0 ? 1 : 0;
    }
    double[] factors = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      factors[i] = sums[i] > 0 ? n / (present * sums[i]) : 1.0;
    }
    return factors;
  }
}
