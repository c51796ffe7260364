package org.medroute.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every job by its verb, in the order in which a corpus flows through them. */
final class Jobs {
  private Jobs() {}

  static Map<String, Job<?>> byName() {
    Map<String, Job<?>> jobs = new LinkedHashMap<>();
    for (Job<?> job :
        List.of(
            new DemoJob(),
            new IngestJob(),
            new LabelJob(),
            new TrainJob(),
            new EvaluateJob(),
            new ExperimentJob(),
            new CompareJob(),
            new ModelsJob(),
            new ScoreJob(),
            new PredictJob(),
            new SqlJob(),
            new DigestJob(),
            new SampleJob(),
            new BenchJob())) {
      jobs.put(job.name(), job);
    }
    return jobs;
  }
}
