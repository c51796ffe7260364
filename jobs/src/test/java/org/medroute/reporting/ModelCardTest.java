package org.medroute.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medroute.config.CalibrationMethod;
import org.medroute.config.ClassSet;
import org.medroute.config.EvaluateSettings;
import org.medroute.metrics.Calibration;
import org.medroute.metrics.CutOffs;
import org.medroute.metrics.EvaluationResult;
import org.medroute.metrics.Predictions;
import org.medroute.metrics.RoutingPolicy;
import org.medroute.metrics.TextState;

class ModelCardTest {
  private static final ClassSet CLASSES = ClassSet.closed(List.of("Heart", "Skin"));

  /** 3 of 4 right; slices by year: 1990 two documents, 1991 two. */
  private static EvaluationResult result() {
    Predictions.Builder builder = Predictions.builder(CLASSES, List.of("year"));
    double[][] rows = {{0, 0.9}, {0, 0.8}, {1, 0.7}, {1, 0.1}};
    for (int i = 0; i < rows.length; i++) {
      builder.add(
          "d" + i,
          (int) rows[i][0],
          new double[] {rows[i][1], 1 - rows[i][1]},
          1,
          TextState.ENGLISH,
          i < 2 ? "1990" : "1991");
    }
    Predictions raw = builder.build();
    return EvaluationResult.of(
        raw,
        Calibration.fit(CalibrationMethod.NONE, raw),
        new RoutingPolicy(CutOffs.of(CLASSES, 0.85, Map.of()), Set.of("en")),
        new EvaluateSettings(0, 1, 2, List.of(0.9)));
  }

  private static String card(String source, Optional<ModelCard.Measured> measured)
      throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    return ModelCard.render(
        new ModelCard.Content(
            "s5-abc",
            "s5",
            "digest",
            CLASSES.names(),
            json.readTree(
                "{\"counts\":{\"train\":2662},\"split\":\"s5/given\",\"labels\":{"
                    + "\"basis\":{\"given\":2662},\"year\":{\"1990\":2000,\"1991\":662},"
                    + "\"source\":{\""
                    + source
                    + "\":2662}},\"configuration\":{\"model\":{\"kind\":\"hybrid\"}}}"),
            json.readTree(
                "{\"out_of_fold\":{\"macro_f1\":0.89},\"precision_thresholds\":[{\"precision\":0.99,"
                    + "\"threshold\":0.97,\"coverage\":0.6,\"realised\":0.991},"
                    + "{\"precision\":0.999,\"threshold\":2,\"coverage\":0,\"realised\":1}]}"),
            measured));
  }

  @Test
  void saysWhatItWasTrainedOnBeforeItIsMeasured() throws JsonProcessingException {
    assertThat(card("pmid", Optional.empty()))
        .startsWith("# Model s5-abc\n")
        .contains(
            "| kind | hybrid |",
            "| thesaurus | none |",
            "| train | 2,662 |",
            "| given | 2,662 |",
            "| 1991 | 662 |")
        .contains("| macro_f1 | 0.8900 |", "| 0.99 | 0.9700 | 0.6000 | 0.9910 |")
        .contains("| 0.999 | none reaches it |")
        .contains("Not evaluated yet")
        .contains("No decision about a single patient");
  }

  @Test
  void measuresBySliceCalibrationAndRoutesOnceMeasured() throws JsonProcessingException {
    assertThat(
            card("pmid", Optional.of(new ModelCard.Measured("test part of the split", result()))))
        .contains("Measured on the test part of the split: 4 documents.")
        .contains("| accuracy | 0.7500 | 0.7500 |")
        .contains("| year=1990 | 2 | 1.0000 |", "| year=1991 | 2 | 0.5000 |")
        .contains("Method: none.")
        .contains("| auto | 2 | 0.5000 | 1.0000 |")
        .doesNotContain("Not evaluated yet");
  }

  @Test
  void ohsumedIsForExperimentsOnly() throws JsonProcessingException {
    assertThat(card("ohsumed", Optional.empty())).contains("- Experimental use only");
    assertThat(card("pmid", Optional.empty())).doesNotContain("Experimental use only");
  }
}
