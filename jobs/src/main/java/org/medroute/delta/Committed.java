package org.medroute.delta;

import java.util.Map;
import org.medroute.table.Table;

/**
 * What became of a unit of work at one table.
 *
 * @param version of the table after it
 * @param applied false if the table already held the unit and nothing was written
 * @param metrics Delta's operation metrics; empty if not applied
 */
public record Committed(Table table, long version, boolean applied, Map<String, Long> metrics) {
  public Committed {
    metrics = Map.copyOf(metrics);
  }

  /** Rows written anew by an append or an overwrite. */
  public long rowsWritten() {
    return metrics.getOrDefault("numOutputRows", 0L);
  }

  /** Rows that a merge inserted. */
  public long inserted() {
    return metrics.getOrDefault("numTargetRowsInserted", 0L);
  }

  /** Rows that a merge updated. */
  public long updated() {
    return metrics.getOrDefault("numTargetRowsUpdated", 0L);
  }

  /** Rows that a merge or a delete removed. */
  public long removed() {
    return metrics.getOrDefault("numTargetRowsDeleted", metrics.getOrDefault("numDeletedRows", 0L));
  }

  /**
   * Stops the run when an append or overwrite wrote another number of rows than was staged.
   *
   * @throws IllegalStateException with both numbers
   */
  public Committed expectRows(long expected) {
    if (applied && rowsWritten() != expected) {
      throw new IllegalStateException(
          String.format(
              "Table %s, version %d: %d rows written where %d were expected; the input changed"
                  + " between two passes. The rows are committed: run again to bring them up to"
                  + " date",
              table.name(), version, rowsWritten(), expected));
    }
    return this;
  }
}
