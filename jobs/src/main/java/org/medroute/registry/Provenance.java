package org.medroute.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.Settings;
import org.medroute.delta.CommitInfo;

/** Where a model comes from, as JSON: everything that is needed to make it again. */
public final class Provenance {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Provenance() {}

  /**
   * @param inputs table to pinned version
   * @param counts documents by part and by reason of exclusion
   * @param labels training documents by dimension (class, basis, year, source) and value
   * @param splitTask key of the split in the splits table
   * @param splitDigest identity of its training part, so that no other split is evaluated by
   *     mistake
   */
  public static String json(
      SparkSession spark,
      CommitInfo commit,
      Settings settings,
      Map<String, String> inputs,
      Map<String, Long> counts,
      Map<String, Map<String, Long>> labels,
      Instant start,
      String splitTask,
      String splitDigest) {
    ObjectNode node = JSON.createObjectNode();
    node.put("run_id", commit.runId());
    node.put("git_commit", commit.gitCommit());
    node.put("config_hash", commit.configHash());
    node.set("inputs", JSON.valueToTree(inputs));
    node.set("counts", JSON.valueToTree(counts));
    node.set("labels", JSON.valueToTree(labels));
    node.put("split", splitTask);
    node.put("split_digest", splitDigest);
    node.put("spark", spark.version());
    node.put("java", System.getProperty("java.version"));
    node.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    node.put("started_at", start.toString());
    node.put("finished_at", Instant.now().toString());
    try {
      node.set("configuration", JSON.readTree(settings.redactedJson()));
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a rendered configuration is always JSON", e);
    }
  }
}
