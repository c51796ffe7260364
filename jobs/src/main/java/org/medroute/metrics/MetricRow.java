package org.medroute.metrics;

import java.util.OptionalDouble;

/**
 * A row of the metrics table, without the run and model that the writing job adds.
 *
 * @param split what was measured: train, out-of-fold, validation, test
 * @param slice "all" or dimension=value
 * @param lower end of the 95 % interval, empty where there is none
 * @param n documents behind the value
 */
public record MetricRow(
    String task,
    String split,
    String name,
    String slice,
    double value,
    OptionalDouble lower,
    OptionalDouble upper,
    long n) {

  /** A measured value as a row. */
  public static MetricRow of(String task, String split, MetricKey key, Estimate estimate) {
    return new MetricRow(
        task,
        split,
        key.name(),
        key.slice(),
        estimate.value(),
        estimate.lower(),
        estimate.upper(),
        estimate.n());
  }
}
