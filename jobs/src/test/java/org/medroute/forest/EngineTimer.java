package org.medroute.forest;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The engine alone, in CPU seconds of one thread, so that other work on the machine does not count:
 * binning, columns, 100 trees of depth 20. Arguments: directory of JSON features as {@link
 * ForestComparison} writes them, copies, repetitions.
 */
final class EngineTimer {
  private static final Pattern ROW =
      Pattern.compile("\"label\":([0-9.]+).*\"indices\":\\[(.*?)\\],\"values\":\\[(.*?)\\]");

  private EngineTimer() {}

  public static void main(String[] arguments) throws Exception {
    int copies = Integer.parseInt(arguments[1]);
    SparseBlock.Builder builder = new SparseBlock.Builder(10_000);
    List<Path> files;
    try (Stream<Path> listed = Files.list(Path.of(arguments[0]))) {
      files = listed.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.addAll(Files.readAllLines(file));
    }
    for (int copy = 0; copy < copies; copy++) {
      for (String line : lines) {
        Matcher matcher = ROW.matcher(line);
        if (!matcher.find()) {
          throw new IllegalArgumentException(line);
        }
        String[] indices = matcher.group(2).split(",");
        String[] values = matcher.group(3).split(",");
        for (int i = 0; i < indices.length && !indices[i].isEmpty(); i++) {
          builder.add(Integer.parseInt(indices[i]), Double.parseDouble(values[i]));
        }
        String weight = line.replaceAll(".*\"weight\":([0-9.E-]+).*", "$1");
        builder.endRow(
            CounterHash.mix(builder.rows()),
            0,
            (int) Double.parseDouble(matcher.group(1)),
            Double.parseDouble(weight));
      }
    }
    SparseBlock block = builder.build();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      double start = cpu();
      TrainingSummary summary = block.summary();
      WeightScale scale = WeightScale.of(summary.largestWeight(), summary.rows());
      FeatureBins bins = Binning.of(List.of(block), scale, 32, summary);
      BinnedRows rows =
          IdentifiedRows.canonical(
              List.of(block.bin(bins, scale)), 10_000, 32, IdentifiedRows.Repeats.REFUSED);
      BinnedSet set = new BinnedSet(bins, rows, 6);
      set.columns();
      double binned = cpu();
      TreeGrower grower =
          new TreeGrower(
              set,
              new GrowthRules(
                  42,
                  BagCounts.withReplacement(42, 1),
                  100,
                  1,
                  GainRule.GINI,
                  GrowthRules.Splitter.BEST,
                  20,
                  1,
                  0,
                  0));
      long nodes = 0;
      for (int tree = 0; tree < 100; tree++) {
        nodes += grower.grow(tree).nodes();
      }
      System.out.printf(
          Locale.ROOT,
          "rows %d: bins %.3f s, trees %.3f s CPU, %d nodes%n",
          rows.rows(),
          binned - start,
          cpu() - binned,
          nodes);
    }
  }

  private static double cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
