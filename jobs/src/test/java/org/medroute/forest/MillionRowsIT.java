package org.medroute.forest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.testing.Forked;
import org.medroute.testing.LocalSpark;
import org.medroute.testing.RealData;

/**
 * A forest of a million rows in a heap of 8 GB, in a JVM of its own. System properties: rows, heap
 * and plan (million.rows, million.heap, million.plan).
 */
@Tag("long")
class MillionRowsIT {
  @TempDir Path directory;

  @Test
  void aMillionRowsFit() throws Exception {
    long rows = Long.getLong("million.rows", 1_000_000L);
    String heap = System.getProperty("million.heap", "8g");
    String plan = System.getProperty("million.plan", "auto");
    Path features = directory.resolve("features");
    TextFeatures.s6(LocalSpark.session(), RealData.path("ohsumed.jsonl.gz").getParent())
        .train
        .write()
        .parquet(features.toString());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "-Dspark.local.ip=127.0.0.1",
            "-Dspark.local.dir=" + directory,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            MillionRows.class.getName(),
            features.toString(),
            String.valueOf(rows),
            plan));
    Forked ended = Forked.run(directory, Map.of("SPARK_LOCAL_IP", "127.0.0.1"), command, 120);

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    System.out.println("MillionRowsIT heap " + heap + System.lineSeparator() + ended.out());
    assertThat(ended.out()).contains("rows " + rows + ": fitted in").contains("digest ");
  }
}
