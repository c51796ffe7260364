package org.medroute.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.medroute.config.LinearSettings;
import org.medroute.linear.LinearClassifier;
import org.medroute.linear.LinearText;
import org.medroute.linear.TopicTexts;
import org.medroute.linear.Vote;
import org.medroute.testing.LocalSpark;
import org.medroute.text.TokenOptions;

/** A linear model depends on the documents, not on how they come. */
class LinearFitterIT {
  private static final StructType SCHEMA =
      new StructType()
          .add("document_id", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType);

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    List<String> texts = TopicTexts.make(1200, 9);
    for (int i = 0; i < texts.size(); i++) {
      rows.add(RowFactory.create("d" + i, texts.get(i), (double) (i % 3), 1.0 + i % 2));
    }
    return rows;
  }

  private static byte[] fitted(List<Row> rows, int partitions, int maxRows) {
    Dataset<Row> frame =
        LinearFitter.ofOneClass(
            LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions));
    LinearSettings settings =
        new LinearSettings(
            LinearSettings.Learner.NB_SVM,
            0.3,
            0.5,
            0.1,
            2,
            0.6,
            0.7,
            "",
            LinearSettings.MissingThesaurus.REFUSE,
            0.6,
            2,
            2,
            0.3,
            0.3,
            maxRows);
    LinearText model = LinearFitter.fit(frame, 3, TokenOptions.defaults(), settings).model();
    return LinearClassifier.of(
            model, new Vote(new double[] {1, 1, 1}, new double[0], new double[3]))
        .toBytes();
  }

  @Test
  void sameModelForAnyPartitioningAndOrder() {
    List<Row> rows = rows();
    byte[] one = fitted(rows, 1, 100_000);
    Collections.shuffle(rows, new Random(4));
    assertThat(fitted(rows, 2, 100_000)).isEqualTo(one);
    assertThat(fitted(rows, 8, 100_000)).isEqualTo(one);
  }

  @Test
  void sampleBeyondMaxRowsDoesNotDependOnTheOrderEither() {
    List<Row> rows = rows();
    byte[] one = fitted(rows, 2, 1000);
    Collections.shuffle(rows, new Random(4));
    assertThat(fitted(rows, 5, 1000)).isEqualTo(one);
    assertThat(one).isNotEqualTo(fitted(rows, 2, 100_000));
  }
}
