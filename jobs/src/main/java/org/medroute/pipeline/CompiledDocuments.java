package org.medroute.pipeline;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.medroute.config.CalibrationMethod;
import org.medroute.metrics.ReviewRules;
import org.medroute.table.Columns;
import org.medroute.table.Documents;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Documents through the compiled model, as one column expression over Spark's own rows: a text is
 * read where Spark holds it and its decision is written where Spark wants it, without rows, maps
 * and boxes of the public interface in between, which cost about as much as the model.
 *
 * <p>The bytes of the model's file are broadcast, and read once an executor; each task has its own
 * working memory, so that memory does not grow with the number of documents.
 */
public final class CompiledDocuments implements DocumentScorer {
  private static final String DECISION = "_decision";

  private final CompiledModel model;
  private final Broadcast<SharedModel> shared;
  private final int evidenceTerms;
  private final ReviewRules rules;

  /**
   * @param evidenceTerms terms of evidence a document at most; 0 for none
   */
  public CompiledDocuments(SparkSession spark, CompiledModel model, int evidenceTerms) {
    this(spark, model, evidenceTerms, ReviewRules.NONE);
  }

  /**
   * @param rules that ask for a person
   * @throws org.medroute.config.ConfigurationException if they name a class that there is not
   */
  public CompiledDocuments(
      SparkSession spark, CompiledModel model, int evidenceTerms, ReviewRules rules) {
    this.model = model;
    this.rules = rules.requireClasses(model.classes());
    this.evidenceTerms = evidenceTerms;
    this.shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(new SharedModel(model));
  }

  @Override
  public String version() {
    return model.version();
  }

  @Override
  public CalibrationMethod calibration() {
    return model.calibration().method();
  }

  @Override
  public Dataset<Row> decisions(Dataset<Row> documents) {
    List<Column> columns = new ArrayList<>();
    for (String name : SCHEMA.fieldNames()) {
      boolean decided = RowScorer.DECISION.getFieldIndex(name).isDefined();
      columns.add(decided ? col(DECISION).getField(name).as(name) : col(name));
    }
    return documents
        .select(
            col(Documents.DOCUMENT_ID),
            col(Documents.TEXT_HASH),
            decision(
                    col(Documents.TITLE),
                    col(Documents.ABSTRACT_SECTIONS).getField(Columns.TEXT),
                    col(Documents.TEXT_LANGUAGE))
                .as(DECISION))
        .select(columns.toArray(Column[]::new));
  }

  private Column decision(Column title, Column sections, Column language) {
    boolean nullIfAnyIsNull = false;
    boolean nullable = false;
    // what is not deterministic is worked out once a row, not once for each field that is read;
    // where no field is read, it is not worked out
    boolean deterministic = false;
    return ExpressionUtils.column(
        new Invoke(
            Literal.fromObject(
                new RowScorer(shared, model.version(), evidenceTerms, rules),
                new ObjectType(RowScorer.class)),
            RowScorer.METHOD,
            RowScorer.DECISION,
            seq(
                ExpressionUtils.expression(title),
                ExpressionUtils.expression(sections),
                ExpressionUtils.expression(language)),
            seq(
                DataTypes.StringType,
                DataTypes.createArrayType(DataTypes.StringType),
                DataTypes.StringType),
            nullIfAnyIsNull,
            nullable,
            deterministic));
  }

  private static Seq<Expression> seq(Expression... expressions) {
    return CollectionConverters.asScala(List.of(expressions)).toSeq();
  }

  private static Seq<AbstractDataType> seq(AbstractDataType... types) {
    return CollectionConverters.asScala(List.of(types)).toSeq();
  }

  @Override
  public void close() {
    shared.destroy();
  }
}
