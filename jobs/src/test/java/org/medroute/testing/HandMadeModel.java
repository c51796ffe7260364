package org.medroute.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medroute.compiled.HandMadeScorer;

/** The files of a warehouse that predict reads, with a champion that is worked out by hand. */
public final class HandMadeModel {
  private HandMadeModel() {}

  /** Model task-1 is champion of task; its models table is at version 1. */
  public static void write(Path warehouse) throws IOException {
    Path model = warehouse.resolve("model_files/task-1");
    Files.createDirectories(model.resolve("compiled"));
    Files.write(model.resolve("compiled/scorer.bin"), HandMadeScorer.scorer().toBytes());
    Files.writeString(model.resolve("golden.json"), golden(0.75, 0.25));
    Files.createDirectories(warehouse.resolve("models/_delta_log"));
    commit(warehouse, 0);
    commit(warehouse, 1);
    Files.writeString(
        warehouse.resolve("model_files/index.json"),
        """
        {"table": "models", "table_version": 1, "models": [
          {"model_version": "task-1", "task": "task", "status": "champion",
           "path": "model_files/task-1", "digest": "%s", "created_at": "2026-01-02T03:04:05Z"}]}
        """
            .formatted(HandMadeScorer.DIGEST));
  }

  /** A further version of the models table. */
  public static void commit(Path warehouse, int version) throws IOException {
    Files.writeString(
        warehouse.resolve(String.format("models/_delta_log/%020d.json", version)), "{}");
  }

  /** One golden document, "valve", with these probabilities. */
  public static String golden(double a, double b) {
    return """
        [{"document_id": "1", "text": "valve", "probability_bits": ["%s", "%s"]}]
        """
        .formatted(bits(a), bits(b));
  }

  private static String bits(double value) {
    return Long.toHexString(Double.doubleToRawLongBits(value));
  }
}
