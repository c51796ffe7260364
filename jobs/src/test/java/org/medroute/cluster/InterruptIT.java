package org.medroute.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.delta.Warehouse;
import org.medroute.table.CvCells;
import org.medroute.table.Models;
import org.medroute.testing.LocalSpark;

/**
 * Ctrl-C in the middle of a job: nothing half done is left, and the next run goes on from there.
 */
@Tag("long")
class InterruptIT {
  private static final int CELLS = 4;

  /** The folds of the linear model, which are fitted after the cells. */
  private static final int LINEAR_FOLDS = 2;

  @TempDir Path directory;

  @Test
  void anInterruptedTrainingIsFinishedByTheNextRun() throws Exception {
    Path warehousePath = directory.resolve("warehouse");
    LabelledCorpus.write(directory.resolve("corpus"), warehousePath);
    Path settings = LabelledCorpus.trainSettings(directory.resolve("train.conf"));
    LabelledCorpus.copy(warehousePath, directory.resolve("reference"));
    String[] train = {
      "train",
      "--master",
      "local[2]",
      "--warehouse",
      warehousePath.toString(),
      "--conf-file",
      settings.toString()
    };
    SparkSession spark = LocalSpark.session();
    Warehouse warehouse = new Warehouse(spark, warehousePath.toString());
    try (SubmitScript submit = new SubmitScript(directory, Map.of("MEDROUTE_EMBEDDED", "1"))) {
      SubmitScript.Running running = submit.start(SubmitScript.home(), train);
      awaitFirstCell(running, warehousePath);
      interrupt(running.process().pid());
      SubmitScript.Finished interrupted = submit.finish(running);
      assertThat(interrupted.exitCode()).as(interrupted.err()).isNotZero();
      assertThat(interrupted.out()).doesNotContain("train done");
      assertThat(interrupted.err()).doesNotContain("Exception in thread");

      long finished = warehouse.read(CvCells.TABLE).count();
      assertThat(finished).isBetween(1L, CELLS - 1L);
      assertThat(warehouse.readOrEmpty(Models.TABLE).count()).isZero();

      SubmitScript.Finished again = submit.run(train);
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out())
          .contains(finished + " finished cells of an earlier run were reused")
          .contains("train done");
      assertThat(warehouse.read(CvCells.TABLE).count()).isEqualTo(CELLS + LINEAR_FOLDS);
      assertThat(warehouse.read(Models.TABLE).select(Models.DIGEST).collectAsList())
          .containsExactly(
              RowFactory.create(
                  LabelledCorpus.reference(directory.resolve("reference"), settings).model()));
    }
    try (var locks = Files.list(warehousePath.resolve("_locks"))) {
      assertThat(locks.map(path -> path.getFileName().toString()).filter(n -> n.contains("train")))
          .as("locks that the runs left behind")
          .isEmpty();
    }
  }

  /** The first commit creates cv_cells, the second holds the first cell. */
  private static void awaitFirstCell(SubmitScript.Running running, Path warehouse)
      throws InterruptedException {
    Path commit = warehouse.resolve("cv_cells/_delta_log/00000000000000000001.json");
    while (!Files.exists(commit)) {
      assertThat(running.process().isAlive()).as(running.errSoFar()).isTrue();
      Thread.sleep(20);
    }
  }

  /**
   * Signal INT as by Ctrl-C; TERM where this JVM was started with INT ignored, which children
   * inherit.
   */
  private static void interrupt(long pid) throws IOException, InterruptedException {
    String signal = ignoresInterrupts() ? "-TERM" : "-INT";
    Process kill = new ProcessBuilder(List.of("kill", signal, String.valueOf(pid))).start();
    assertThat(kill.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return new BigInteger(mask, 16).testBit(1);
  }
}
