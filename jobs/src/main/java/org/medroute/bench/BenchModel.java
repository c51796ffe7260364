package org.medroute.bench;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.medroute.config.CalibrationMethod;
import org.medroute.config.ClassSet;
import org.medroute.metrics.Calibration;
import org.medroute.metrics.Predictions;
import org.medroute.metrics.RoutingPolicy;
import org.medroute.pipeline.CompiledModel;
import org.medroute.pipeline.ForestFitter;
import org.medroute.pipeline.ModelCompiler;
import org.medroute.pipeline.SpecialtyModel;
import org.medroute.pipeline.TextFeatures;
import org.medroute.training.TrainingPlan;

/**
 * One model in both its forms, fitted on the training part; not calibrated.
 *
 * @param staged as Spark ML stages
 * @param compiled compiled from them
 */
record BenchModel(SpecialtyModel staged, CompiledModel compiled) {
  static BenchModel fit(Bench bench) {
    BenchCorpus corpus = bench.corpus();
    TrainingPlan plan = corpus.plan();
    ClassSet classes = plan.classes();
    Dataset<Row> training = corpus.balanced(corpus.training());
    TextFeatures features = TextFeatures.fit(training, classes.size(), plan.features());
    Dataset<Row> rows = features.transform(training).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      SpecialtyModel model =
          SpecialtyModel.of(
              plan.train().task(),
              features.pipelineWith(ForestFitter.fit(rows, classes.size(), plan.forest()), classes),
              classes,
              Calibration.fit(
                  CalibrationMethod.NONE, Predictions.builder(classes, List.of()).build()),
              RoutingPolicy.of(classes, plan.routing()));
      return new BenchModel(model, CompiledModel.of(ModelCompiler.compile(model, Map.of())));
    } finally {
      rows.unpersist();
    }
  }
}
