package org.medroute.pipeline;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.medroute.compiled.CompiledScorer;
import org.medroute.compiled.Evidence;
import org.medroute.config.CalibrationMethod;
import org.medroute.config.ClassSet;
import org.medroute.metrics.Decision;
import org.medroute.metrics.ReviewRules;
import org.medroute.metrics.Route;
import org.medroute.metrics.TextState;
import org.medroute.table.Columns;
import org.medroute.table.Documents;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Documents through the compiled model. The bytes of its file are broadcast, and read once an
 * executor; each task has its own working memory, so that memory does not grow with the number of
 * documents.
 */
public final class CompiledDocuments implements DocumentScorer {
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
    return documents
        .select(
            col(Documents.DOCUMENT_ID),
            col(Documents.TEXT_HASH),
            col(Documents.TITLE),
            col(Documents.ABSTRACT_SECTIONS).getField(Columns.TEXT).as(Columns.TEXT),
            col(Documents.TEXT_LANGUAGE))
        .mapPartitions(new Score(shared, evidenceTerms, rules), Encoders.row(SCHEMA));
  }

  @Override
  public void close() {
    shared.destroy();
  }

  /** A model that travels as the bytes of its file. */
  private static final class SharedModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String version;
    private final byte[] bytes;
    private transient volatile CompiledModel model;

    SharedModel(CompiledModel model) {
      this.version = model.version();
      this.bytes = model.scorer().toBytes();
      this.model = model;
    }

    CompiledModel model() {
      CompiledModel ready = model;
      if (ready == null) {
        synchronized (this) {
          ready = model;
          if (ready == null) {
            ready = CompiledModel.of(CompiledScorer.read(bytes, version));
            model = ready;
          }
        }
      }
      return ready;
    }
  }

  /** Scores the rows of one partition as they pass. */
  private record Score(Broadcast<SharedModel> shared, int evidenceTerms, ReviewRules rules)
      implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      RowScorer scorer = new RowScorer(shared.value().model(), evidenceTerms, rules);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return rows.hasNext();
        }

        @Override
        public Row next() {
          return scorer.score(rows.next());
        }
      };
    }
  }

  /** One row after another. */
  private static final class RowScorer {
    private final ClassSet classes;
    private final CompiledModel.Decider decider;
    private final int evidenceTerms;
    private final DocumentView view = new DocumentView();

    RowScorer(CompiledModel model, int evidenceTerms, ReviewRules rules) {
      this.classes = model.classes();
      this.decider = model.decider(rules);
      this.evidenceTerms = evidenceTerms;
    }

    Row score(Row row) {
      view.read(row.getString(2), row.isNullAt(3) ? List.of() : row.getList(3));
      Decision decision =
          decider.decide(
              view.text(),
              new TextState(
                  view.extent(), row.isNullAt(4) ? TextState.UNDETERMINED : row.getString(4)));
      boolean scored = decision.route() != Route.UNSCORABLE;
      int specialty = decision.specialty();
      return RowFactory.create(
          row.get(0),
          row.get(1),
          scored ? classes.name(specialty) : null,
          scored ? decider.raw()[specialty] : null,
          scored ? decision.confidence() : null,
          CollectionConverters.asScala(scored ? byClass() : Map.of()),
          decision.route().text(),
          decision.reason(),
          scored && evidenceTerms > 0 ? evidence(specialty) : null);
    }

    private Map<String, Double> byClass() {
      Map<String, Double> byClass = new LinkedHashMap<>();
      for (int c = 0; c < classes.size(); c++) {
        byClass.put(classes.name(c), decider.calibrated()[c]);
      }
      return byClass;
    }

    private Row[] evidence(int specialty) {
      List<Row> terms = new ArrayList<>();
      for (Evidence term : decider.evidence(specialty, evidenceTerms)) {
        terms.add(RowFactory.create(term.marked(), term.weight()));
      }
      return terms.toArray(Row[]::new);
    }
  }
}
