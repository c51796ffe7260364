package org.medroute.pipeline;

import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.medroute.table.Frames;

/** Column metadata that tells Spark ML the number of classes. */
final class ClassCount {
  private ClassCount() {}

  /** Rows whose label column says how many classes there are: a fold may lack one. */
  static Dataset<Row> label(Dataset<Row> rows, int classes) {
    return rows.withColumn(
        Frames.LABEL, rows.col(Frames.LABEL).as(Frames.LABEL, metadata(Frames.LABEL, classes)));
  }

  private static Metadata metadata(String column, int classes) {
    String[] values = new String[classes];
    for (int i = 0; i < classes; i++) {
      values[i] = String.valueOf(i);
    }
    return NominalAttribute.defaultAttr().withName(column).withValues(values).toMetadata();
  }
}
