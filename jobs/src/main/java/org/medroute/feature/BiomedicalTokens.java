package org.medroute.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.medroute.linear.DocumentTerms;
import org.medroute.text.BiomedicalTokenizer;
import org.medroute.text.TokenOptions;

/**
 * Spark ML stage over {@link DocumentTokens}: inputCol (string, null counts as empty) to outputCol
 * (array of string, never null): words and pairs of words in the order of the text, behind them
 * what {@link DocumentTerms} finds.
 *
 * <p>One narrow pass. Saved as its params and, with a thesaurus, {@code data/thesaurus.tsv}. The
 * class name and the params are stored with every model: neither may be renamed.
 */
public final class BiomedicalTokens extends Transformer implements MLWritable {
  private static final long serialVersionUID = 1L;

  private static final String DATA = "data/thesaurus.tsv";
  private static final DataType TOKENS = DataTypes.createArrayType(DataTypes.StringType, false);

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam minTokenLength;
  private final IntParam maxNgram;
  private final Param<String> compounds;
  private final Param<String> numbers;
  private final StringArrayParam extraStopWords;
  private final BooleanParam headingWords;
  private final BooleanParam concepts;
  private DocumentTerms documentTerms = DocumentTerms.NONE;

  public BiomedicalTokens() {
    this(Identifiable$.MODULE$.randomUID("tokens"));
  }

  /** A stage with the tokenizer's default options. */
  public BiomedicalTokens(String uid) {
    this.uid = uid;
    this.inputCol = new Param<>(this, "inputCol", "input column, string");
    this.outputCol = new Param<>(this, "outputCol", "output column, array of string");
    this.minTokenLength =
        new IntParam(
            this,
            "minTokenLength",
            "shortest word kept, in chars (1 to 16)",
            ParamValidators.inRange(1, 16));
    this.maxNgram =
        new IntParam(
            this,
            "maxNgram",
            "1 for words, 2 for words and pairs of neighbours",
            ParamValidators.inRange(1, 2));
    this.compounds =
        new Param<>(
            this,
            "compounds",
            "hyphenated words: whole, parts, whole_and_parts",
            ParamValidators.inArray(names(TokenOptions.Compounds.values())));
    this.numbers =
        new Param<>(
            this,
            "numbers",
            "words without a letter: drop, keep",
            ParamValidators.inArray(names(TokenOptions.Numbers.values())));
    this.extraStopWords =
        new StringArrayParam(
            this, "extraStopWords", "words dropped besides the tokenizer's own list");
    this.headingWords =
        new BooleanParam(this, "headingWords", "words of the heading as terms of their own");
    this.concepts = new BooleanParam(this, "concepts", "whether the stage has a thesaurus");
    TokenOptions defaults = TokenOptions.defaults();
    setDefault(minTokenLength, defaults.minLength());
    setDefault(maxNgram, defaults.maxNgram());
    setDefault(compounds, name(defaults.compounds()));
    setDefault(numbers, name(defaults.numbers()));
    setDefault(extraStopWords, defaults.extraStopWords().toArray(String[]::new));
    setDefault(headingWords, false);
    setDefault(concepts, false);
  }

  public static MLReader<BiomedicalTokens> read() {
    return new Reader();
  }

  public static BiomedicalTokens load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public IntParam minTokenLength() {
    return minTokenLength;
  }

  public IntParam maxNgram() {
    return maxNgram;
  }

  public Param<String> compounds() {
    return compounds;
  }

  public Param<String> numbers() {
    return numbers;
  }

  public StringArrayParam extraStopWords() {
    return extraStopWords;
  }

  public BooleanParam headingWords() {
    return headingWords;
  }

  public BooleanParam concepts() {
    return concepts;
  }

  public BiomedicalTokens setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  public BiomedicalTokens setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  /** Sets every param that shapes the tokens. */
  public BiomedicalTokens setOptions(TokenOptions options) {
    set(minTokenLength, options.minLength());
    set(maxNgram, options.maxNgram());
    set(compounds, name(options.compounds()));
    set(numbers, name(options.numbers()));
    set(extraStopWords, options.extraStopWords().toArray(String[]::new));
    return this;
  }

  /** Sets what a document holds beside words and pairs; made for the same options. */
  public BiomedicalTokens setDocumentTerms(DocumentTerms terms) {
    set(headingWords, terms.headingWords());
    set(concepts, !terms.thesaurus().isEmpty());
    documentTerms = terms;
    return this;
  }

  /** What a document holds beside words and pairs. */
  public DocumentTerms documentTerms() {
    return documentTerms;
  }

  /** The params that shape the tokens, for a {@link BiomedicalTokenizer} outside Spark. */
  public TokenOptions options() {
    return new TokenOptions(
        (Integer) getOrDefault(minTokenLength),
        (Integer) getOrDefault(maxNgram),
        TokenOptions.Compounds.valueOf(constant(getOrDefault(compounds))),
        TokenOptions.Numbers.valueOf(constant(getOrDefault(numbers))),
        List.of(getOrDefault(extraStopWords)));
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return dataset.withColumn(
        getOrDefault(outputCol),
        functions
            .udf(
                new Tokenize(
                    options(),
                    JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
                        .broadcast(documentTerms)),
                TOKENS)
            .apply(dataset.col(getOrDefault(inputCol))));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the input column is missing or no string, or the output
   *     column is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    String input = getOrDefault(inputCol);
    String output = getOrDefault(outputCol);
    List<String> columns = Arrays.asList(schema.fieldNames());
    if (!columns.contains(input)) {
      throw new IllegalArgumentException(
          "Stage " + uid + " reads column " + input + ", which is not among " + columns);
    }
    StructField field = schema.apply(input);
    if (!field.dataType().equals(DataTypes.StringType)) {
      throw new IllegalArgumentException(
          "Stage " + uid + " reads strings; column " + input + " is " + field.dataType().sql());
    }
    if (columns.contains(output)) {
      throw new IllegalArgumentException(
          "Stage " + uid + " writes column " + output + ", which is there already");
    }
    return schema.add(output, TOKENS, false);
  }

  @Override
  public BiomedicalTokens copy(ParamMap extra) {
    BiomedicalTokens copy = new BiomedicalTokens(uid);
    copy.documentTerms = documentTerms;
    return copyValues(copy, extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  private static final class Writer extends MLWriter {
    private final BiomedicalTokens stage;

    Writer(BiomedicalTokens stage) {
      this.stage = stage;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(stage, path, sparkSession());
      if ((Boolean) stage.getOrDefault(stage.concepts)) {
        new StageData(sparkSession(), stage.uid, path, DATA).write(stage.documentTerms.table());
      }
    }
  }

  private static final class Reader extends MLReader<BiomedicalTokens> {
    @Override
    public BiomedicalTokens load(String path) {
      BiomedicalTokens stage = new DefaultParamsReader<BiomedicalTokens>().load(path);
      boolean headings = (Boolean) stage.getOrDefault(stage.headingWords);
      SortedMap<String, List<String>> none = new TreeMap<>();
      if (!(Boolean) stage.getOrDefault(stage.concepts)) {
        stage.documentTerms = DocumentTerms.of(headings, none, stage.options());
        return stage;
      }
      StageData file = new StageData(sparkSession(), stage.uid, path, DATA);
      try {
        stage.documentTerms = DocumentTerms.read(headings, file.read(), stage.options());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file.damaged(e), e);
      }
      return stage;
    }
  }

  private static List<String> names(Enum<?>[] constants) {
    return Stream.of(constants).map(BiomedicalTokens::name).toList();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String constant(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** Carries the options to the executors; each builds its tokenizer once. */
  private static final class Tokenize implements UDF1<String, String[]> {
    private static final long serialVersionUID = 1L;

    private final TokenOptions options;
    private final Broadcast<DocumentTerms> terms;
    private transient DocumentTokens tokens;

    Tokenize(TokenOptions options, Broadcast<DocumentTerms> terms) {
      this.options = options;
      this.terms = terms;
    }

    /** One call at a time: the function of a task may be shared by threads in local mode. */
    @Override
    public synchronized String[] call(String text) {
      if (tokens == null) {
        tokens = new DocumentTokens(options, terms.value());
      }
      List<String> found = new ArrayList<>();
      tokens.tokenize(
          text == null ? "" : text, (letters, length) -> found.add(new String(letters, 0, length)));
      return found.toArray(String[]::new);
    }
  }
}
