package org.medroute.pipeline;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.ConfigurationException;
import org.medroute.config.ThesaurusSource;
import org.medroute.linear.Thesaurus;
import org.medroute.linear.ThesaurusBuilder;
import org.medroute.medline.MeshTree;
import org.medroute.text.TokenOptions;

/** The thesaurus that a section names, read from its table of tree numbers. */
public final class ThesaurusFile {
  private static final String ABSENT = "absent";

  private ThesaurusFile() {}

  /**
   * What was read.
   *
   * @param descriptors with their places in the trees; none where no table was asked for or found
   * @param source that was asked for
   */
  record Read(SortedMap<String, List<String>> descriptors, ThesaurusSource source) {

    Thesaurus thesaurus(TokenOptions options) {
      if (descriptors.isEmpty()) {
        return Thesaurus.EMPTY;
      }
      ThesaurusBuilder builder = new ThesaurusBuilder(options);
      descriptors.forEach(builder::add);
      return builder.build();
    }

    /** For the line that tells of a fit; empty where no table was asked for. */
    String note(Thesaurus built) {
      if (source.table().isEmpty()) {
        return "";
      }
      return descriptors.isEmpty()
          ? "; WITHOUT concepts: no thesaurus at " + source.table()
          : String.format(Locale.ROOT, "; %,d names of %s", built.size(), source.table());
    }
  }

  /**
   * Reads the table; some 62,000 rows take a second.
   *
   * @throws ConfigurationException if it is not there and must be
   * @throws org.medroute.config.RefusedException if a row is none
   */
  static Read read(SparkSession spark, ThesaurusSource source) {
    Optional<byte[]> content = source.table().isEmpty() ? Optional.empty() : content(spark, source);
    return new Read(
        content
            .map(bytes -> MeshTree.read(lines(bytes, source), source.table()).descriptors())
            .orElseGet(TreeMap::new),
        source);
  }

  /** What tells one thesaurus from another, to be hashed with the settings that name it. */
  public static String identity(SparkSession spark, ThesaurusSource source) {
    return source.table().isEmpty()
        ? ""
        : content(spark, source).map(DigestUtils::sha256Hex).orElse(ABSENT);
  }

  private static Optional<byte[]> content(SparkSession spark, ThesaurusSource source) {
    Path path = new Path(source.table());
    try (InputStream in =
        path.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      if (source.missing() == ThesaurusSource.Missing.WITHOUT) {
        return Optional.empty();
      }
      throw new ConfigurationException(
          source.section()
              + ".thesaurus: file "
              + source.table()
              + " does not exist; name a table of the MeSH trees, or set "
              + source.section()
              + ".thesaurus-missing = without",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          source.section() + ".thesaurus: file " + source.table() + " cannot be read", e);
    }
  }

  private static BufferedReader lines(byte[] content, ThesaurusSource source) {
    try {
      InputStream in = new ByteArrayInputStream(content);
      return new BufferedReader(
          new InputStreamReader(
              source.table().endsWith(".gz") ? new GZIPInputStream(in) : in,
              StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(
          source.section() + ".thesaurus: file " + source.table() + " is no gz file", e);
    }
  }
}
