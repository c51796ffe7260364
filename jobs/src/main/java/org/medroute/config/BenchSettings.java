package org.medroute.config;

import java.util.List;
import java.util.Optional;

/**
 * What a benchmark measures, at which sizes: section {@code bench}.
 *
 * @param form full or quick
 * @param parts which parts run
 * @param trees of every forest
 * @param depth of every forest
 * @param seed of every forest
 * @param work directory for what is written meanwhile; removed at the end
 * @param page file that the page is written to
 * @param scripts directory of the peers' scripts
 * @param configurations directory of the overlays that label the text
 * @param samples directory of the sample corpus
 * @param python interpreter that has scikit-learn; empty: the first of the usual ones that has it
 * @param fasttext command of fastText
 * @param quality how the quality of forests is compared
 * @param sizes of the form
 */
public record BenchSettings(
    Form form,
    List<Part> parts,
    int trees,
    int depth,
    long seed,
    String work,
    String page,
    String scripts,
    String configurations,
    String samples,
    Optional<String> python,
    String fasttext,
    Quality quality,
    Sizes sizes) {

  /** How thorough. */
  public enum Form {
    FULL,
    /** Every key in a few minutes. */
    QUICK
  }

  /** What can be measured alone. */
  public enum Part {
    FOREST,
    CROSS_VALIDATION,
    SCORING,
    INGEST,
    PUBMED,
    /** Minutes for one forest of MLlib after the other: runs when it is asked for. */
    FOREST_QUALITY;

    /** Those that run unless the settings name others. */
    public static List<Part> usual() {
      return List.of(FOREST, CROSS_VALIDATION, SCORING, INGEST, PUBMED);
    }
  }

  /**
   * Repeated fits of the same forest.
   *
   * @param seeds seeds that each contender is fitted with, the first being that of every forest
   * @param mllibSeeds seeds of them, from the first, that MLlib is fitted with; 0: it sits out
   */
  public record Quality(int seeds, int mllibSeeds) {
    static Quality from(Settings bench) {
      int seeds = bench.integer("quality-seeds", 2, 100);
      int mllib = bench.integer("quality-mllib-seeds", 0, 100);
      if (mllib == 1 || mllib > seeds) {
        throw bench.problem(
            "quality-mllib-seeds",
            "0 (MLlib sits out), or 2 (an interval needs two fits) to quality-seeds = " + seeds);
      }
      return new Quality(seeds, mllib);
    }
  }

  /**
   * Sizes of one form.
   *
   * @param rounds times that each contender runs
   * @param mllibRounds times that MLlib's forest runs
   * @param forestDocuments numbers of training documents, one forest comparison each
   * @param mllibDocuments those of them that MLlib takes part in
   * @param folds of the cross-validation
   * @param gridTrees axis of its grid
   * @param gridDepths axis of its grid
   * @param documents scored by each contender from text to class
   * @param bulkDocuments scored from table to table
   * @param xmlDocuments citations of the file that is parsed
   * @param ingestDocuments the smaller and the larger corpus that is ingested
   */
  public record Sizes(
      int rounds,
      int mllibRounds,
      List<Integer> forestDocuments,
      List<Integer> mllibDocuments,
      int folds,
      List<Integer> gridTrees,
      List<Integer> gridDepths,
      int documents,
      int bulkDocuments,
      int xmlDocuments,
      List<Integer> ingestDocuments) {
    private static final int MOST = 100_000_000;

    public Sizes {
      forestDocuments = List.copyOf(forestDocuments);
      mllibDocuments = List.copyOf(mllibDocuments);
      gridTrees = List.copyOf(gridTrees);
      gridDepths = List.copyOf(gridDepths);
      ingestDocuments = List.copyOf(ingestDocuments);
    }

    static Sizes from(Settings sizes) {
      List<Integer> ingest = sizes.integers("ingest-documents", 1, MOST);
      if (ingest.size() != 2 || ingest.get(0) >= ingest.get(1)) {
        throw sizes.problem("ingest-documents", "two numbers, the smaller one first");
      }
      List<Integer> forests = sizes.integers("forest-documents", 1, MOST);
      if (forests.isEmpty()) {
        throw sizes.problem("forest-documents", "at least one number");
      }
      List<Integer> mllib = sizes.integers("mllib-documents", 1, MOST);
      if (mllib.isEmpty() || !forests.containsAll(mllib)) {
        throw sizes.problem("mllib-documents", "at least one of the numbers of forest-documents");
      }
      List<Integer> trees = sizes.integers("grid-trees", 2, 10_000);
      List<Integer> depths = sizes.integers("grid-depths", 1, 30);
      if (trees.isEmpty() || depths.isEmpty()) {
        throw sizes.problem(trees.isEmpty() ? "grid-trees" : "grid-depths", "at least one number");
      }
      return new Sizes(
          sizes.integer("rounds", 1, 100),
          sizes.integer("mllib-rounds", 1, 100),
          forests,
          mllib,
          sizes.integer("folds", 2, 100),
          trees,
          depths,
          sizes.integer("documents", 1, MOST),
          sizes.integer("bulk-documents", 1, MOST),
          sizes.integer("xml-documents", 1, MOST),
          ingest);
    }
  }

  public BenchSettings {
    parts = List.copyOf(parts);
  }

  /** Reads section {@code bench}. */
  public static BenchSettings from(Settings settings) {
    Settings bench = settings.section("bench");
    Form form = bench.flag("quick") ? Form.QUICK : Form.FULL;
    List<Part> parts =
        bench.texts("parts").stream()
            .map(
                name -> {
                  for (Part part : Part.values()) {
                    if (Settings.kebab(part).equals(name)) {
                      return part;
                    }
                  }
                  throw bench.problem(
                      "parts",
                      "a list of forest, cross-validation, scoring, ingest, pubmed, forest-quality");
                })
            .toList();
    return new BenchSettings(
        form,
        parts,
        bench.integer("num-trees", 2, 10_000),
        bench.integer("max-depth", 1, 30),
        bench.longInteger("seed", 0, Integer.MAX_VALUE),
        bench.text("work"),
        bench
            .optionalText("page")
            .orElse(
                form == Form.QUICK
                    ? "conf/experiments/bench-quick.md"
                    : "conf/experiments/bench.md"),
        bench.text("scripts"),
        bench.text("configurations"),
        bench.text("samples"),
        bench.optionalText("python"),
        bench.text("fasttext"),
        Quality.from(bench),
        Sizes.from(bench.section(form == Form.QUICK ? "quick-sizes" : "full-sizes")));
  }
}
