package org.medroute.pipeline;

import java.util.List;
import org.apache.spark.ml.Transformer;

/** A fitted classifier over the features of texts, as stages of a pipeline. */
public interface FittedHead {
  /** Stages that read {@code features}; the last one writes probability and prediction. */
  List<Transformer> stages();

  /** One line for the terminal. */
  String report();
}
