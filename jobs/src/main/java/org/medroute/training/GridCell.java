package org.medroute.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.medroute.config.FeatureSettings;
import org.medroute.config.ForestSettings;
import org.medroute.config.TrainSettings;

/**
 * One point of the grid of forests.
 *
 * @param numTrees trees of the forest
 * @param maxDepth depth of its trees
 * @param selected features kept, where that is an axis
 * @param minInstancesPerNode rows that a child must hold, where that is an axis
 * @param featureSubset features that a node may split on, where that is an axis
 */
public record GridCell(
    int numTrees,
    int maxDepth,
    OptionalInt selected,
    OptionalInt minInstancesPerNode,
    Optional<String> featureSubset)
    implements Cell {

  /** A point of a grid of two axes. */
  static GridCell of(int numTrees, int maxDepth) {
    return new GridCell(
        numTrees, maxDepth, OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** {@inheritDoc} An axis that is not used leaves no trace in it. */
  @Override
  public String name() {
    return "numTrees=" + numTrees + ",maxDepth=" + maxDepth + nodes() + features();
  }

  private String nodes() {
    return (minInstancesPerNode.isPresent()
            ? ",minInstancesPerNode=" + minInstancesPerNode.getAsInt()
            : "")
        + featureSubset.map(subset -> ",featureSubset=" + subset).orElse("");
  }

  private String features() {
    return selected.isPresent() ? ",selected=" + selected.getAsInt() : "";
  }

  @Override
  public FeatureSettings applyTo(FeatureSettings settings) {
    return selected.isPresent() ? settings.withSelected(selected.getAsInt()) : settings;
  }

  ForestSettings applyTo(ForestSettings settings) {
    return settings
        .withSize(numTrees, maxDepth)
        .withNodes(
            minInstancesPerNode.orElse(settings.minInstancesPerNode()),
            featureSubset.orElse(settings.featureSubset()));
  }

  /** What the forests of several cells share when one can be cut from the other. */
  String family() {
    return features() + nodes();
  }

  /**
   * Every combination, trees first; an empty axis stands for the value of the settings, without
   * which a cell has the name that it had before there was such an axis.
   */
  static List<GridCell> of(TrainSettings.Grid grid, ForestSettings forest) {
    List<Integer> trees = grid.numTrees().isEmpty() ? List.of(forest.numTrees()) : grid.numTrees();
    List<Integer> depths = grid.maxDepth().isEmpty() ? List.of(forest.maxDepth()) : grid.maxDepth();
    List<GridCell> cells = new ArrayList<>();
    for (OptionalInt selected : axis(grid.selected())) {
      for (OptionalInt instances : axis(grid.minInstancesPerNode())) {
        for (Optional<String> subset : texts(grid.featureSubset())) {
          for (int numTrees : trees) {
            for (int maxDepth : depths) {
              cells.add(new GridCell(numTrees, maxDepth, selected, instances, subset));
            }
          }
        }
      }
    }
    return List.copyOf(cells);
  }

  private static List<OptionalInt> axis(List<Integer> values) {
    return values.isEmpty()
        ? List.of(OptionalInt.empty())
        : values.stream().map(OptionalInt::of).toList();
  }

  private static List<Optional<String>> texts(List<String> values) {
    return values.isEmpty()
        ? List.of(Optional.empty())
        : values.stream().map(Optional::of).toList();
  }
}
