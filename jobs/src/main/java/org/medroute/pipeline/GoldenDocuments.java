package org.medroute.pipeline;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.medroute.compiled.TextScorer;
import org.medroute.config.RefusedException;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * Texts stored with their uncalibrated probabilities, which a loaded model must reproduce bit for
 * bit: a model of another hash function or library version is found out before it scores.
 *
 * @param documents in order of their ids
 */
record GoldenDocuments(List<Golden> documents) {
  private static final StructType TEXTS =
      new StructType()
          .add(Documents.DOCUMENT_ID, DataTypes.StringType, false)
          .add(Frames.TEXT, DataTypes.StringType, false);

  /** One text with its probabilities by raw bits. */
  record Golden(String documentId, String text, List<String> probabilityBits) {}

  /** Scores texts with the stages. One small Spark job. */
  static GoldenDocuments score(
      SparkSession spark, PipelineModel stages, Map<String, String> textById) {
    List<Row> rows = new ArrayList<>();
    textById.forEach((id, text) -> rows.add(RowFactory.create(id, text)));
    Dataset<Row> scored = stages.transform(spark.createDataFrame(rows, TEXTS).coalesce(1));
    List<Golden> golden = new ArrayList<>();
    for (Row row :
        scored
            .select(col(Documents.DOCUMENT_ID), col(Frames.TEXT), col(Frames.PROBABILITY))
            .collectAsList()) {
      golden.add(
          new Golden(row.getString(0), row.getString(1), bits(((Vector) row.get(2)).toArray())));
    }
    golden.sort(java.util.Comparator.comparing(Golden::documentId));
    return new GoldenDocuments(List.copyOf(golden));
  }

  /**
   * Compares with what the stages give. One small Spark job.
   *
   * @throws RefusedException naming the documents whose scores differ, or if there are none
   */
  void verify(SparkSession spark, PipelineModel stages, String where) {
    requireDocuments(where);
    Map<String, String> texts = new LinkedHashMap<>();
    documents.forEach(golden -> texts.put(golden.documentId(), golden.text()));
    require(score(spark, stages, texts).documents(), "Model " + where);
  }

  /**
   * Compares with what the compiled scorer gives, without Spark.
   *
   * @throws RefusedException naming the documents whose scores differ, or if there are none
   */
  void verify(CompiledModel compiled, String where) {
    requireDocuments(where);
    TextScorer scorer = compiled.scorer().textScorer();
    double[] probabilities = new double[compiled.classes().size()];
    List<Golden> actual = new ArrayList<>();
    for (Golden golden : documents) {
      scorer.probabilities(golden.text(), probabilities);
      actual.add(new Golden(golden.documentId(), golden.text(), bits(probabilities)));
    }
    require(actual, "Compiled model " + where);
  }

  private void requireDocuments(String where) {
    if (documents.isEmpty()) {
      throw new RefusedException(
          "Model "
              + where
              + " has no golden documents: nothing shows that it scores here as it did");
    }
  }

  private void require(List<Golden> actual, String what) {
    List<String> different = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      if (!actual.get(i).equals(documents.get(i))) {
        different.add(documents.get(i).documentId());
      }
    }
    if (!different.isEmpty()) {
      throw new RefusedException(
          what
              + ": "
              + different.size()
              + " of "
              + documents.size()
              + " golden documents score differently here, first "
              + different.get(0)
              + ". The model was made by another version of Spark or of the text stages; train"
              + " again with this version, or score with the version that made it.");
    }
  }

  private static List<String> bits(double[] probabilities) {
    List<String> bits = new ArrayList<>();
    for (double value : probabilities) {
      bits.add(Long.toHexString(Double.doubleToRawLongBits(value)));
    }
    return bits;
  }

  String toJson() {
    return Json.write(
        documents.stream()
            .map(
                golden ->
                    Map.of(
                        "document_id",
                        golden.documentId(),
                        "text",
                        golden.text(),
                        "probability_bits",
                        golden.probabilityBits()))
            .toList());
  }

  static GoldenDocuments fromJson(String json, String file) {
    List<Golden> golden = new ArrayList<>();
    for (JsonNode node : Json.read(json, file)) {
      List<String> bits = new ArrayList<>();
      node.get("probability_bits").forEach(bit -> bits.add(bit.asText()));
      golden.add(new Golden(node.get("document_id").asText(), node.get("text").asText(), bits));
    }
    return new GoldenDocuments(List.copyOf(golden));
  }
}
