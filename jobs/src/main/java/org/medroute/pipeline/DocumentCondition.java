package org.medroute.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.medroute.config.ConfigurationException;

/** SQL conditions over documents that a user writes into a setting. */
public final class DocumentCondition {
  private DocumentCondition() {}

  /**
   * The condition as a column, false where SQL knows neither.
   *
   * @param setting its key, for messages
   * @throws ConfigurationException if it is no condition over these columns
   */
  public static Column of(Dataset<Row> documents, String setting, String where) {
    StructType schema;
    try {
      schema = documents.select(expr(where)).schema();
    } catch (Exception e) {
      // Spark's Java signature hides that this is thrown.
      if (e instanceof AnalysisException) {
        throw new ConfigurationException(
            "setting "
                + setting
                + ": expected a condition over documents, found \""
                + where
                + "\": "
                + e.getMessage(),
            e);
      }
      throw e;
    }
    if (!schema.fields()[0].dataType().equals(DataTypes.BooleanType)) {
      throw new ConfigurationException(
          "setting "
              + setting
              + ": expected a condition, found \""
              + where
              + "\", which is "
              + schema.fields()[0].dataType().simpleString());
    }
    return coalesce(expr(where), lit(false));
  }
}
