package org.medroute.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medroute.config.Settings;
import org.medroute.config.SettingsLoader;

/**
 * What submit.sh decides before any Spark session starts. Where it matters which Spark it finds,
 * that is a script which prints a version and writes down its arguments.
 */
class SubmitScriptIT {
  private static final String GOOD = "version 4.1.0\nUsing Scala version 2.13.17, OpenJDK 17";

  @TempDir Path directory;

  private SubmitScript.Finished run(Map<String, String> environment, String... arguments)
      throws Exception {
    try (SubmitScript submit = new SubmitScript(directory, environment)) {
      return submit.run(arguments);
    }
  }

  private SubmitScript.Finished embedded(String... arguments) throws Exception {
    return run(Map.of("MEDROUTE_EMBEDDED", "1"), arguments);
  }

  /** A Spark home whose spark-submit prints a version; its arguments go to a file, one a line. */
  private Path spark(String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve("spark"));
    Path script = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        script,
        """
        #!/usr/bin/env bash
        if [ "$1" = --version ]; then
          printf '%%s\\n' '%s' >&2
          exit 0
        fi
        printf '%%s\\n' "$@" >>'%s'
        exit "${FAKE_EXIT:-0}"
        """
            .formatted(version, record()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private Path record() {
    return directory.resolve("arguments");
  }

  private List<String> recorded() throws IOException {
    return Files.readAllLines(record());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--deploy-mode sideways train | --deploy-mode sideways: expected client or cluster",
        "train --deploy-mode cluster | needs a cluster: --master is local[*]",
        "train --deploy-mode=cluster --master=local[2] | needs a cluster: --master is local[2]",
        "train --master | --master needs a value",
        "train --conf-file | --conf-file needs a value",
        "train --run-id a'b | use letters, digits, dot, dash and underscore",
        "--master local[1] | name a job",
        "tarin | Unmatched argument",
        "train --fold 3 | Unknown options: '--fold'",
        "train --set forest.num-tree=3 | unknown setting forest.num-tree; did you mean",
        "score --conf-file nowhere.conf | nowhere.conf does not exist",
        "sql | sql takes one statement in quotes",
        "sql SELECT --master spark://h:1 --deploy-mode cluster | sql only prints"
      })
  void aUsageErrorIsSaidAndEndsWithTwo(String example) throws Exception {
    String[] parts = example.split(" \\| ");
    SubmitScript.Finished finished = embedded(parts[0].split(" "));
    assertThat(finished.exitCode()).as(finished.err()).isEqualTo(2);
    assertThat(finished.err()).contains(parts[1]);
    assertThat(finished.err()).doesNotContain("start Spark");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "label", "train", "evaluate", "score", "sql", "digest", "demo"})
  void helpOfAJobNeedsNoSparkAtAll(String job) throws Exception {
    // a Spark that is too old does not matter either
    Path old = spark("version 2.4.0");
    SubmitScript.Finished finished = run(Map.of("SPARK_HOME", old.toString()), job, "--help");
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    assertThat(finished.out()).contains("Example:").contains("./submit.sh " + job);
    assertThat(record()).doesNotExist();
  }

  @Test
  void anotherSparkThanFourOneIsRefused() throws Exception {
    Path old = spark("version 3.5.1\nUsing Scala version 2.13.8");
    SubmitScript.Finished finished = run(Map.of("SPARK_HOME", old.toString()), "train");
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err())
        .contains(old.resolve("bin/spark-submit") + " is not Spark 4.1")
        .contains("version 3.5.1")
        .contains("MEDROUTE_EMBEDDED=1");
    assertThat(record()).doesNotExist();
  }

  @Test
  void anotherScalaIsRefusedOnThePathToo() throws Exception {
    Path old = spark("version 4.1.0\nUsing Scala version 2.12.18");
    SubmitScript.Finished finished = run(onThePath(old), "train");
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err())
        .contains(old.resolve("bin/spark-submit") + " is not built with Scala 2.13")
        .contains("Scala version 2.12.18");
    assertThat(record()).doesNotExist();
  }

  private static Map<String, String> onThePath(Path spark) {
    return Map.of("PATH", spark.resolve("bin") + ":" + System.getenv("PATH"));
  }

  @Test
  void anInstalledSparkGetsTheWholeCommandLine() throws Exception {
    Path home = SubmitScript.home();
    SubmitScript.Finished finished =
        run(
            onThePath(spark(GOOD)),
            "score",
            "--master",
            "spark://host:7077",
            "--set",
            "forest.seed=1",
            "--conf-file",
            "conf/production.conf",
            "--warehouse",
            "hdfs://name/medroute",
            "--model",
            "two words");
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    List<String> arguments = recorded();
    assertThat(arguments)
        .containsSubsequence("--master", "spark://host:7077")
        .containsSubsequence("--deploy-mode", "client")
        .containsSubsequence("--class", "org.medroute.job.Main")
        .contains("spark.driver.memory=1g");
    assertThat(arguments.get(arguments.indexOf("--jars") + 1))
        .contains("delta-spark_4.1_2.13-")
        .contains(home.resolve("jobs/target/lib") + "/config-")
        .doesNotContain("spark-core");
    List<String> own = arguments.subList(arguments.indexOf("score") - 1, arguments.size());
    assertThat(own.get(0)).matches(home + "/jobs/target/medroute-jobs-[0-9.]*[.]jar");
    assertThat(own.subList(1, own.size()))
        .containsExactly(
            "score",
            "--set",
            "forest.seed=1",
            "--model",
            "two words",
            "--warehouse",
            "hdfs://name/medroute",
            "--conf-file",
            home + "/conf/cluster.conf",
            "--conf-file",
            home + "/conf/production.conf");
  }

  @Test
  void relativePathsAreThoseOfTheCaller() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("else where"));
    Files.writeString(elsewhere.resolve("mine.conf"), "forest.seed = 7");
    try (SubmitScript submit =
        new SubmitScript(directory, Map.of("SPARK_HOME", spark(GOOD).toString()))) {
      SubmitScript.Finished finished =
          submit.runIn(elsewhere, "train", "--warehouse=here", "--conf-file", "mine.conf");
      assertThat(finished.exitCode()).as(finished.err()).isZero();
    }
    assertThat(recorded())
        .containsSubsequence("--master", "local[*]")
        .containsSubsequence("--warehouse", elsewhere + "/here")
        .containsSubsequence(
            "--conf-file",
            SubmitScript.home() + "/conf/local.conf",
            "--conf-file",
            elsewhere + "/mine.conf");
    try (var files = Files.list(elsewhere)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void theExitCodeIsThatOfTheJob() throws Exception {
    Map<String, String> environment = new HashMap<>(onThePath(spark(GOOD)));
    environment.put("FAKE_EXIT", "4");
    assertThat(run(environment, "train").exitCode()).isEqualTo(4);
  }

  @Test
  void aDriverOnTheClusterIsGivenItsSettingsAsText() throws Exception {
    Files.writeString(
        directory.resolve("part.conf"), "forest { seed = 7, num-trees = ${?UNSET_TREES} }");
    Path mine =
        Files.writeString(
            directory.resolve("mine.conf"),
            "include \"part.conf\"\nforest.max-depth = 3\nlabels { classes = [A, B], out-of-scope = \"\", bases = [given] }");
    SubmitScript.Finished finished =
        run(
            Map.of("SPARK_HOME", spark(GOOD).toString()),
            "train",
            "--master",
            "spark://host:7077",
            "--deploy-mode",
            "cluster",
            "--run-id",
            "night-1",
            "--warehouse",
            directory.resolve("w").toString(),
            "--conf-file",
            mine.toString());
    // the script above ran nothing, so there is no row
    assertThat(finished.exitCode()).as(finished.err()).isEqualTo(1);
    assertThat(finished.err()).contains("the driver of run night-1 left no row in the runs table");
    List<String> arguments = recorded();
    assertThat(arguments)
        .containsSubsequence("--deploy-mode", "cluster")
        .containsSubsequence("spark.standalone.submit.waitAppCompletion=true")
        .containsSubsequence("train", "--run-id", "night-1", "--conf-text")
        .containsSubsequence("local[1]", "sql", "--format", "json", "--conf-text");
    byte[] sent = Base64.getDecoder().decode(arguments.get(arguments.indexOf("--conf-text") + 1));
    String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(text).contains("${?UNSET_TREES}");
    Settings settings = SettingsLoader.withDefaults().text("submitted settings", text).load();
    assertThat(settings.longInteger("forest.seed", 0, 10)).isEqualTo(7);
    assertThat(settings.integer("forest.max-depth", 1, 30)).isEqualTo(3);
    assertThat(settings.text("warehouse")).isEqualTo(directory.resolve("w").toString());
    assertThat(settings.textMap("spark.conf")).containsEntry("spark.task.maxFailures", "8");
  }
}
