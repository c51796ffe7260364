package org.medroute.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.medroute.feature.BiomedicalTokens;

/** A JVM that has Spark's jars and the small stages jar, and nothing else of the project. */
public final class PlainSpark {
  /** Jars of the application and of its tests, which a plain Spark does not have. */
  private static final List<String> NOT_SPARKS =
      List.of(
          "delta-",
          "unitycatalog-",
          "config-",
          "aalto-",
          "stax2-",
          "jackson-datatype-jdk8",
          "picocli-",
          "jfreechart-",
          "org.jfree",
          "junit-",
          "jqwik",
          "assertj-",
          "archunit",
          "surefire",
          "apiguardian",
          "opentest4j",
          "byte-buddy");

  private static final List<String> PACKAGES =
      List.of("org/medroute/feature", "org/medroute/linear", "org/medroute/text");

  private final Path directory;

  /**
   * @param directory for scratch files
   */
  public PlainSpark(Path directory) {
    this.directory = directory;
  }

  /**
   * Loads a pipeline and scores texts in a JVM of its own.
   *
   * @param pipeline a saved PipelineModel
   * @param texts JSON lines with a column text
   * @return as {@link PlainSparkScoring#score} gives them
   */
  public List<String> score(String pipeline, String texts) throws Exception {
    Path output = directory.resolve("scores.txt");
    run(pipeline, texts, output.toString());
    return Files.readAllLines(output);
  }

  private void run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Dspark.local.dir=" + directory, "-cp", classPath()));
    command.add(PlainSparkScoring.class.getName());
    command.addAll(List.of(arguments));
    Path log = directory.resolve("plain-spark.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended within five minutes").isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private String classPath() throws Exception {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> path = new ArrayList<>();
    path.add(stagesJar().toString());
    path.add(mainClassAlone().toString());
    Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .filter(
            entry ->
                NOT_SPARKS.stream().noneMatch(Path.of(entry).getFileName().toString()::startsWith))
        .forEach(path::add);
    assertThat(path).anyMatch(entry -> entry.contains("spark-mllib"));
    assertThat(path).noneMatch(entry -> entry.contains("delta-spark"));
    return String.join(File.pathSeparator, path);
  }

  /** A directory that holds the class with the main method and no other. */
  private Path mainClassAlone() throws Exception {
    String name = PlainSparkScoring.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve("main").resolve(name);
    Files.createDirectories(copy.getParent());
    Files.copy(root(PlainSparkScoring.class).resolve(name), copy);
    return directory.resolve("main");
  }

  /** The jar that the build made of these classes, or else one made here. */
  private Path stagesJar() throws Exception {
    Path classes = root(BiomedicalTokens.class);
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(classes.getParent(), "medroute-jobs-*-stages.jar")) {
      for (Path jar : jars) {
        if (isMadeOf(jar, classes)) {
          return jar;
        }
      }
    }
    Path jar = directory.resolve("stages.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : classFiles(classes)) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Whether the jar holds the classes of the two packages, as they are now, and no other. */
  private static boolean isMadeOf(Path jar, Path classes) throws IOException {
    List<Path> files = classFiles(classes);
    try (JarFile open = new JarFile(jar.toFile())) {
      for (Path file : files) {
        JarEntry entry = open.getJarEntry(classes.relativize(file).toString());
        if (entry == null) {
          return false;
        }
        try (InputStream bytes = open.getInputStream(entry)) {
          if (!Arrays.equals(bytes.readAllBytes(), Files.readAllBytes(file))) {
            return false;
          }
        }
      }
      return open.stream().filter(entry -> entry.getName().endsWith(".class")).count()
          == files.size();
    }
  }

  private static List<Path> classFiles(Path classes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : PACKAGES) {
      try (Stream<Path> walk = Files.walk(classes.resolve(name))) {
        walk.filter(file -> file.toString().endsWith(".class")).forEach(files::add);
      }
    }
    return files;
  }

  private static Path root(Class<?> of) throws Exception {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
