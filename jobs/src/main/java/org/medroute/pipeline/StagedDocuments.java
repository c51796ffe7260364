package org.medroute.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.medroute.config.CalibrationMethod;
import org.medroute.metrics.ReviewRules;
import org.medroute.table.Documents;
import org.medroute.table.Frames;
import org.medroute.table.Scores;

/** Documents through the stages of a model, one after another. */
public record StagedDocuments(SpecialtyModel model, ReviewRules rules) implements DocumentScorer {
  public StagedDocuments {
    rules.requireClasses(model.classes());
  }

  /** Confidence alone decides. */
  public StagedDocuments(SpecialtyModel model) {
    this(model, ReviewRules.NONE);
  }

  @Override
  public String version() {
    return model.version();
  }

  @Override
  public CalibrationMethod calibration() {
    return model.calibration().method();
  }

  @Override
  public Dataset<Row> decisions(Dataset<Row> documents) {
    Column[] columns = new Column[SCHEMA.size()];
    for (int i = 0; i < columns.length; i++) {
      StructField field = SCHEMA.fields()[i];
      columns[i] =
          switch (field.name()) {
            case Documents.DOCUMENT_ID, Documents.TEXT_HASH -> col(field.name());
            case Scores.EVIDENCE -> lit(null).cast(field.dataType()).as(field.name());
            default -> col(Frames.DECISION).getField(field.name()).as(field.name());
          };
    }
    return ModelScorer.decisions(model, rules, ScoringFrame.of(documents)).select(columns);
  }

  @Override
  public void close() {
    // holds nothing
  }
}
