package org.medroute.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of section {@code ingest}.
 *
 * @param batchFiles files a unit of work, from 1
 * @param batchBytes stored bytes a unit of work; a larger file is a unit of its own
 * @param md5 what an md5 side file is worth
 * @param knownFiles how a file whose name is in the ledger is recognised
 * @param gaps what a gap in the numbers of a release means
 * @param settle files of a directory that changed within this time are left for the next run
 * @param maxRecordBytes a larger record goes to quarantine
 * @param maxDepth a deeper record goes to quarantine
 * @param maxFileBytes a file that is larger after decompression is refused
 * @param maxRatio a file that decompresses to more than this multiple is refused
 * @param rawBytes bytes of a rejected record that quarantine keeps
 * @param maxRejectedShare a file with a larger share of rejected records is refused
 * @param minRecordsForShare smaller files are never refused for their share
 * @param lockWait how long to wait for another ingest on the same warehouse
 * @param lockStale a lock that was not renewed for this long is taken over
 * @param baselineFiles how many files a complete baseline has; 0 for as many as the highest number
 *     among them says
 * @param csv how CSV tables are cut
 * @param mappings name of a source to its mapping: column to path in the record
 */
public record IngestSettings(
    int batchFiles,
    long batchBytes,
    Md5 md5,
    KnownFiles knownFiles,
    Gaps gaps,
    Duration settle,
    int maxRecordBytes,
    int maxDepth,
    long maxFileBytes,
    int maxRatio,
    int rawBytes,
    double maxRejectedShare,
    long minRecordsForShare,
    Duration lockWait,
    Duration lockStale,
    int baselineFiles,
    Csv csv,
    Map<String, Map<String, String>> mappings) {

  /**
   * How CSV tables are cut.
   *
   * @param delimiter between cells
   * @param listSeparator between the values of a cell that becomes a list; empty: a cell is one
   *     value
   */
  public record Csv(String delimiter, String listSeparator) {
    public Csv {
      if (delimiter.isEmpty()) {
        throw new IllegalArgumentException("A CSV table needs a delimiter");
      }
    }
  }

  /** What an md5 side file ({@code name.md5}) is worth. */
  public enum Md5 {
    /** A file without one is refused. */
    REQUIRE,
    /** A file without one is read, and said so. */
    WARN,
    /** Side files are not looked at. */
    IGNORE
  }

  /** How a file whose name is in the ledger is recognised as the same file. */
  public enum KnownFiles {
    /** By the md5 of its content: the file is read again. */
    CONTENT,
    /** By its side file where there is one, which costs next to nothing. */
    SIDE_FILE
  }

  /** What a gap in the numbers of a release means. */
  public enum Gaps {
    /** It is said, and the files are ingested. */
    WARN,
    /** The files behind the first gap wait for a later run. */
    HOLD
  }

  public IngestSettings {
    mappings = Map.copyOf(mappings);
  }

  /** Reads the section, given as {@code settings.section("ingest")}. */
  public static IngestSettings from(Settings ingest) {
    Map<String, Map<String, String>> mappings = new LinkedHashMap<>();
    for (String name : ingest.names("mappings")) {
      mappings.put(name, ingest.textMap("mappings." + name));
    }
    return new IngestSettings(
        ingest.integer("batch-files", 1, 100_000),
        ingest.longInteger("batch-bytes", 1, Long.MAX_VALUE),
        ingest.choice("md5", Md5.class),
        ingest.choice("known-files", KnownFiles.class),
        ingest.choice("gaps", Gaps.class),
        Duration.ofSeconds(ingest.integer("settle-seconds", 0, 86_400)),
        ingest.integer("max-record-bytes", 1_000, 1_000_000_000),
        ingest.integer("max-depth", 8, 1_000),
        ingest.longInteger("max-file-bytes", 1_000, Long.MAX_VALUE),
        ingest.integer("max-ratio", 2, 2_000),
        ingest.integer("raw-bytes", 0, 1_000_000),
        ingest.number("max-rejected-share", 0, 1),
        ingest.longInteger("min-records-for-share", 1, Long.MAX_VALUE),
        Duration.ofSeconds(ingest.integer("lock-wait-seconds", 0, 86_400)),
        Duration.ofSeconds(ingest.integer("lock-stale-seconds", 10, 86_400)),
        ingest.integer("baseline-files", 0, 100_000),
        new Csv(
            ingest.optionalText("csv.delimiter").orElse(","),
            ingest.optionalText("csv.list-separator").orElse("")),
        mappings);
  }
}
