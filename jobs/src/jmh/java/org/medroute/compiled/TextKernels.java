package org.medroute.compiled;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Setup;

/**
 * Kernels over real texts, one after another: title and abstract of the documents in the file that
 * medroute.texts names, at most 10,000.
 */
public abstract class TextKernels extends Timed {
  private static final int MOST = 10_000;

  private List<String> texts;
  private int next;

  /**
   * Reads the texts, then loads what is timed.
   *
   * @throws IllegalArgumentException if there are none
   */
  @Setup
  public final void prepare() throws IOException {
    texts = read();
    load();
  }

  /** Makes what is timed, once the texts are there. */
  protected abstract void load() throws IOException;

  protected List<String> texts() {
    return texts;
  }

  /** Place of the next text; the first follows the last. */
  protected int advance() {
    next = next + 1 < texts.size() ? next + 1 : 0;
    return next;
  }

  /** The next text. */
  protected String text() {
    return texts.get(advance());
  }

  private static List<String> read() throws IOException {
    Path file = Path.of(System.getProperty("medroute.texts"));
    ObjectMapper json = new ObjectMapper();
    List<String> texts = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                    StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && texts.size() < MOST) {
        JsonNode document = json.readTree(line);
        texts.add(document.path("title").asText() + "\n" + document.path("abstract").asText());
        line = lines.readLine();
      }
    }
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("There are no documents in " + file);
    }
    return texts;
  }
}
