package org.medroute.pipeline;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.medroute.config.CalibrationMethod;
import org.medroute.table.Columns;
import org.medroute.table.Documents;
import org.medroute.table.Scores;

/**
 * Turns documents into decisions, whichever way: by the {@link CompiledDocuments compiled} model or
 * by its {@link StagedDocuments stages}. Both give the same rows, evidence aside.
 */
public sealed interface DocumentScorer extends AutoCloseable
    permits CompiledDocuments, StagedDocuments {
  /**
   * document_id, text_hash and, as in the scores table, specialty, raw_probability, confidence,
   * probabilities, route, reason and evidence (null where it was not asked for).
   */
  StructType SCHEMA =
      new StructType()
          .add(Documents.DOCUMENT_ID, DataTypes.StringType, false)
          .add(Documents.TEXT_HASH, DataTypes.StringType, false)
          .add(Scores.SPECIALTY, DataTypes.StringType, true)
          .add(Scores.RAW_PROBABILITY, DataTypes.DoubleType, true)
          .add(Scores.CONFIDENCE, DataTypes.DoubleType, true)
          .add(Scores.PROBABILITIES, Columns.NUMBER_MAP, false)
          .add(Scores.ROUTE, DataTypes.StringType, false)
          .add(Scores.REASON, DataTypes.StringType, false)
          .add(Scores.EVIDENCE, Columns.EVIDENCE, true);

  /** Names the content of the model. */
  String version();

  CalibrationMethod calibration();

  /**
   * Scores rows that have the documents' columns document_id, text_hash, title, abstract_sections
   * and text_language; no other is read. One narrow pass, no shuffle.
   *
   * @return rows of {@link #SCHEMA}
   */
  Dataset<Row> decisions(Dataset<Row> documents);

  /** Frees what the scorer holds on the executors; rows that were not read yet are lost. */
  @Override
  void close();
}
