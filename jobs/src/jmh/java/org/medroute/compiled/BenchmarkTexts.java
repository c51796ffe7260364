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

/** Title and abstract of the documents in the file that medroute.texts names, at most 10,000. */
public final class BenchmarkTexts {
  private static final int MOST = 10_000;

  private BenchmarkTexts() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static List<String> read() throws IOException {
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
