package org.medroute.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that ran in a process of its own and ended.
 *
 * @param out standard output
 * @param err standard error
 */
public record Forked(int exitCode, String out, String err) {
  private static final long LIMIT_MINUTES = 15;

  /** Runs a command to its end; kills it with its children after a quarter of an hour. */
  public static Forked run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    return run(directory, environment, command, LIMIT_MINUTES);
  }

  /** Runs a command to its end; kills it with its children after so many minutes. */
  public static Forked run(
      Path directory, Map<String, String> environment, List<String> command, long limitMinutes)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("forked", ".out");
    Path err = Files.createTempFile("forked", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(limitMinutes, TimeUnit.MINUTES)) {
        throw new IllegalStateException(
            command.get(0) + " did not end within " + limitMinutes + " minutes: " + text(err));
      }
      return new Forked(process.exitValue(), text(out), text(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** The last line of standard output. */
  public String lastLine() {
    return out.strip().lines().reduce("", (before, line) -> line);
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
