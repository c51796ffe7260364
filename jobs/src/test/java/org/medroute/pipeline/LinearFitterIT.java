package org.medroute.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medroute.config.ThesaurusSource.Missing.REFUSE;
import static org.medroute.config.ThesaurusSource.Missing.WITHOUT;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.ConfigurationException;
import org.medroute.config.LinearSettings;
import org.medroute.config.RefusedException;
import org.medroute.config.ThesaurusSource;
import org.medroute.linear.LinearClassifier;
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
    return bytes(fit(rows, partitions, maxRows, "", REFUSE));
  }

  private static LinearFitter.Fitted fit(
      List<Row> rows,
      int partitions,
      int maxRows,
      String thesaurus,
      ThesaurusSource.Missing missing) {
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
            new ThesaurusSource("linear", thesaurus, missing),
            0.6,
            0.3,
            2,
            2,
            0.3,
            0.3,
            maxRows);
    return LinearFitter.fit(frame, 3, TokenOptions.defaults(), settings);
  }

  private static byte[] bytes(LinearFitter.Fitted fitted) {
    return LinearClassifier.of(
            fitted.model(), new Vote(new double[] {1, 1, 1}, new double[0], new double[3]))
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

  @Test
  void sameModelWithAThesaurusFromAFileThatIsPackedOrNot(@TempDir Path directory)
      throws IOException {
    String table =
        "# made for this test\nA07.541\tHeart\nA07.541.510\tHeart Valves\nA17.815\tSkin\n"
            + "A02.835\tTooth\n";
    Path plain = Files.writeString(directory.resolve("trees.tsv"), table);
    Path packed = directory.resolve("trees.tsv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(table.getBytes(StandardCharsets.UTF_8));
    }
    List<Row> rows = rows();
    LinearFitter.Fitted one = fit(rows, 1, 100_000, plain.toString(), REFUSE);
    assertThat(one.line()).contains("4 names of " + plain);
    Collections.shuffle(rows, new Random(4));
    assertThat(bytes(fit(rows, 8, 100_000, packed.toString(), REFUSE))).isEqualTo(bytes(one));
    assertThat(bytes(one)).isNotEqualTo(fitted(rows, 2, 100_000));
  }

  @Test
  void aThesaurusThatIsNotThereIsRefusedOrLeftOutAsAsked(@TempDir Path directory) {
    String absent = directory.resolve("absent.tsv").toString();
    List<Row> rows = rows();
    assertThatThrownBy(() -> fit(rows, 1, 100_000, absent, REFUSE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(absent)
        .hasMessageContaining("linear.thesaurus-missing");
    LinearFitter.Fitted without = fit(rows, 1, 100_000, absent, WITHOUT);
    assertThat(without.line()).contains("WITHOUT concepts: no thesaurus at " + absent);
    assertThat(bytes(without)).isEqualTo(fitted(rows, 1, 100_000));
  }

  @Test
  void aRowThatIsNoPlaceIsRefused(@TempDir Path directory) throws IOException {
    Path broken = Files.writeString(directory.resolve("trees.tsv"), "A07.541\tHeart\nHeart\n");
    assertThatThrownBy(() -> fit(rows(), 1, 100_000, broken.toString(), WITHOUT))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("trees.tsv:2");
  }
}
