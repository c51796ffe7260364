package org.medroute.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.config.ClassSet;
import org.medroute.config.ForestSettings;
import org.medroute.forest.BinnedTraining;
import org.medroute.forest.CutScorer;
import org.medroute.forest.DeepForest;
import org.medroute.pipeline.ForestFitter;
import org.medroute.table.CvCells;
import org.medroute.table.Documents;
import org.medroute.table.Frames;

/**
 * The forests of one fold on one set of features. With the sparse forest the training rows are
 * binned once, and the cells of a family, which differ in number and depth of trees alone, are cut
 * from one fit of the largest.
 */
final class FoldForests implements FoldFits<GridCell> {
  private final Dataset<Row> training;
  private final Dataset<Row> held;
  private final ClassSet classes;
  private final ForestSettings settings;
  private final Optional<BinnedTraining> binned;

  private FoldForests(
      Dataset<Row> training,
      Dataset<Row> held,
      ClassSet classes,
      ForestSettings settings,
      Optional<BinnedTraining> binned) {
    this.training = training;
    this.held = held;
    this.classes = classes;
    this.settings = settings;
    this.binned = binned;
  }

  /**
   * @param training document_id, features, label, weight
   * @param held document_id, features, label
   */
  static FoldForests of(
      Dataset<Row> training, Dataset<Row> held, ClassSet classes, ForestSettings settings) {
    Optional<BinnedTraining> binned =
        settings.implementation() == ForestSettings.Implementation.SPARSE
            ? Optional.of(ForestFitter.bin(training, classes.size(), settings))
            : Optional.empty();
    return new FoldForests(training, held, classes, settings, binned);
  }

  @Override
  public List<List<GridCell>> families(List<GridCell> cells) {
    Map<String, List<GridCell>> families = new LinkedHashMap<>();
    for (GridCell cell : cells) {
      String family = binned.isPresent() ? cell.family() : cell.name();
      families.computeIfAbsent(family, none -> new ArrayList<>()).add(cell);
    }
    return List.copyOf(families.values());
  }

  @Override
  public void predict(List<GridCell> family, Consumer<Dataset<Row>> reader) {
    if (binned.isEmpty()) {
      reader.accept(
          FoldFits.predictions(
              ForestFitter.train(training, classes.size(), family.get(0).applyTo(settings)), held));
      return;
    }
    GridCell largest = largest(family);
    DeepForest forest = binned.get().grow(ForestFitter.estimator(largest.applyTo(settings)));
    List<CutScorer.Cut> cuts =
        family.stream().map(cell -> new CutScorer.Cut(cell.numTrees(), cell.maxDepth())).toList();
    try (CutScorer scorer = forest.scorer(held.sparkSession(), cuts)) {
      reader.accept(
          scorer.score(
              held,
              Frames.FEATURES,
              List.of(Documents.DOCUMENT_ID, Frames.LABEL),
              CvCells.CELL,
              Frames.PROBABILITIES));
    }
  }

  /** Most trees and greatest depth of the family, which no single cell need have. */
  private static GridCell largest(List<GridCell> family) {
    GridCell first = family.get(0);
    return new GridCell(
        family.stream().mapToInt(GridCell::numTrees).max().orElseThrow(),
        family.stream().mapToInt(GridCell::maxDepth).max().orElseThrow(),
        first.selected(),
        first.minInstancesPerNode(),
        first.featureSubset());
  }

  @Override
  public void close() {
    binned.ifPresent(BinnedTraining::close);
  }
}
