package org.medroute.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.testing.HandMadeModel;

/** predict by submit.sh: plain Java, any locale, and an archive of classes after the first run. */
class PredictScriptIT {
  @TempDir Path directory;

  @Test
  void predictsWithoutSparkInAnyLocale() throws Exception {
    Path warehouse = directory.resolve("a warehouse");
    HandMadeModel.write(warehouse);
    // a Spark home without Spark: whoever started it would fail
    Map<String, String> environment = Map.of("LC_ALL", "C", "SPARK_HOME", directory.toString());
    try (SubmitScript submit = new SubmitScript(directory, environment)) {
      for (int run = 0; run < 2; run++) {
        SubmitScript.Finished predicted =
            submit.run(
                "predict",
                "--warehouse",
                warehouse.toString(),
                "--task",
                "task",
                "--json",
                "The valve of the β-patient");
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        JsonNode last = new ObjectMapper().readTree(predicted.lastLine());
        assertThat(last.get("job").asText()).isEqualTo("predict");
        assertThat(last.get("specialty").asText()).isEqualTo("A");
        assertThat(last.get("evidence").get(0).get("term").asText()).isEqualTo("valve");
        assertThat(SubmitScript.home().resolve(".medroute/predict.jsa")).isNotEmptyFile();
      }
      SubmitScript.Finished refused =
          submit.run("predict", "--warehouse", warehouse.toString(), "--task", "task", "short");
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err())
          .contains("medroute: the text has 5 characters, and a text has 10 to 10,000");
    }
    assertThat(Files.exists(directory.resolve(".medroute"))).isFalse();
  }
}
