package org.medroute.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.medroute.config.ClassSet;
import org.medroute.feature.BiomedicalTokens;
import org.medroute.feature.LinearTextModel;
import org.medroute.linear.LinearClassifier;
import org.medroute.metrics.Calibration;
import org.medroute.metrics.Decision;
import org.medroute.metrics.ReviewRules;
import org.medroute.metrics.Route;
import org.medroute.metrics.RoutingPolicy;
import org.medroute.metrics.TextState;
import org.medroute.table.Columns;
import org.medroute.table.Frames;
import org.medroute.table.Scores;
import org.medroute.text.TokenOptions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Applies a model to a frame of {@link ScoringFrame}, stage by stage: one narrow pass, no shuffle.
 *
 * <p>Output: document_id, text_hash, text_state and {@code decision}, a struct of the columns
 * specialty, raw_probability, confidence, probabilities, route and reason of the scores table.
 */
public final class ModelScorer {
  private static final StructType DECISION =
      new StructType()
          .add(Scores.SPECIALTY, DataTypes.StringType, true)
          .add(Scores.RAW_PROBABILITY, DataTypes.DoubleType, true)
          .add(Scores.CONFIDENCE, DataTypes.DoubleType, true)
          .add(Scores.PROBABILITIES, Columns.NUMBER_MAP, false)
          .add(Scores.ROUTE, DataTypes.StringType, false)
          .add(Scores.REASON, DataTypes.StringType, false);

  private ModelScorer() {}

  /** Adds {@code probability} (uncalibrated, a vector in class order) to rows with a text. */
  public static Dataset<Row> probabilities(SpecialtyModel model, Dataset<Row> rows) {
    Dataset<Row> scored = model.stages().transform(rows);
    String[] kept = java.util.Arrays.copyOf(rows.columns(), rows.columns().length + 1);
    kept[kept.length - 1] = Frames.PROBABILITY;
    return scored.select(
        java.util.Arrays.stream(kept)
            .map(org.apache.spark.sql.functions::col)
            .toArray(org.apache.spark.sql.Column[]::new));
  }

  /** Adds {@code decision} to rows with {@code text} and {@code text_state}. */
  public static Dataset<Row> decisions(SpecialtyModel model, ReviewRules rules, Dataset<Row> rows) {
    Dataset<Row> scored = model.stages().transform(rows);
    Optional<LinearTextModel> linear =
        Arrays.stream(model.stages().stages())
            .filter(LinearTextModel.class::isInstance)
            .map(LinearTextModel.class::cast)
            .findFirst();
    Column forest =
        linear
            .filter(stage -> stage.classifier().hearsForest())
            .map(stage -> col(stage.getOrDefault(stage.forestCol())))
            .orElseGet(() -> lit(null).cast(SQLDataTypes.VectorType()));
    UserDefinedFunction decide =
        udf(
            new Decide(
                model.classes(),
                model.calibration(),
                model.routing(),
                rules,
                options(model),
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext())
                    .broadcast(linear.map(LinearTextModel::classifier).stream().toList())),
            DECISION);
    Column[] kept =
        Stream.concat(
                Arrays.stream(rows.columns())
                    .filter(name -> !name.equals(Frames.TEXT))
                    .map(functions::col),
                Stream.of(
                    decide
                        .apply(
                            col(Frames.PROBABILITY),
                            col(Frames.TEXT_STATE),
                            col(Frames.TEXT),
                            forest)
                        .as(Frames.DECISION)))
            .toArray(Column[]::new);
    return scored.select(kept);
  }

  private static TokenOptions options(SpecialtyModel model) {
    for (Transformer stage : model.stages().stages()) {
      if (stage instanceof LinearTextModel linear) {
        return linear.classifier().text().options();
      }
    }
    for (Transformer stage : model.stages().stages()) {
      if (stage instanceof BiomedicalTokens tokens) {
        return tokens.options();
      }
    }
    return TokenOptions.defaults();
  }

  /** Calibration, routing and review rules of one document. */
  private static final class Decide implements UDF4<Vector, Row, String, Vector, Row> {
    private static final long serialVersionUID = 1L;

    private final ClassSet classes;
    private final Calibration calibration;
    private final RoutingPolicy routing;
    private final ReviewRules rules;
    private final TokenOptions options;
    private final Broadcast<List<LinearClassifier>> linear;
    private transient TextGuard guard;
    private transient LinearClassifier.Evaluator evaluator;

    Decide(
        ClassSet classes,
        Calibration calibration,
        RoutingPolicy routing,
        ReviewRules rules,
        TokenOptions options,
        Broadcast<List<LinearClassifier>> linear) {
      this.classes = classes;
      this.calibration = calibration;
      this.routing = routing;
      this.rules = rules;
      this.options = options;
      this.linear = linear;
    }

    private Decision guarded(Decision decision, String text, Vector forest) {
      if (rules.equals(ReviewRules.NONE) || decision.route() == Route.UNSCORABLE) {
        return decision;
      }
      if (guard == null) {
        guard = new TextGuard(rules, classes, options);
        evaluator = linear.value().isEmpty() ? null : linear.value().get(0).evaluator();
      }
      if (evaluator == null) {
        return guard.apply(decision, text);
      }
      double[] votes = forest == null ? new double[0] : forest.toArray();
      evaluator.read(text);
      evaluator.probabilities(votes, new double[classes.size()]);
      return guard.apply(decision, text, evaluator, votes);
    }

    /** One call at a time: the function of a task may be shared by threads in local mode. */
    @Override
    public synchronized Row call(Vector probability, Row textState, String text, Vector forest) {
      double[] raw = probability.toArray();
      double[] calibrated = calibration.apply(raw);
      TextState state =
          new TextState(TextState.Extent.valueOf(textState.getString(0)), textState.getString(1));
      Decision decision = guarded(routing.decide(calibrated, state), text, forest);
      boolean scored = decision.route() != Route.UNSCORABLE;
      Map<String, Double> byClass = new LinkedHashMap<>();
      if (scored) {
        for (int i = 0; i < calibrated.length; i++) {
          byClass.put(classes.name(i), calibrated[i]);
        }
      }
      return RowFactory.create(
          scored ? classes.name(decision.specialty()) : null,
          scored ? raw[decision.specialty()] : null,
          scored ? decision.confidence() : null,
          CollectionConverters.asScala(byClass),
          decision.route().text(),
          decision.reason());
    }
  }
}
