package org.medroute.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same labelled corpus trained and scored in one JVM, and by submit.sh on a standalone cluster
 * of a Master and two Workers, where trees grow by distributed levels instead of whole: equal
 * digests, also after the loss of an executor.
 */
@Tag("long")
class ClusterIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static StandaloneCluster cluster;
  private static SubmitScript submit;
  private static Path settings;
  private static LabelledCorpus.Digests local;

  @BeforeAll
  static void trainsAndScoresLocally() throws Exception {
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    submit = new SubmitScript(scratch, Map.of("MEDROUTE_EMBEDDED", "1"));
    Instant start = Instant.now();
    LabelledCorpus.write(directory.resolve("corpus"), directory.resolve("local"));
    phase("corpus, ingest, label", start);
    for (String copy : List.of("client", "cluster")) {
      LabelledCorpus.copy(directory.resolve("local"), directory.resolve(copy));
    }
    settings = LabelledCorpus.trainSettings(directory.resolve("train.conf"));
    start = Instant.now();
    local = LabelledCorpus.reference(directory.resolve("local"), settings);
    phase("train and score in this JVM", start);
    start = Instant.now();
    cluster =
        StandaloneCluster.start(
            SubmitScript.home().resolve("jobs/target/spark"),
            Files.createDirectory(directory.resolve("standalone")),
            2);
    phase("start of the cluster", start);
    clusterSettings();
  }

  /** Two executors of one core, so that the loss of one leaves the other. */
  private static void clusterSettings() throws Exception {
    Files.writeString(
        directory.resolve("cluster.conf"),
        """
        include file("%s")
        forest { plan = distributed, subtree-rows = 40 }
        spark.conf {
          "spark.executor.memory" = 1g
          "spark.executor.cores" = 1
          "spark.cores.max" = 2
          "spark.sql.shuffle.partitions" = 3
          "spark.databricks.delta.snapshotPartitions" = 2
          "spark.ui.enabled" = false
          "spark.executor.extraJavaOptions" = "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=%s"
        }
        """
            .formatted(settings, cluster.temporary()));
    settings = directory.resolve("cluster.conf");
  }

  @AfterAll
  static void leavesNoProcessBehind() throws Exception {
    if (submit != null) {
      submit.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    assertThat(ProcessHandle.current().descendants().filter(ClusterIT::namesTheDirectory))
        .isEmpty();
  }

  private static boolean namesTheDirectory(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(directory.toString());
  }

  @Test
  void aJobInClientModeOutlivesAnExecutorThatIsKilled() throws Exception {
    SubmitScript.Running train = start("client", "train", "--master", cluster.url());
    ProcessHandle victim = executorOf(train);
    assertThat(victim.destroyForcibly()).isTrue();
    assertThat(train.errSoFar()).contains("cross-validate").doesNotContain("final fit");
    SubmitScript.Finished finished = submit.finish(train);
    phase("client train, an executor killed", finished);
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(cluster.workerLines("exitStatus 137")).as("executors ended by signal 9").hasSize(1);
    assertThat(cluster.workerLines("Asked to launch executor").size())
        .as("two executors and one in place of the lost one")
        .isGreaterThanOrEqualTo(3);
    succeed("client", "score", "--master", cluster.url());
    assertThat(LabelledCorpus.Digests.of(directory.resolve("client"))).isEqualTo(local);
  }

  /** An executor of a job that is cross-validating. */
  private static ProcessHandle executorOf(SubmitScript.Running job) throws InterruptedException {
    while (job.process().isAlive()) {
      Optional<ProcessHandle> executor = cluster.executors().stream().findFirst();
      if (executor.isPresent() && job.errSoFar().contains("cross-validate")) {
        return executor.get();
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException(
        "the job ended before an executor could be killed: " + job.errSoFar());
  }

  @Test
  void aDriverOnTheClusterGivesTheSameModelAndScores() throws Exception {
    String[] where = {"--master", cluster.url(), "--deploy-mode", "cluster", "--json"};
    SubmitScript.Finished train = succeed("cluster", "train", where);
    JsonNode json = JSON.readTree(train.lastLine());
    assertThat(json.get("job").asText()).isEqualTo("train");
    assertThat(json.get("outcome").asText()).isEqualTo("done");
    assertThat(json.get("counts").get("train").asLong()).isPositive();
    SubmitScript.Finished score = succeed("cluster", "score", where);
    assertThat(JSON.readTree(score.lastLine()).get("model_version").asText())
        .isEqualTo(json.get("model_version").asText());
    assertThat(cluster.workerLines("Asked to launch driver")).isNotEmpty();
    assertThat(LabelledCorpus.Digests.of(directory.resolve("cluster"))).isEqualTo(local);
  }

  @Test
  void theExitCodeOfADriverOnTheClusterIsTheJobs() throws Exception {
    SubmitScript.Finished finished =
        submit.finish(
            start(
                "local",
                "score",
                "--master",
                cluster.url(),
                "--deploy-mode",
                "cluster",
                "--model",
                "nowhere"));
    phase("cluster score, unknown model", finished);
    assertThat(finished.exitCode()).as(finished.err()).isEqualTo(2);
    assertThat(finished.err())
        .contains("usage: ")
        .contains("model nowhere of task specialty is not in")
        .contains("there is none yet: run train");
  }

  @Test
  void aTypingErrorIsFoundBeforeTheClusterIsAsked() throws Exception {
    SubmitScript.Finished finished =
        submit.run(
            "train",
            "--master",
            "spark://127.0.0.1:1",
            "--deploy-mode",
            "cluster",
            "--set",
            "forest.num-tree=3");
    phase("typing error", finished);
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err()).contains("unknown setting forest.num-tree");
  }

  private static SubmitScript.Finished succeed(String warehouse, String job, String... where)
      throws Exception {
    SubmitScript.Finished finished = submit.finish(start(warehouse, job, where));
    phase(warehouse + " " + job, finished);
    assertThat(finished.exitCode()).as(finished.err() + finished.out()).isZero();
    return finished;
  }

  private static SubmitScript.Running start(String warehouse, String job, String... where)
      throws Exception {
    String[] arguments = new String[5 + where.length];
    arguments[0] = job;
    arguments[1] = "--warehouse";
    arguments[2] = directory.resolve(warehouse).toString();
    arguments[3] = "--conf-file";
    arguments[4] = settings.toString();
    System.arraycopy(where, 0, arguments, 5, where.length);
    return submit.start(SubmitScript.home(), arguments);
  }

  private static void phase(String name, Instant start) {
    phase(name, Duration.between(start, Instant.now()));
  }

  private static void phase(String name, SubmitScript.Finished finished) {
    phase(name, finished.time());
  }

  private static void phase(String name, Duration time) {
    System.out.printf("ClusterIT %-36s %6.1f s%n", name, time.toMillis() / 1000.0);
  }
}
