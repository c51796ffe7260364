package org.medroute.compiled;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.medroute.text.BiomedicalTokenizer;
import org.medroute.text.HashedTermSink;
import org.medroute.text.TermHash;
import org.medroute.text.TermScanner;
import org.medroute.text.TokenSink;

/**
 * Times the kernels of the compiled scorer over real texts, one thread, in processor time, so that
 * other work on the machine distorts less: each kernel over all texts, {@value #WARM_UP} rounds to
 * warm up, then {@value #ROUNDS}; median, fastest and slowest round in microseconds a document.
 *
 * <p>Arguments: a compiled/scorer.bin, and JSON lines with title and abstract (gz or not). Run by
 * kernels.sh beside it.
 */
public final class KernelBenchmark {
  private static final int WARM_UP = 8;
  private static final int ROUNDS = 15;
  private static final int MOST_TEXTS = 10_000;
  private static final int EVIDENCE_TERMS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<String> texts;
  private final List<DocumentFeatures> documents = new ArrayList<>();
  private final CompiledScorer scorer;
  private final TermFeatures features;

  /** Keeps results alive, so that no kernel is optimised away. */
  private long sink;

  private KernelBenchmark(Path model, List<String> texts) {
    this.texts = texts;
    this.scorer = CompiledScorer.read(model);
    this.features = TermFeatures.read(ScorerFile.map(model));
    TermFeatures.Reader reader = features.reader();
    for (String text : texts) {
      DocumentFeatures read = reader.read(text);
      DocumentFeatures copy = new DocumentFeatures(read.size);
      System.arraycopy(read.indices, 0, copy.indices, 0, read.size);
      System.arraycopy(read.values, 0, copy.values, 0, read.size);
      copy.size = read.size;
      documents.add(copy);
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: KernelBenchmark SCORER_BIN TEXTS_JSONL");
      System.exit(2);
    }
    new KernelBenchmark(Path.of(arguments[0]), texts(Path.of(arguments[1]))).run();
  }

  private static List<String> texts(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> texts = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                    StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && texts.size() < MOST_TEXTS) {
        JsonNode document = json.readTree(line);
        texts.add(document.path("title").asText() + "\n" + document.path("abstract").asText());
        line = lines.readLine();
      }
    }
    return texts;
  }

  private void run() {
    long chars = texts.stream().mapToLong(String::length).sum();
    double nonZeros = documents.stream().mapToInt(document -> document.size).average().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "%,d texts of %,d chars and %.1f features on average; java %s%n",
        texts.size(),
        chars / texts.size(),
        nonZeros,
        Runtime.version());
    if (scorer.head().orElse(null) instanceof CompiledForest forest) {
      System.out.printf(
          Locale.ROOT,
          "%d trees, %,d nodes, %,d conditions, %d classes%n",
          forest.trees(),
          forest.nodes(),
          forest.conditions(),
          forest.classes());
    }
    System.out.printf(
        "%-34s %8s %8s %8s%n", "kernel, us a document", "median", "fastest", "slowest");
    BiomedicalTokenizer tokenizer = new BiomedicalTokenizer(features.options());
    TokenSink hashing = (letters, length) -> sink += TermHash.bucket(letters, length, 1 << 18);
    time("tokenizer and hash (training)", () -> texts.forEach(t -> tokenizer.tokenize(t, hashing)));
    TermScanner scanner = new TermScanner(features.options());
    HashedTermSink sum = (hash, letters, start, length) -> sink += hash;
    time("scanner (tokenise and hash)", () -> texts.forEach(text -> scanner.scan(text, sum)));
    TermFeatures.Reader reader = features.reader();
    time("features (scan, select, weigh)", () -> texts.forEach(t -> sink += reader.read(t).size));
    double[] probabilities = new double[scorer.description().classes().size()];
    Head.Evaluator evaluator = scorer.head().orElseThrow().evaluator();
    time("forest", () -> documents.forEach(d -> evaluator.probabilities(d, probabilities)));
    TextScorer whole = scorer.textScorer();
    time("text to probabilities", () -> texts.forEach(t -> whole.probabilities(t, probabilities)));
    time(
        "text to probabilities, evidence",
        () ->
            texts.forEach(
                text -> {
                  whole.probabilities(text, probabilities);
                  sink += whole.evidence(0, EVIDENCE_TERMS).size();
                }));
    System.out.println("checksum " + sink);
  }

  private void time(String kernel, Runnable work) {
    for (int round = 0; round < WARM_UP; round++) {
      work.run();
    }
    double[] micros = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      work.run();
      micros[round] = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / texts.size();
    }
    Arrays.sort(micros);
    System.out.printf(
        Locale.ROOT,
        "%-34s %8.2f %8.2f %8.2f%n",
        kernel,
        micros[ROUNDS / 2],
        micros[0],
        micros[ROUNDS - 1]);
  }
}
