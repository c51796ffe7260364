package org.medroute.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.medroute.config.BenchSettings;

/**
 * The peers outside the JVM, where they are installed: scikit-learn by the scripts of this project,
 * fastText by its command. Each runs as a process of its own, on the cores that it is given.
 */
final class Peers {
  static final String SKLEARN = "scikit-learn";
  static final String FASTTEXT = "fastText";

  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");
  private static final String VERSIONS =
      "import sklearn, numpy, scipy, platform;"
          + "print('scikit-learn', sklearn.__version__, 'numpy', numpy.__version__,"
          + " 'scipy', scipy.__version__, 'Python', platform.python_version())";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PROBE_SECONDS = 60;
  private static final long WORK_SECONDS = 6 * 3600;

  private final Path scripts;
  private final Path logs;
  private final Optional<Installed> sklearn;
  private final Optional<Installed> fasttext;

  /** A command that works, and its versions. */
  private record Installed(String command, String version) {}

  /** How a process ended. */
  private record Ended(int exitCode, String out, double seconds) {}

  private Peers(
      Path scripts, Path logs, Optional<Installed> sklearn, Optional<Installed> fasttext) {
    this.scripts = scripts;
    this.logs = logs;
    this.sklearn = sklearn;
    this.fasttext = fasttext;
  }

  /**
   * Looks for them.
   *
   * @param work directory for what the processes say
   */
  static Peers find(BenchSettings settings, Path work) {
    Peers none = new Peers(Path.of(settings.scripts()), work, Optional.empty(), Optional.empty());
    Optional<Installed> python = Optional.empty();
    for (String command : settings.python().map(List::of).orElse(PYTHONS)) {
      Optional<Ended> probe = none.tryRun(PROBE_SECONDS, command, "-c", VERSIONS);
      if (python.isEmpty() && probe.isPresent() && probe.get().exitCode() == 0) {
        python = Optional.of(new Installed(command, probe.get().out().strip()));
      }
    }
    // fastText ends with an error code after its usage, and tells no version
    Optional<Installed> fasttext =
        none.tryRun(PROBE_SECONDS, settings.fasttext())
            .filter(ended -> ended.out().contains("usage: fasttext"))
            .map(ended -> new Installed(settings.fasttext(), "installed"));
    fasttext =
        fasttext.map(
            found ->
                none.tryRun(PROBE_SECONDS, "dpkg-query", "-W", "-f=${Version}", "fasttext")
                    .filter(ended -> ended.exitCode() == 0)
                    .map(ended -> new Installed(found.command(), ended.out().strip()))
                    .orElse(found));
    return new Peers(Path.of(settings.scripts()), work, python, fasttext);
  }

  Optional<String> sklearnVersion() {
    return sklearn.map(Installed::version);
  }

  Optional<String> fasttextVersion() {
    return fasttext.map(Installed::version);
  }

  /** Runs a script; returns the JSON object in its last line. */
  JsonNode sklearn(String script, Object... arguments) {
    Installed python = sklearn.orElseThrow();
    List<String> command = new ArrayList<>(List.of(python.command()));
    command.add(scripts.resolve(script).toString());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    String out = run(command).out().strip();
    try {
      return JSON.readTree(out.substring(out.lastIndexOf('\n') + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(script + " ended in no JSON object: " + out, e);
    }
  }

  /** Runs fastText; returns the seconds that its process took. */
  double fasttext(Object... arguments) {
    List<String> command = new ArrayList<>(List.of(fasttext.orElseThrow().command()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return run(command).seconds();
  }

  private Ended run(List<String> command) {
    Ended ended =
        tryRun(WORK_SECONDS, command.toArray(String[]::new))
            .orElseThrow(() -> new IllegalStateException(command.get(0) + " cannot be started"));
    if (ended.exitCode() != 0) {
      String end = ended.out().substring(Math.max(0, ended.out().length() - 2000));
      throw new IllegalStateException(command + " ended with " + ended.exitCode() + ": " + end);
    }
    return ended;
  }

  private Optional<Ended> tryRun(long seconds, String... command) {
    try {
      Path said = Files.createTempFile(logs, "peer", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectErrorStream(true).redirectOutput(said.toFile());
      // one core means one core, whatever library is below
      builder.environment().put("OMP_NUM_THREADS", "1");
      builder.environment().put("OPENBLAS_NUM_THREADS", "1");
      long start = System.nanoTime();
      Process process;
      try {
        process = builder.start();
      } catch (IOException e) {
        return Optional.empty();
      }
      try {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
          throw new IllegalStateException(command[0] + " took more than " + seconds + " s");
        }
      } finally {
        process.destroyForcibly();
      }
      double took = (System.nanoTime() - start) / 1e9;
      String out = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
      Files.delete(said);
      return Optional.of(new Ended(process.exitValue(), out, took));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command[0] + " worked", e);
    }
  }
}
