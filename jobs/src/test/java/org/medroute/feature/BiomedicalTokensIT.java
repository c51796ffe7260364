package org.medroute.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.linear.DocumentTerms;
import org.medroute.testing.LocalSpark;
import org.medroute.text.BiomedicalTokenizer;
import org.medroute.text.TermHash;
import org.medroute.text.TokenOptions;
import org.medroute.text.TokenOptions.Compounds;
import org.medroute.text.TokenOptions.Numbers;

class BiomedicalTokensIT {
  private static final TokenOptions OPTIONS =
      new TokenOptions(3, 1, Compounds.PARTS, Numbers.KEEP, List.of("patients", "Naïve"));

  private static Dataset<Row> texts(String... texts) {
    return LocalSpark.session().createDataset(Arrays.asList(texts), Encoders.STRING()).toDF("text");
  }

  private static BiomedicalTokens stage() {
    return new BiomedicalTokens("tokens").setInputCol("text").setOutputCol("tokens");
  }

  private static List<List<String>> tokens(Dataset<Row> rows) {
    return rows.select("tokens").collectAsList().stream()
        .map(row -> row.<String>getList(0))
        .toList();
  }

  @Test
  void givesTheTermsOfTheTokenizer() {
    String text = "β-blocker in heart failure.";
    assertThat(tokens(stage().transform(texts(text, "", null))))
        .containsExactly(
            new BiomedicalTokenizer(TokenOptions.defaults()).tokens(text), List.of(), List.of());
  }

  @Test
  void givesTheSameForComposedAndDecomposedText() {
    String text = "Sjögren’s and Ménière’s disease";
    List<List<String>> tokens =
        tokens(
            stage()
                .transform(
                    texts(
                        Normalizer.normalize(text, Normalizer.Form.NFC),
                        Normalizer.normalize(text, Normalizer.Form.NFD))));
    assertThat(tokens.get(0)).isEqualTo(tokens.get(1)).contains("sjögren ménière");
  }

  @Test
  void keepsItsParamsWhenCopiedAndWhenSaved(@TempDir Path directory) throws Exception {
    BiomedicalTokens stage = stage().setOptions(OPTIONS);
    assertThat(stage.copy(new ParamMap()).options()).isEqualTo(OPTIONS);
    String path = directory.resolve("stage").toString();
    stage.save(path);
    BiomedicalTokens loaded = BiomedicalTokens.load(path);
    assertThat(loaded.uid()).isEqualTo("tokens");
    assertThat(loaded.options()).isEqualTo(OPTIONS);
    assertThat(loaded.getOrDefault(loaded.inputCol())).isEqualTo("text");
    assertThat(loaded.getOrDefault(loaded.outputCol())).isEqualTo("tokens");
    assertThat(loaded.params()).hasSize(9);
    assertThat(loaded.documentTerms().isNone()).isTrue();
  }

  @Test
  void keepsItsThesaurusWhenCopiedAndWhenSaved(@TempDir Path directory) throws Exception {
    DocumentTerms terms =
        DocumentTerms.of(
            true,
            new TreeMap<>(Map.of("Heart Diseases", List.of("C14.280"))),
            TokenOptions.defaults());
    BiomedicalTokens stage = stage().setDocumentTerms(terms);
    Dataset<Row> texts = texts("Heart disease\nheart diseases", "");
    List<List<String>> expected = tokens(stage.transform(texts));
    assertThat(expected.get(0))
        .containsSubsequence("heart disease", "title:heart", "title:disease")
        .filteredOn(term -> term.startsWith("mesh:"))
        .containsExactlyInAnyOrder(
            "mesh:Heart Diseases",
            "mesh:Heart Diseases",
            "mesh:C14",
            "mesh:C14",
            "mesh:C",
            "mesh:C");
    assertThat(tokens(stage.copy(new ParamMap()).transform(texts))).isEqualTo(expected);
    Path saved = directory.resolve("stage");
    stage.save(saved.toString());
    assertThat(tokens(BiomedicalTokens.load(saved.toString()).transform(texts)))
        .isEqualTo(expected);

    Path data = saved.resolve("data").resolve("thesaurus.tsv");
    Files.writeString(data, "C14.280 Heart Diseases");
    Files.deleteIfExists(data.resolveSibling(".thesaurus.tsv.crc"));
    assertThatThrownBy(() -> BiomedicalTokens.load(saved.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("thesaurus.tsv is damaged");
    Files.delete(data);
    assertThatThrownBy(() -> BiomedicalTokens.load(saved.toString()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("thesaurus.tsv cannot be read");
  }

  @Test
  void isLoadedWithinAPipeline(@TempDir Path directory) throws Exception {
    Dataset<Row> texts = texts("IL-6 in 12 naïve patients");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage().setOptions(OPTIONS)});
    String path = directory.resolve("pipeline").toString();
    pipeline.fit(texts).save(path);
    assertThat(tokens(PipelineModel.load(path).transform(texts))).containsExactly(List.of("il-6"));
  }

  @Test
  void saysWhichColumnIsMissingOfAnotherTypeOrInTheWay() {
    assertThatThrownBy(() -> stage().setInputCol("body").transform(texts("a")))
        .hasMessage("Stage tokens reads column body, which is not among [text]");
    assertThatThrownBy(() -> stage().transform(texts("1").selectExpr("cast(text as int) text")))
        .hasMessage("Stage tokens reads strings; column text is INT");
    assertThatThrownBy(() -> stage().setOutputCol("text").transform(texts("a")))
        .hasMessage("Stage tokens writes column text, which is there already");
  }

  @Test
  void termHashEqualsSparksHashingTf() {
    HashingTF hashing = new HashingTF().setNumFeatures(1 << 18);
    HashingTF odd = new HashingTF().setNumFeatures(1_000_003);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String term = randomTerm(random);
      assertThat(TermHash.bucket(term, 1 << 18)).as(term).isEqualTo(hashing.indexOf(term));
      assertThat(TermHash.bucket(term, 1_000_003)).as(term).isEqualTo(odd.indexOf(term));
    }
  }

  /** Of 0 to 12 chars from one to four bytes, lone surrogates among them. */
  private static String randomTerm(Random random) {
    StringBuilder term = new StringBuilder();
    for (int length = random.nextInt(13); length > 0; length--) {
      switch (random.nextInt(6)) {
        case 0 -> term.append((char) random.nextInt(0x10000));
        case 1 -> term.appendCodePoint(0x10000 + random.nextInt(0x100000));
        case 2 -> term.append((char) (0x80 + random.nextInt(0x780)));
        default -> term.append((char) (0x20 + random.nextInt(0x5f)));
      }
    }
    return term.toString();
  }
}
