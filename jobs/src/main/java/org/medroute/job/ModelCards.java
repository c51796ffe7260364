package org.medroute.job;

import java.util.Optional;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.registry.ModelRegistry;
import org.medroute.reporting.ModelCard;

/** Writes the card of a model version from what the models table knows of it. */
final class ModelCards {
  private ModelCards() {}

  /** Writes the card anew; returns its path. */
  static String write(
      ModelRegistry registry,
      ModelRegistry.Entry entry,
      SpecialtyModel model,
      Optional<ModelCard.Measured> measured) {
    return registry.writeCard(
        entry,
        ModelCard.render(
            new ModelCard.Content(
                entry.version(),
                entry.task(),
                entry.digest(),
                model.classes().names(),
                registry.provenance(entry),
                registry.metrics(entry),
                measured)));
  }
}
