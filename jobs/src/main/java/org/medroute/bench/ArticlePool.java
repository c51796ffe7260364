package org.medroute.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Citations of PubMed files as XML, from which files of any size are written: the citations in
 * turn, each copy with a PMID of its own and its number in the abstract, so that copies are not
 * duplicates. All in memory, about 9 KB a citation.
 */
final class ArticlePool {
  private static final Pattern ARTICLE =
      Pattern.compile("<PubmedArticle>.*?</PubmedArticle>", Pattern.DOTALL);
  private static final Pattern CITATION =
      Pattern.compile("<MedlineCitation .*?</MedlineCitation>", Pattern.DOTALL);
  private static final Pattern PMID = Pattern.compile("<PMID[^>]*>(\\d+)</PMID>");
  private static final Pattern ABSTRACT = Pattern.compile("<AbstractText[^>/]*>");
  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<PubmedArticleSet>\n";
  private static final String TAIL = "</PubmedArticleSet>\n";
  private static final long FIRST_PMID = 60_000_001L;

  private final List<Parts> articles = new ArrayList<>();

  /** What stands before the PMID, between it and the first abstract, and behind. */
  private record Parts(String beforePmid, String afterPmid, String rest) {}

  /** Reads the citations of all .xml.gz files of a directory, in the order of their names. */
  static ArticlePool read(Path directory) {
    ArticlePool pool = new ArticlePool();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(".xml.gz")).sorted().toList()) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          pool.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (pool.articles.isEmpty()) {
      throw new IllegalStateException("no citation in the files of " + directory);
    }
    return pool;
  }

  private void add(String xml) {
    Matcher article = ARTICLE.matcher(xml);
    boolean found = false;
    while (article.find()) {
      found = true;
      addArticle(article.group());
    }
    Matcher citation = CITATION.matcher(xml);
    while (!found && citation.find()) {
      addArticle("<PubmedArticle>" + citation.group() + "</PubmedArticle>");
    }
  }

  private void addArticle(String xml) {
    Matcher pmid = PMID.matcher(xml);
    if (pmid.find()) {
      String after = xml.substring(pmid.end(1));
      Matcher text = ABSTRACT.matcher(after);
      int cut = text.find() ? text.end() : after.length();
      articles.add(
          new Parts(
              xml.substring(0, pmid.start(1)), after.substring(0, cut), after.substring(cut)));
    }
  }

  int size() {
    return articles.size();
  }

  /**
   * Writes numbered PubMed files.
   *
   * @param documents in all
   * @param files number of files, each with its share
   * @return bytes of XML before compression
   */
  long write(Path directory, int documents, int files) {
    Bench.createDirectory(directory);
    long bytes = 0;
    for (int file = 0; file < files; file++) {
      Path path = directory.resolve(String.format(Locale.ROOT, "pubmed26n%04d.xml.gz", file + 1));
      try (OutputStream out =
          new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(path)), 1 << 16)) {
        bytes +=
            write(
                out,
                (int) ((long) documents * file / files),
                (int) ((long) documents * (file + 1) / files));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes;
  }

  private long write(OutputStream out, int from, int to) throws IOException {
    long bytes = put(out, HEAD);
    for (int number = from; number < to; number++) {
      Parts article = articles.get(number % articles.size());
      bytes += put(out, article.beforePmid());
      bytes += put(out, String.valueOf(FIRST_PMID + number));
      bytes += put(out, article.afterPmid());
      if (!article.rest().isEmpty()) {
        bytes += put(out, "Case " + number + ". ");
      }
      bytes += put(out, article.rest() + "\n");
    }
    return bytes + put(out, TAIL);
  }

  private static long put(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    return bytes.length;
  }
}
