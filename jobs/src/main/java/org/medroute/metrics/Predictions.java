package org.medroute.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.medroute.config.ClassSet;

/**
 * Predicted probabilities of n documents over k classes beside their true classes, in columns.
 *
 * <p>Documents lie in ascending order of their identifier whatever order they were added in, so
 * that everything computed from them, resamples included, depends on the set of documents alone.
 * Immutable. Memory: 8 (k + 3) bytes a document and the identifiers and slice values.
 */
public final class Predictions {
  private final ClassSet classes;
  private final String[] ids;
  private final int[] truth;
  private final double[] probabilities;
  private final double[] weights;
  private final TextState[] states;
  private final Map<String, String[]> slices;

  private Predictions(
      ClassSet classes,
      String[] ids,
      int[] truth,
      double[] probabilities,
      double[] weights,
      TextState[] states,
      Map<String, String[]> slices) {
    this.classes = classes;
    this.ids = ids;
    this.truth = truth;
    this.probabilities = probabilities;
    this.weights = weights;
    this.states = states;
    this.slices = slices;
  }

  /**
   * A builder.
   *
   * @param sliceNames dimensions by which results are cut (year, language, ...); every document
   *     then brings one value for each, in this order
   */
  public static Builder builder(ClassSet classes, List<String> sliceNames) {
    return new Builder(classes, sliceNames);
  }

  public ClassSet classes() {
    return classes;
  }

  /** Number of documents. */
  public int size() {
    return ids.length;
  }

  public String id(int document) {
    return ids[document];
  }

  /** Index of the true class, or {@link ClassSet#NONE} where it is not known. */
  public int truth(int document) {
    return truth[document];
  }

  public double probability(int document, int classIndex) {
    return probabilities[document * classes.size() + classIndex];
  }

  /** The probabilities of a document, in class order, as a fresh array. */
  public double[] probabilities(int document) {
    int k = classes.size();
    return Arrays.copyOfRange(probabilities, document * k, document * k + k);
  }

  /** Weight of the document's label in fitting; measures count every document once. */
  public double weight(int document) {
    return weights[document];
  }

  public TextState state(int document) {
    return states[document];
  }

  /** The most probable class; of equals the first in class order. */
  public int predicted(int document) {
    int k = classes.size();
    int start = document * k;
    int best = 0;
    for (int c = 1; c < k; c++) {
      if (probabilities[start + c] > probabilities[start + best]) {
        best = c;
      }
    }
    return best;
  }

  /** Probability of the most probable class. */
  public double confidence(int document) {
    return probability(document, predicted(document));
  }

  /** The dimensions by which results can be cut. */
  public List<String> sliceNames() {
    return List.copyOf(slices.keySet());
  }

  /**
   * Value of a document in a dimension.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public String slice(String name, int document) {
    return sliceColumn(name)[document];
  }

  /** The distinct values of a dimension, ascending. */
  public List<String> sliceValues(String name) {
    return Arrays.stream(sliceColumn(name)).distinct().sorted().toList();
  }

  private String[] sliceColumn(String name) {
    String[] column = slices.get(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "No slice dimension " + name + "; there are " + slices.keySet());
    }
    return column;
  }

  /** The documents whose true class is known. */
  public Predictions labelled() {
    return filter(document -> truth[document] != ClassSet.NONE);
  }

  /** The documents of one value of a dimension. */
  public Predictions where(String sliceName, String value) {
    String[] column = sliceColumn(sliceName);
    return filter(document -> column[document].equals(value));
  }

  /** The documents that satisfy a predicate on their position. */
  public Predictions filter(IntPredicate keep) {
    int[] kept = IntStream.range(0, size()).filter(keep).toArray();
    return kept.length == size() ? this : pick(kept);
  }

  /** The same documents with calibrated probabilities. */
  public Predictions calibrated(Calibration calibration) {
    int k = classes.size();
    double[] calibrated = new double[probabilities.length];
    double[] raw = new double[k];
    double[] row = new double[k];
    for (int i = 0; i < size(); i++) {
      System.arraycopy(probabilities, i * k, raw, 0, k);
      calibration.apply(raw, row);
      System.arraycopy(row, 0, calibrated, i * k, k);
    }
    return new Predictions(classes, ids, truth, calibrated, weights, states, slices);
  }

  /**
   * The documents of several predictions as one, without their slices.
   *
   * @throws IllegalArgumentException if a document is in two of them, or there are none
   */
  static Predictions join(List<Predictions> parts) {
    Builder builder = builder(parts.get(0).classes, List.of());
    for (Predictions part : parts) {
      for (int i = 0; i < part.size(); i++) {
        builder.add(
            part.ids[i], part.truth[i], part.probabilities(i), part.weights[i], part.states[i]);
      }
    }
    return builder.build();
  }

  private Predictions pick(int[] order) {
    int k = classes.size();
    int n = order.length;
    String[] pickedIds = new String[n];
    int[] pickedTruth = new int[n];
    double[] pickedProbabilities = new double[n * k];
    double[] pickedWeights = new double[n];
    TextState[] pickedStates = new TextState[n];
    for (int i = 0; i < n; i++) {
      int from = order[i];
      pickedIds[i] = ids[from];
      pickedTruth[i] = truth[from];
      pickedWeights[i] = weights[from];
      pickedStates[i] = states[from];
      System.arraycopy(probabilities, from * k, pickedProbabilities, i * k, k);
    }
    Map<String, String[]> pickedSlices = new LinkedHashMap<>();
    slices.forEach(
        (name, column) ->
            pickedSlices.put(
                name, Arrays.stream(order).mapToObj(i -> column[i]).toArray(String[]::new)));
    return new Predictions(
        classes,
        pickedIds,
        pickedTruth,
        pickedProbabilities,
        pickedWeights,
        pickedStates,
        Collections.unmodifiableMap(pickedSlices));
  }

  /** Gathers documents in any order; not thread-safe. */
  public static final class Builder {
    private static final double ROUNDING = 1e-9;

    private final ClassSet classes;
    private final List<String> sliceNames;
    private final List<Row> rows = new ArrayList<>();

    private record Row(
        String id,
        int truth,
        double[] probabilities,
        double weight,
        TextState state,
        String[] slices) {}

    private Builder(ClassSet classes, List<String> sliceNames) {
      this.classes = classes;
      this.sliceNames = List.copyOf(sliceNames);
      if (sliceNames.stream().distinct().count() != sliceNames.size()) {
        throw new IllegalArgumentException("A slice dimension stands twice in " + sliceNames);
      }
    }

    /** Adds an ordinary document of weight 1; for predictions without slice dimensions. */
    public Builder add(String id, int truth, double[] probabilities) {
      return add(id, truth, probabilities, 1.0, TextState.ENGLISH);
    }

    /**
     * Adds a document.
     *
     * @param truth class index, or {@link ClassSet#NONE}
     * @param probabilities one per class, each from 0 to 1; copied
     * @param weight of its label, above 0
     * @param sliceValues one per dimension; null counts as "unknown"
     * @throws IllegalArgumentException on a shape or value that does not fit, naming the document
     */
    public Builder add(
        String id,
        int truth,
        double[] probabilities,
        double weight,
        TextState state,
        String... sliceValues) {
      if (truth < ClassSet.NONE || truth >= classes.size()) {
        throw problem(id, "true class " + truth + " is outside " + classes.names());
      }
      if (probabilities.length != classes.size()) {
        throw problem(
            id, probabilities.length + " probabilities for " + classes.size() + " classes");
      }
      for (double probability : probabilities) {
        if (!(probability >= 0 && probability <= 1 + ROUNDING)) {
          throw problem(id, "probability " + probability + " is not between 0 and 1");
        }
      }
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw problem(id, "weight " + weight + " is not above 0");
      }
      if (sliceValues.length != sliceNames.size()) {
        throw problem(id, sliceValues.length + " slice values for the dimensions " + sliceNames);
      }
      String[] slices =
          Arrays.stream(sliceValues)
              .map(value -> value == null ? "unknown" : value)
              .toArray(String[]::new);
      rows.add(new Row(id, truth, probabilities.clone(), weight, state, slices));
      return this;
    }

    private static IllegalArgumentException problem(String id, String detail) {
      return new IllegalArgumentException("Predictions of document " + id + ": " + detail);
    }

    /**
     * The predictions, ordered by identifier.
     *
     * @throws IllegalArgumentException if an identifier occurs twice
     */
    public Predictions build() {
      List<Row> sorted = new ArrayList<>(rows);
      sorted.sort(Comparator.comparing(Row::id));
      int n = sorted.size();
      int k = classes.size();
      String[] ids = new String[n];
      int[] truth = new int[n];
      double[] probabilities = new double[n * k];
      double[] weights = new double[n];
      TextState[] states = new TextState[n];
      Map<String, String[]> slices = new LinkedHashMap<>();
      sliceNames.forEach(name -> slices.put(name, new String[n]));
      for (int i = 0; i < n; i++) {
        Row row = sorted.get(i);
        if (i > 0 && row.id().equals(ids[i - 1])) {
          throw problem(row.id(), "predicted twice");
        }
        ids[i] = row.id();
        truth[i] = row.truth();
        weights[i] = row.weight();
        states[i] = row.state();
        System.arraycopy(row.probabilities(), 0, probabilities, i * k, k);
        for (int s = 0; s < sliceNames.size(); s++) {
          slices.get(sliceNames.get(s))[i] = row.slices()[s];
        }
      }
      return new Predictions(
          classes, ids, truth, probabilities, weights, states, Collections.unmodifiableMap(slices));
    }
  }
}
