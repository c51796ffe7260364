package org.medroute.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.medroute.table.Frames;

/**
 * The same texts for scikit-learn and fastText: files that each reads in its own form, and the
 * models that each trains on the training part. Training is not timed.
 */
final class PeerTexts {
  private static final String TRAIN_SKLEARN = "train.tsv";
  private static final String TEXTS_SKLEARN = "texts.tsv";
  private static final String MODEL_SKLEARN = "model.pickle";
  private static final String TRAIN_FASTTEXT = "train.txt";
  private static final String TEXTS_FASTTEXT = "texts.txt";
  private static final String ONE_FASTTEXT = "one.txt";
  private static final String MODEL_FASTTEXT = "model.bin";

  private final Bench bench;
  private final Path files;
  private final List<Row> training;
  private final List<String> texts;

  /**
   * @param texts to be scored
   */
  PeerTexts(Bench bench, List<String> texts) {
    this.bench = bench;
    this.files = Bench.createDirectory(bench.work().resolve("texts"));
    this.training = bench.corpus().training().select(Frames.LABEL, Frames.TEXT).collectAsList();
    this.texts = texts;
  }

  /** TF-IDF, chi-squared selection and a forest of the same size. */
  void trainSklearn() {
    write(
        TRAIN_SKLEARN,
        training.stream()
            .map(row -> (int) row.getDouble(0) + "\t" + line(row.getString(1)))
            .toList());
    write(TEXTS_SKLEARN, texts.stream().map(text -> "\t" + line(text)).toList());
    bench
        .peers()
        .sklearn(
            "text.py",
            "fit",
            files.resolve(TRAIN_SKLEARN),
            files.resolve(MODEL_SKLEARN),
            bench.corpus().plan().features().selected(),
            bench.settings().trees(),
            bench.settings().depth(),
            bench.settings().seed());
  }

  /** Seconds from texts in memory to classes and probabilities. */
  double sklearn() {
    return bench
        .peers()
        .sklearn("text.py", "predict", files.resolve(MODEL_SKLEARN), files.resolve(TEXTS_SKLEARN))
        .path("seconds")
        .asDouble();
  }

  /** Words and pairs, five epochs. */
  void trainFasttext() {
    write(
        TRAIN_FASTTEXT,
        training.stream()
            .map(row -> "__label__" + (int) row.getDouble(0) + " " + words(row.getString(1)))
            .toList());
    List<String> lines = texts.stream().map(PeerTexts::words).toList();
    write(TEXTS_FASTTEXT, lines);
    write(ONE_FASTTEXT, lines.subList(0, 1));
    bench
        .peers()
        .fasttext(
            "supervised",
            "-input",
            files.resolve(TRAIN_FASTTEXT),
            "-output",
            files.resolve(MODEL_FASTTEXT.replace(".bin", "")),
            "-wordNgrams",
            2,
            "-bucket",
            200_000,
            "-epoch",
            5,
            "-thread",
            1,
            "-verbose",
            0);
  }

  /**
   * Seconds of a process for all texts, less those of a process for one; of the whole process where
   * too few texts drown in its start.
   */
  double fasttext() {
    double all = predict(TEXTS_FASTTEXT);
    double start = predict(ONE_FASTTEXT);
    return all > start ? all - start : all;
  }

  private double predict(String lines) {
    return bench
        .peers()
        .fasttext("predict-prob", files.resolve(MODEL_FASTTEXT), files.resolve(lines), 1);
  }

  /** Lower-case words, as fastText's own examples prepare a text. */
  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ");
  }

  /** A text on one line. */
  private static String line(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private void write(String name, List<String> lines) {
    Path file = files.resolve(name);
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      lines.forEach(line -> out.append(line).append('\n'));
      if (out.checkError()) {
        throw new IOException("Cannot write " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
