package org.medroute.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.feature.ChiSqSelectorModel;
import org.apache.spark.ml.feature.IDFModel;
import org.apache.spark.ml.param.Param;
import org.medroute.feature.BiomedicalTokens;
import org.medroute.feature.LinearTextModel;
import org.medroute.forest.ForestDigest;

/**
 * Content digest of a model: sha256 over every stage in order (class, parameters by name in JSON,
 * data) and over calibration and routing. Doubles count by raw bits. Uids do not count.
 */
public final class ModelDigest {
  private final MessageDigest sha;

  private ModelDigest(MessageDigest sha) {
    this.sha = sha;
  }

  /**
   * @param attachments further content, such as calibration, in a fixed order
   * @return lower-case hexadecimal, 64 digits
   */
  public static String of(PipelineModel stages, List<String> attachments) {
    try {
      ModelDigest digest = new ModelDigest(MessageDigest.getInstance("SHA-256"));
      for (Transformer stage : stages.stages()) {
        digest.stage(stage);
      }
      attachments.forEach(digest::text);
      return HexFormat.of().formatHex(digest.sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void stage(Transformer stage) {
    text(stage.getClass().getName());
    TreeMap<String, String> parameters = new TreeMap<>();
    for (Param<?> param : stage.params()) {
      // the estimator behind a OneVsRestModel: its models tell all of it
      if (stage.isDefined(param)
          && !(stage instanceof OneVsRestModel && param.name().equals("classifier"))) {
        parameters.put(param.name(), encoded(stage, param));
      }
    }
    parameters.forEach(
        (name, value) -> {
          text(name);
          text(value);
        });
    if (stage instanceof BiomedicalTokens tokens) {
      sha.update(tokens.documentTerms().table());
    } else if (stage instanceof ChiSqSelectorModel selector) {
      for (int feature : selector.selectedFeatures()) {
        number(feature);
      }
    } else if (stage instanceof IDFModel idf) {
      for (double value : idf.idf().toArray()) {
        number(Double.doubleToRawLongBits(value));
      }
      for (long frequency : idf.docFreq()) {
        number(frequency);
      }
      number(idf.numDocs());
    } else if (stage instanceof LinearTextModel linear) {
      sha.update(linear.classifier().toBytes());
    } else if (stage instanceof RandomForestClassificationModel forest) {
      text(ForestDigest.of(forest));
    } else if (stage instanceof OneVsRestModel oneVsRest) {
      for (ClassificationModel<?, ?> model : oneVsRest.models()) {
        stage(model);
      }
    } else if (stage instanceof GBTClassificationModel boosted) {
      text(ForestDigest.of(boosted));
    } else if (stage instanceof MultilayerPerceptronClassificationModel network) {
      for (double weight : network.weights().toArray()) {
        number(Double.doubleToRawLongBits(weight));
      }
    }
  }

  private static <T> String encoded(Transformer stage, Param<T> param) {
    return param.jsonEncode(stage.getOrDefault(param));
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    sha.update(bytes);
  }

  private void number(long value) {
    sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
  }
}
