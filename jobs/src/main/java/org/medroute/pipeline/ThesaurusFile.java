package org.medroute.pipeline;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.ConfigurationException;
import org.medroute.config.LinearSettings;
import org.medroute.linear.Thesaurus;
import org.medroute.linear.ThesaurusBuilder;
import org.medroute.medline.MeshTree;
import org.medroute.text.TokenOptions;

/** The thesaurus that section {@code linear} names, read from its table of tree numbers. */
public final class ThesaurusFile {
  private static final String ABSENT = "absent";

  private ThesaurusFile() {}

  /**
   * What was read.
   *
   * @param note for the line that tells of a fit; empty where none was asked for
   */
  record Read(Thesaurus thesaurus, String note) {}

  /**
   * Reads the table; some 62,000 rows take a second.
   *
   * @throws ConfigurationException if it is not there and must be
   * @throws org.medroute.config.RefusedException if a row is none
   */
  static Read read(SparkSession spark, TokenOptions options, LinearSettings settings) {
    if (settings.thesaurus().isEmpty()) {
      return new Read(Thesaurus.EMPTY, "");
    }
    Optional<byte[]> content = content(spark, settings);
    if (content.isEmpty()) {
      return new Read(
          Thesaurus.EMPTY, "; WITHOUT concepts: no thesaurus at " + settings.thesaurus());
    }
    ThesaurusBuilder builder = new ThesaurusBuilder(options);
    MeshTree tree = MeshTree.read(lines(content.get(), settings.thesaurus()), settings.thesaurus());
    tree.names().values().forEach(name -> builder.add(name, tree.places(name)));
    Thesaurus thesaurus = builder.build();
    return new Read(
        thesaurus,
        String.format(Locale.ROOT, "; %,d names of %s", thesaurus.size(), settings.thesaurus()));
  }

  /** What tells one thesaurus from another, to be hashed with the settings that name it. */
  public static String identity(SparkSession spark, LinearSettings settings) {
    return settings.thesaurus().isEmpty()
        ? ""
        : content(spark, settings).map(DigestUtils::sha256Hex).orElse(ABSENT);
  }

  private static Optional<byte[]> content(SparkSession spark, LinearSettings settings) {
    Path path = new Path(settings.thesaurus());
    try (InputStream in =
        path.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      if (settings.thesaurusMissing() == LinearSettings.MissingThesaurus.WITHOUT) {
        return Optional.empty();
      }
      throw new ConfigurationException(
          "linear.thesaurus: file "
              + settings.thesaurus()
              + " does not exist; name a table of the MeSH trees, or set linear.thesaurus-missing"
              + " = without",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "linear.thesaurus: file " + settings.thesaurus() + " cannot be read", e);
    }
  }

  private static BufferedReader lines(byte[] content, String name) {
    try {
      InputStream in = new ByteArrayInputStream(content);
      return new BufferedReader(
          new InputStreamReader(
              name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("linear.thesaurus: file " + name + " is no gz file", e);
    }
  }
}
