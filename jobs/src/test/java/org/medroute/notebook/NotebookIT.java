package org.medroute.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.metrics.Route;
import org.medroute.table.Table;
import org.medroute.table.Tables;
import org.medroute.testing.LocalSpark;

/** The analysts' notebook, its cells compiled and run without Jupyter over tables made by hand. */
class NotebookIT {
  private static final Path FILE = Path.of("..", "notebooks", "01-scored-tables.ipynb");
  private static final String CHOICE = "System.getenv(\"MEDROUTE_WAREHOUSE\")";

  /** A handful of rows is not worth compiled code or a second look at the plan. */
  private static final Map<String, String> QUICK =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false");

  @TempDir private static Path place;

  private static Notebook notebook;
  private static NotebookShell shell;
  private static String traced;
  private static Map<String, List<Object>> shown;
  private static Map<String, Long> before;

  @BeforeAll
  static void runEveryCell() throws IOException {
    notebook = Notebook.read(FILE);
    Matcher id =
        Pattern.compile("String documentId = \"(pmid:\\d+)\";")
            .matcher(notebook.cell("trace-query").source());
    assertThat(id.find()).as("the traced document").isTrue();
    traced = id.group(1);
    SparkSession spark = LocalSpark.session();
    QUICK.forEach((name, value) -> spark.conf().set(name, value));
    HandMadeTables.write(spark, place, traced);
    before = files(place);
    shell = new NotebookShell();
    shown = shell.run(codeOver(place));
  }

  @AfterAll
  static void close() {
    QUICK.keySet().forEach(LocalSpark.session().conf()::unset);
    shell.close();
  }

  @Test
  void countsEveryRouteOfEverySpecialty() {
    assertThat(table("routes-query"))
        .containsExactly(
            "specialty | route | documents | share of specialty | share of all | mean confidence",
            "(none) | unscorable | 2 | 1.000 | 0.200 | ",
            "Cardiology | auto | 2 | 0.667 | 0.200 | 0.925",
            "Cardiology | review | 1 | 0.333 | 0.100 | 0.600",
            "Dermatology | auto | 1 | 0.333 | 0.100 | 0.880",
            "Dermatology | review | 2 | 0.667 | 0.200 | 0.670",
            "Other | out_of_scope | 1 | 0.500 | 0.100 | 0.910",
            "Other | review | 1 | 0.500 | 0.100 | 0.400");
  }

  @Test
  void namesTheModelThatDecided() {
    assertThat(table("models-query"))
        .containsExactly(
            "task | model version | status | calibration | documents | last scored",
            "specialty | specialty-0001 | champion | sigmoid | 10 | 2026-01-05");
  }

  @Test
  void drawsAHistogramForEachSpecialty() {
    assertThat(shell.value("histograms.keySet()")).isEqualTo("[Cardiology, Dermatology, Other]");
    // .84 lies in the bar from .80 to .85, whose middle is .825
    assertThat(shell.value("histograms.get(\"Dermatology\").getSeriesKey(1)")).isEqualTo("review");
    assertThat(
            shell.value(
                "java.util.stream.IntStream.range(0, histograms.get(\"Dermatology\").getItemCount())"
                    + ".filter(i -> histograms.get(\"Dermatology\").getYValue(1, i) == 1)"
                    + ".mapToObj(i -> String.format(Locale.ROOT, \"%.3f\","
                    + " histograms.get(\"Dermatology\").getXValue(1, i))).toList()"))
        .isEqualTo("[0.525, 0.825]");
    BufferedImage image = (BufferedImage) only("confidence-chart");
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(140 + 3 * 125);
    assertThat(colours(image))
        .as("decided, for review, out of scope")
        .contains(0x0072B2, 0xE69F00, 0x999999);
  }

  @Test
  void tellsWhereADocumentWentAndWhy() {
    assertThat(table("trace-query"))
        .containsExactly(
            "step | says",
            "quarantine | -",
            "deletions | -",
            "documents | version 3 from a.xml.gz, record 7, Circ 2024: A <i>made-up</i> heart",
            "labels | Cardiology by mesh_major: C14 Cardiovascular Diseases",
            "splits | another: test; specialty/random: train, fold 1",
            "scores | Cardiology, route auto, because 0.95 >= 0.85 cut-off of Cardiology",
            "scores | probabilities: Cardiology 0.95, Pulmonology 0.05",
            "scores | moved most by: made-up",
            "corrections | -");
  }

  @Test
  void tellsThatADocumentWasDeleted() {
    assertThat(table("trace-deleted-query"))
        .contains("deletions | version 2 and older, by c.xml.gz", "documents | -", "scores | -");
  }

  @Test
  void comparesLabelsWithPredictionsOfTheTestPartAlone() {
    assertThat(table("test-query"))
        .containsExactly(
            "label | (not scored) | Cardiology | Dermatology | Other",
            "Cardiology | 1 | 1 | 0 | 0",
            "Dermatology | 0 | 1 | 2 | 0",
            "Other | 0 | 0 | 0 | 1");
    assertThat(table("test-routes-query"))
        .containsExactly(
            "route | documents | agree | share",
            "(not scored) | 1 | 0 | 0.000",
            "auto | 2 | 2 | 1.000",
            "out_of_scope | 1 | 1 | 1.000",
            "review | 2 | 1 | 0.500",
            "all | 6 | 4 | 0.667");
  }

  @Test
  void checksTheEquationOfEveryFile() {
    assertThat(table("files-query"))
        .containsExactly(
            "source file | outcome | read | live | superseded | deleted | quarantined | skipped"
                + " | equation | refusal",
            "a.xml.gz | committed | 10 | 7 | 1 | 1 | 1 | 0 | holds | ",
            "b.xml.gz | refused | 0 | 0 | 0 | 0 | 0 | 0 | holds | no closing root tag",
            "c.xml.gz | committed | 5 | 1 | 1 | 1 | 1 | 0 | BROKEN | ");
  }

  @Test
  void showsBrokenRecordsAsTextNotAsMarkup() {
    assertThat(only("quarantine-query").toString()).contains("&lt;PubmedArticle&gt;");
    assertThat(table("quarantine-query"))
        .contains("a.xml.gz | 4 | (unknown) | pmid-missing | no PMID | <PubmedArticle>");
  }

  @Test
  void groupsWhatWaitsForAPersonByItsReason() {
    assertThat(table("review-query"))
        .containsExactly(
            "because | documents | lowest | median | highest",
            "below the cut-off of Cardiology | 1 | 0.600 | 0.600 | 0.600",
            "below the cut-off of Dermatology | 1 | 0.840 | 0.840 | 0.840",
            "below the cut-off of Dermatology; title only | 1 | 0.500 | 0.500 | 0.500",
            "below the cut-off of Other | 1 | 0.400 | 0.400 | 0.400");
    assertThat(table("unscorable-query"))
        .containsExactly(
            "reason | documents | for example",
            "no title and no abstract | 1 | J",
            "text is French (fr), the model reads English (en) | 1 | I");
  }

  @Test
  void putsTheClosestDecisionsFirst() {
    // F: .5 against .5; H: its class .4 is beaten on paper by .6; C: .6 against .4; E: .84
    assertThat(table("review-first-query"))
        .element(4)
        .isEqualTo(
            "E | A made-up skin | Dermatology | 0.840 | Pulmonology | 0.160"
                + " | 0.84 < 0.85 cut-off of Dermatology");
    assertThat(table("review-first-query")).element(1).asString().startsWith("F |");
  }

  @Test
  void onlyReads() throws IOException {
    assertThat(files(place)).isEqualTo(before);
  }

  @Test
  void saysWhatToDoWithoutTables(@TempDir Path empty) {
    try (NotebookShell fresh = new NotebookShell()) {
      assertThatThrownBy(() -> fresh.run(codeOver(empty)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("Cell session fails: java.lang.IllegalStateException: No table")
          .hasMessageContaining("run ./submit.sh demo, or set MEDROUTE_WAREHOUSE");
    }
  }

  @Test
  void aCellThatNamesAMissingColumnFails() {
    Notebook.Cell wrong =
        new Notebook.Cell("wrong", Notebook.Kind.CODE, "ask(\"SELECT certainty FROM scores\");");
    assertThatThrownBy(() -> shell.run(List.of(wrong)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("UNRESOLVED_COLUMN")
        .hasMessageContaining("certainty");
  }

  @Test
  void namesInItsTextAreTablesColumnsOrRoutes() {
    Set<String> known = new TreeSet<>();
    for (Table table : Tables.ALL) {
      known.add(table.name());
      known.addAll(Arrays.asList(table.schema().fieldNames()));
    }
    Stream.of(Route.values()).map(Route::text).forEach(known::add);
    Set<String> named = new TreeSet<>();
    for (Notebook.Cell cell : notebook.cells(Notebook.Kind.MARKDOWN)) {
      Pattern.compile("`([a-z_]+)`")
          .matcher(cell.source())
          .results()
          .forEach(found -> named.add(found.group(1)));
    }
    assertThat(named).contains("auto", "confidence", "deletions").isSubsetOf(known);
  }

  @Test
  void everyQuestionSaysWhatAnAnalystLearns() {
    for (int i = 1; i < notebook.cells().size(); i++) {
      Notebook.Cell cell = notebook.cells().get(i);
      if (cell.id().endsWith("-query") || cell.id().endsWith("-chart")) {
        Notebook.Cell above = notebook.cells().get(i - 1);
        assertThat(above.kind()).as(cell.id()).isEqualTo(Notebook.Kind.MARKDOWN);
        if (!cell.id().equals("trace-deleted-query")) {
          assertThat(above.source()).as(cell.id()).contains("**You learn**");
        }
      }
    }
    assertThat(notebook.cells().get(0).source()).contains("synthetic");
  }

  @Test
  void isStoredWithoutOutputsAndMachinePaths() throws IOException {
    for (JsonNode cell : notebook.tree().get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        assertThat(cell.get("outputs").size()).as("outputs of %s", cell.get("id")).isZero();
        assertThat(cell.get("execution_count").isNull()).as("count of %s", cell.get("id")).isTrue();
      }
    }
    assertThat(Files.readString(FILE))
        .doesNotContainPattern("/(home|root|tmp|work|Users)/|[A-Z]:\\\\\\\\");
    assertThat(notebook.tree().at("/metadata/kernelspec/name").asText()).isEqualTo("medroute");
  }

  /** The code cells, with the environment's choice of a warehouse put in. */
  private static List<Notebook.Cell> codeOver(Path warehouse) {
    assertThat(notebook.cell("session").source()).containsOnlyOnce(CHOICE);
    return notebook.cells(Notebook.Kind.CODE).stream()
        .map(
            cell ->
                new Notebook.Cell(
                    cell.id(), cell.kind(), cell.source().replace(CHOICE, "\"" + warehouse + "\"")))
        .toList();
  }

  private static Object only(String cell) {
    assertThat(shown.get(cell)).as("what %s shows", cell).hasSize(1);
    return shown.get(cell).get(0);
  }

  /** The rows of the one table that a cell shows, headings first, cells joined by " | ". */
  private static List<String> table(String cell) {
    return Pattern.compile("<tr>(.*?)</tr>", Pattern.DOTALL)
        .matcher(only(cell).toString())
        .results()
        .map(row -> text(row.group(1)))
        .toList();
  }

  private static String text(String row) {
    List<String> cells =
        Pattern.compile("<t[hd][^>]*>(.*?)</t[hd]>", Pattern.DOTALL)
            .matcher(row)
            .results()
            .map(found -> found.group(1))
            .toList();
    return String.join(" | ", cells)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new TreeSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    return colours;
  }

  private static Map<String, Long> files(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
        sizes.put(folder.relativize(file).toString(), Files.size(file));
      }
    }
    return sizes;
  }
}
