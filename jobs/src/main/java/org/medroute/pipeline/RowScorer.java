package org.medroute.pipeline;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.medroute.compiled.Evidence;
import org.medroute.config.ClassSet;
import org.medroute.metrics.Decision;
import org.medroute.metrics.ReviewRules;
import org.medroute.metrics.Route;
import org.medroute.metrics.TextState;
import org.medroute.table.Documents;

/**
 * One document after another to its decision, in Spark's own form of values. It travels with a task
 * and has its working memory from the first document on; a second thread gets its own. Public, with
 * a public method, because generated code calls it.
 */
public final class RowScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Name of the method that Spark calls. */
  static final String METHOD = "score";

  /** What it returns: {@link DocumentScorer#SCHEMA} without what the document brings itself. */
  static final StructType DECISION = decision();

  private final Broadcast<SharedModel> shared;
  private final String version;
  private final int evidenceTerms;
  private final ReviewRules rules;
  private transient State state;

  RowScorer(Broadcast<SharedModel> shared, String version, int evidenceTerms, ReviewRules rules) {
    this.shared = shared;
    this.version = version;
    this.evidenceTerms = evidenceTerms;
    this.rules = rules;
  }

  private static StructType decision() {
    StructType fields = new StructType();
    for (StructField field : DocumentScorer.SCHEMA.fields()) {
      if (!field.name().equals(Documents.DOCUMENT_ID)
          && !field.name().equals(Documents.TEXT_HASH)) {
        fields = fields.add(field);
      }
    }
    return fields;
  }

  /**
   * The decision about one document: a new row of specialty, raw_probability, confidence,
   * probabilities, route, reason and evidence. Cost: that of the model and a few short strings.
   *
   * @param title may be null
   * @param sections may be null, and hold nulls
   * @param language null if it could not be told
   */
  public InternalRow score(UTF8String title, ArrayData sections, UTF8String language) {
    State own = state;
    if (own == null || own.thread != Thread.currentThread()) {
      // a task has its own copy of this; where Spark works on the driver, threads may share one
      own = new State(shared.value().model(), evidenceTerms, rules);
      state = own;
    }
    return own.score(title, sections, language);
  }

  /** As it stands in plans. */
  @Override
  public String toString() {
    return "model " + version;
  }

  /** Working memory of a task. */
  private static final class State {
    private static final int MOST_REASONS = 4096;
    private static final UTF8String ENGLISH = UTF8String.fromString(TextState.ENGLISH.language());
    private static final ArrayBasedMapData NOTHING =
        new ArrayBasedMapData(
            new GenericArrayData(new Object[0]), new GenericArrayData(new Object[0]));

    private final Thread thread = Thread.currentThread();
    private final CompiledModel.Decider decider;
    private final int evidenceTerms;
    private final DocumentView view = new DocumentView();
    private final List<String> texts = new ArrayList<>();
    private final UTF8String[] classes;
    private final ArrayData keys;
    private final Map<Route, UTF8String> routes = new EnumMap<>(Route.class);
    private final Map<String, UTF8String> reasons = new HashMap<>();

    State(CompiledModel model, int evidenceTerms, ReviewRules rules) {
      ClassSet names = model.classes();
      this.decider = model.decider(rules);
      this.evidenceTerms = evidenceTerms;
      this.classes = new UTF8String[names.size()];
      for (int c = 0; c < classes.length; c++) {
        classes[c] = UTF8String.fromString(names.name(c));
      }
      this.keys = new GenericArrayData(classes.clone());
      for (Route route : Route.values()) {
        routes.put(route, UTF8String.fromString(route.text()));
      }
    }

    InternalRow score(UTF8String title, ArrayData sections, UTF8String language) {
      texts.clear();
      int count = sections == null ? 0 : sections.numElements();
      for (int i = 0; i < count; i++) {
        texts.add(sections.isNullAt(i) ? null : sections.getUTF8String(i).toString());
      }
      view.read(title == null ? null : title.toString(), texts);
      Decision decision = decider.decide(view.text(), new TextState(view.extent(), code(language)));
      UTF8String route = routes.get(decision.route());
      UTF8String reason = encoded(decision.reason());
      if (decision.route() == Route.UNSCORABLE) {
        return row(null, null, null, NOTHING, route, reason, null);
      }
      int specialty = decision.specialty();
      return row(
          classes[specialty],
          decider.raw()[specialty],
          decision.confidence(),
          new ArrayBasedMapData(keys, UnsafeArrayData.fromPrimitiveArray(decider.calibrated())),
          route,
          reason,
          evidenceTerms > 0 ? evidence(specialty) : null);
    }

    /** Reasons repeat; but for a few they are known after some thousand documents. */
    private UTF8String encoded(String reason) {
      UTF8String known = reasons.get(reason);
      if (known == null) {
        known = UTF8String.fromString(reason);
        if (reasons.size() < MOST_REASONS) {
          reasons.put(reason, known);
        }
      }
      return known;
    }

    private static String code(UTF8String language) {
      if (language == null) {
        return TextState.UNDETERMINED;
      }
      return language.equals(ENGLISH) ? TextState.ENGLISH.language() : language.toString();
    }

    /** In the order of {@link RowScorer#DECISION}. */
    private static InternalRow row(Object... values) {
      return new GenericInternalRow(values);
    }

    private ArrayData evidence(int specialty) {
      List<InternalRow> terms = new ArrayList<>();
      for (Evidence term : decider.evidence(specialty, evidenceTerms)) {
        terms.add(row(UTF8String.fromString(term.marked()), term.weight()));
      }
      return new GenericArrayData(terms.toArray());
    }
  }
}
