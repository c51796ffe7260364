package org.medroute.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the package rules: ranks, who may see which library, names. */
class ArchitectureTest {
  private static final String ROOT = "org.medroute.";

  /** A package imports only lower ranks, never a sibling of its own rank. */
  private static final List<List<String>> RANKS =
      List.of(
          List.of("config"),
          List.of("medline", "text", "table"),
          List.of("linear"),
          List.of("feature", "forest", "metrics", "delta", "compiled"),
          List.of("pipeline"),
          List.of("registry"),
          List.of(
              "ingest",
              "labelling",
              "training",
              "evaluating",
              "scoring",
              "review",
              "monitoring",
              "reporting",
              "sampling"),
          List.of("bench"),
          List.of("job"));

  private static JavaClasses production;

  @BeforeAll
  static void read() {
    production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.medroute");
  }

  private static int rank(String name) {
    for (int rank = 0; rank < RANKS.size(); rank++) {
      if (RANKS.get(rank).contains(name)) {
        return rank;
      }
    }
    return -1;
  }

  private static String area(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  @Test
  void everyPackageHasARank() {
    assertThat(production.stream().map(ArchitectureTest::area).distinct())
        .allSatisfy(name -> assertThat(rank(name)).as(name).isNotNegative());
  }

  @Test
  void packagesImportOnlyLowerRanks() {
    Map<String, String> broken = new TreeMap<>();
    for (JavaClass type : production) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT)) {
          String from = area(type);
          String to = area(target);
          if (!from.equals(to) && rank(to) >= rank(from)) {
            broken.put(from + " -> " + to, dependency.getDescription());
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("org.medroute.(*)..").should().beFreeOfCycles().check(production);
  }

  @Test
  void pureJavaPackagesDoNotSeeSpark() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "medline..",
            ROOT + "text..",
            ROOT + "linear..",
            ROOT + "compiled..",
            ROOT + "config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .allowEmptyShould(true)
        .check(production);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "delta..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.delta..")
        .check(production);
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "config..", ROOT + "job..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.typesafe.config..")
        .check(production);
  }

  @Test
  void onlyJobsEndTheProcessOrBuildSessions() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "job..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(SparkSession.class, "builder")
        .check(production);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(production);
  }

  @Test
  void stagesCanBeCopiedAndRead() {
    List<JavaClass> stages =
        production.stream()
            .filter(type -> type.isAssignableTo(PipelineStage.class))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .toList();
    assertThat(stages).isNotEmpty();
    for (JavaClass stage : stages) {
      boolean model = stage.isAssignableTo(Model.class);
      assertThat(
              stage.getConstructors().stream()
                  .anyMatch(
                      constructor ->
                          (model || constructor.getModifiers().contains(JavaModifier.PUBLIC))
                              && constructor.getRawParameterTypes().size() == 1
                              && constructor
                                  .getRawParameterTypes()
                                  .get(0)
                                  .isEquivalentTo(String.class)))
          .as(stage.getName() + " needs a public (String uid) constructor")
          .isTrue();
      assertThat(
              stage.getMethods().stream()
                  .anyMatch(
                      method ->
                          method.getName().equals("read")
                              && method.getModifiers().contains(JavaModifier.STATIC)
                              && method.getModifiers().contains(JavaModifier.PUBLIC)))
          .as(stage.getName() + " needs a public static read()")
          .isTrue();
    }
  }

  @Test
  void everyPackageIsDescribed() {
    for (String name : production.stream().map(JavaClass::getPackageName).distinct().toList()) {
      assertThat(sources().resolve(name.replace('.', '/')).resolve("package-info.java")).exists();
    }
  }

  /** A column that is spelled twice is renamed once. */
  @Test
  void columnNamesAreLiteralsOnlyInTables() throws IOException {
    Pattern literal =
        Pattern.compile(
            "\\bcol\\(\"(?!_|target\\.|source\\.)|withColumn\\(\\s*\"(?!_)|getField\\(\"");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (!file.toString().contains("/table/")) {
          String text = Files.readString(file);
          if (literal.matcher(text).find()) {
            found.add(file.getFileName().toString());
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void filesStaySmall() throws IOException {
    try (Stream<Path> files = Files.walk(sources())) {
      assertThat(files.filter(path -> path.toString().endsWith(".java")))
          .allSatisfy(file -> assertThat(lines(file)).as(file.toString()).isLessThan(500));
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path sources() {
    Path here = Path.of("src/main/java");
    return Files.isDirectory(here) ? here : Path.of("jobs/src/main/java");
  }
}
