package org.medroute.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.compiled.HandMadeScorer;
import org.medroute.config.ConfigurationException;
import org.medroute.config.RefusedException;
import org.medroute.config.Settings;
import org.medroute.config.SettingsLoader;
import org.medroute.testing.HandMadeModel;

/** Predictions of a model that is worked out by hand, from a warehouse of its files alone. */
class PredictJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path warehouse;

  @BeforeEach
  void writeModel() throws IOException {
    HandMadeModel.write(warehouse);
  }

  private record Ran(Outcome outcome, List<String> lines) {}

  private Ran predict(String input, boolean json, String... arguments) {
    PredictJob job = new PredictJob();
    Settings settings =
        SettingsLoader.withDefaults()
            .literal("warehouse", warehouse.toString())
            .literal("train.task", "task")
            .load();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Outcome outcome =
        job.run(
            new PlainJob.PlainRun(
                settings,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                json),
            new PredictJob.Request(
                org.medroute.config.PredictSettings.from(settings), warehouse, List.of(arguments)));
    return new Ran(outcome, out.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void tellsSpecialtyRouteReasonAndEvidence() {
    Ran ran = predict("", false, "The valve of the patient was not replaced");

    assertThat(ran.lines())
        .containsExactly(
            "  specialty   A",
            "  confidence  0.7500",
            "  route       auto",
            "  reason      0.75 >= 0.70 cut-off of A",
            "",
            "class  probability",
            "-----  -----------",
            "A           0.7500",
            "B           0.2500",
            "",
            "evidence   weight",
            "--------  -------",
            "valve     +0.3000",
            "");
    assertThat(ran.outcome().verdict()).isEqualTo(Outcome.Verdict.DONE);
    assertThat(ran.outcome().modelVersion()).contains("task-1");
    assertThat(ran.outcome().details())
        .containsEntry("specialty", "A")
        .containsEntry("raw_probability", 0.75)
        .containsEntry("confidence", 0.75)
        .containsEntry("route", "auto");
  }

  @Test
  void readsLinesAndRefusesThoseOfAnotherLength() throws IOException {
    Ran ran =
        predict(
            "Patients with the skin of the patient\r\n123456789\n\n"
                + "Les patients ont été suivis dans une étude avec des résultats\n"
                + "x".repeat(30_000)
                + "\nthe heart of the patient and of others",
            true);

    List<JsonNode> lines = ran.lines().stream().map(PredictJobTest::read).toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0).get("line").asInt()).isEqualTo(1);
    assertThat(lines.get(0).get("specialty").asText()).isEqualTo("B");
    assertThat(lines.get(0).get("route").asText()).isEqualTo("out_of_scope");
    assertThat(lines.get(0).get("probabilities").get("A").asDouble()).isEqualTo(0.125);
    assertThat(lines.get(1).get("refused").asText())
        .isEqualTo("has 9 characters, and a text has 10 to 10,000");
    assertThat(lines.get(2).get("refused").asText()).startsWith("has no characters");
    assertThat(lines.get(3).get("route").asText()).isEqualTo("unscorable");
    assertThat(lines.get(3).get("specialty").isNull()).isTrue();
    assertThat(lines.get(4).get("refused").asText()).startsWith("has more than 10,000 characters");
    assertThat(lines.get(5).get("line").asInt()).isEqualTo(6);
    JsonNode heart = lines.get(5).get("evidence").get(0);
    assertThat(heart.get("term").asText()).isEqualTo("heart");
    assertThat(heart.get("colliding").get(0).asText()).isEqualTo("cardiac");
    assertThat(ran.outcome().verdict()).isEqualTo(Outcome.Verdict.REFUSED);
    assertThat(ran.outcome().counts()).containsEntry("predicted", 3L).containsEntry("refused", 3L);
    assertThat(ran.outcome().message())
        .contains(
            "3 of 6 lines were refused, first: line 2 has 9 characters, and a text has 10 to"
                + " 10,000");
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void countsCharactersNotCharsAndNoSpaceAround() {
    String nine = "\ud835\udc00".repeat(9);
    assertThat(predict("", false, nine).outcome().message())
        .contains("the text has 9 characters, and a text has 10 to 10,000");
    assertThat(predict("", false, "  " + nine + "   ").outcome().verdict().exitCode()).isEqualTo(3);
    assertThat(predict("", false, nine + "a").outcome().verdict()).isEqualTo(Outcome.Verdict.DONE);
    assertThat(predict("", false, "a ".repeat(5000)).outcome().verdict())
        .isEqualTo(Outcome.Verdict.DONE);
    assertThat(predict("", false, "a ".repeat(5000) + "bc").outcome().verdict())
        .isEqualTo(Outcome.Verdict.REFUSED);
  }

  @Test
  void noTextIsAUsageError() {
    assertThat(predict("", false).outcome().verdict()).isEqualTo(Outcome.Verdict.USAGE);
    assertThatThrownBy(
            () ->
                new PredictJob()
                    .configure(SettingsLoader.withDefaults().load(), List.of("two", "texts")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("put it in quotation marks");
  }

  @Test
  void warehouseElsewhereIsAUsageError() {
    assertThatThrownBy(
            () ->
                new PredictJob()
                    .configure(
                        SettingsLoader.withDefaults().literal("warehouse", "hdfs://n/w").load(),
                        List.of("a text of some words")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("warehouse is hdfs://n/w");
  }

  @Test
  void indexBehindTheModelsTableIsRefused() throws IOException {
    HandMadeModel.commit(warehouse, 2);
    assertThatThrownBy(() -> predict("", false, "a text of some words"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("version 1 of the models table, which is at version 2")
        .hasMessageContaining("`models list` writes it anew");
  }

  @Test
  void modelOfAnotherDigestIsRefused() throws IOException {
    Path index = warehouse.resolve("model_files/index.json");
    Files.writeString(
        index, Files.readString(index).replace(HandMadeScorer.DIGEST, "f".repeat(64)));
    assertThatThrownBy(() -> predict("", false, "a text of some words"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("was compiled from the model with digest " + HandMadeScorer.DIGEST);
  }

  @Test
  void modelThatScoresOtherwiseThanItsGoldenDocumentsIsRefused() throws IOException {
    Files.writeString(
        warehouse.resolve("model_files/task-1/golden.json"),
        HandMadeModel.golden(Math.nextUp(0.75), 0.25));
    assertThatThrownBy(() -> predict("", false, "a text of some words"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("1 of 1 golden documents score differently here, first 1");
  }

  @Test
  void missingModelsAreRefusedWithWhatToDo() throws IOException {
    Files.delete(warehouse.resolve("model_files/index.json"));
    assertThatThrownBy(() -> predict("", false, "a text of some words"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Run train");
  }

  @Test
  void longLinesAreHeldUpToTheirLimitOnly() throws IOException {
    BoundedLines lines =
        new BoundedLines(new StringReader("abcdefgh\n\nxy\n" + "z".repeat(20_000)), 4);
    assertThat(lines.next()).isTrue();
    assertThat(lines.line()).isEqualTo("abcde");
    assertThat(lines.next()).isTrue();
    assertThat(lines.line()).isEmpty();
    assertThat(lines.next()).isTrue();
    assertThat(lines.line()).isEqualTo("xy");
    assertThat(lines.next()).isTrue();
    assertThat(lines.line()).isEqualTo("zzzzz");
    assertThat(lines.next()).isFalse();
  }
}
