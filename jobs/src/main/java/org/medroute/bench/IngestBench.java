package org.medroute.bench;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.medroute.config.BenchSettings;
import org.medroute.medline.MedlineReader;
import org.medroute.medline.ParseOutcome;
import org.medroute.medline.ReadLimits;
import org.medroute.medline.RecordReader;

/**
 * PubMed files to citations and documents. On one thread, whole citations against decompressing and
 * a bare pass of the StAX parser that pulls every event and no text. In Spark, the same files to
 * rows of what documents take from a citation against Spark's own XML source with a schema of the
 * elements that hold it ({@link SparkXml}). Both contenders run as often before anything counts,
 * and as often then.
 */
final class IngestBench {
  private static final double MEGABYTE = 1e6;

  /** Passes of each before anything counts: by then the virtual machine has compiled both. */
  private static final int WARM_UP = 5;

  private final Bench bench;

  IngestBench(Bench bench) {
    this.bench = bench;
  }

  void run() {
    ArticlePool pool = bench.articles();
    bench.progress().step("write PubMed files", 0, 0);
    BenchSettings.Sizes sizes = bench.settings().sizes();
    stax(pool, sizes);
    sparkXml(pool, sizes);
  }

  private void stax(ArticlePool pool, BenchSettings.Sizes sizes) {
    Path directory = bench.work().resolve("xml-one");
    double megabytes = pool.write(directory, sizes.xmlDocuments(), 1) / MEGABYTE;
    byte[] stored = read(files(directory).get(0));
    for (int pass = 0; pass < WARM_UP; pass++) {
      parse(stored);
      pass(stored);
    }
    Samples[] samples =
        Samples.inTurn(
            new int[] {sizes.rounds(), sizes.rounds()},
            round -> bench.progress().step("parse against StAX", round, sizes.rounds()),
            round -> Samples.time(() -> parse(stored)),
            round -> Samples.time(() -> pass(stored)));
    bench.rate(
        "ingest_vs_stax",
        String.format(
            Locale.ROOT,
            "%,d citations, %,.0f MB of XML, one thread",
            sizes.xmlDocuments(),
            megabytes),
        "gunzip and bare StAX pass",
        "MB/s and core",
        samples[0].per(megabytes),
        samples[1].per(megabytes),
        0.6);
  }

  private static void parse(byte[] stored) {
    try {
      MedlineReader.countCitations(stored, "pubmed.xml.gz", ReadLimits.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pass(byte[] stored) {
    InputFactoryImpl factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored), 1 << 16)) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      while (reader.hasNext()) {
        reader.next();
      }
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the file is not well formed", e);
    }
  }

  private void sparkXml(ArticlePool pool, BenchSettings.Sizes sizes) {
    Path directory = bench.work().resolve("xml-many");
    int count = 2 * bench.cores();
    double each = pool.write(directory, sizes.xmlDocuments(), count) / MEGABYTE / bench.cores();
    int rounds = sizes.rounds();
    List<String> paths = files(directory).stream().map(Path::toString).toList();
    readRows(paths);
    readSparkXml(directory);
    Samples[] samples =
        Samples.inTurn(
            new int[] {rounds, rounds},
            round -> bench.progress().step("read against Spark's XML source", round, rounds),
            round -> Samples.time(() -> readRows(paths)),
            round -> Samples.time(() -> readSparkXml(directory)));
    bench.rate(
        "ingest_vs_sparkxml",
        String.format(
            Locale.ROOT, "%,d whole citations in %d files, in Spark", sizes.xmlDocuments(), count),
        "spark.read.format(\"xml\")",
        "MB/s and core",
        samples[0].per(each),
        samples[1].per(each),
        3);
  }

  /** One task a file, as an ingest reads them. */
  private void readRows(List<String> paths) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(bench.spark().sparkContext());
    bench
        .spark()
        .createDataFrame(
            context.parallelize(paths, paths.size()).flatMap(IngestBench::citations), SparkXml.ROW)
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
  }

  private static Iterator<Row> citations(String file) throws IOException {
    Path path = Path.of(file);
    RecordReader reader =
        MedlineReader.open(
            Files.newInputStream(path),
            path.getFileName().toString(),
            ReadLimits.defaults(),
            Optional.empty());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(reader));
    Spliterator<ParseOutcome> outcomes =
        Spliterators.spliteratorUnknownSize(reader, Spliterator.ORDERED);
    return StreamSupport.stream(outcomes, false)
        .filter(ParseOutcome.Parsed.class::isInstance)
        .map(outcome -> SparkXml.row(((ParseOutcome.Parsed) outcome).citation()))
        .iterator();
  }

  private static void close(RecordReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readSparkXml(Path directory) {
    bench
        .spark()
        .read()
        .format("xml")
        .option("rowTag", "PubmedArticle")
        .schema(SparkXml.ELEMENTS)
        .load(directory.toString())
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(path -> path.toString().endsWith(".xml.gz")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
