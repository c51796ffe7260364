package org.medroute.training;

import java.util.List;
import java.util.OptionalInt;
import org.medroute.config.FeatureSettings;

/**
 * A point of the grid of a learner that has no axes but the features.
 *
 * @param learner its name
 * @param selected features kept, where that is an axis
 */
record FeatureCell(String learner, OptionalInt selected) implements Cell {
  /** One cell for each number of features; a single one where they are no axis. */
  static List<FeatureCell> of(String learner, List<Integer> selected) {
    return selected.isEmpty()
        ? List.of(new FeatureCell(learner, OptionalInt.empty()))
        : selected.stream()
            .map(features -> new FeatureCell(learner, OptionalInt.of(features)))
            .toList();
  }

  @Override
  public String name() {
    return "learner=" + learner + (selected.isPresent() ? ",selected=" + selected.getAsInt() : "");
  }

  @Override
  public FeatureSettings applyTo(FeatureSettings settings) {
    return selected.isPresent() ? settings.withSelected(selected.getAsInt()) : settings;
  }
}
