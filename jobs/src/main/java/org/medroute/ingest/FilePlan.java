package org.medroute.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.medroute.config.IngestSettings;
import org.medroute.medline.Md5File;
import org.medroute.medline.RefusedFileException;

/**
 * What is to be done with each file of a listing: read it, or leave it and say why.
 *
 * @param toRead in order
 * @param settled files that need no reading: known, refused for their name, or held
 * @param replaced for files whose earlier content gives way, the ledger's entry of that content
 * @param notes gaps and the like
 */
record FilePlan(
    List<InputFile> toRead,
    List<FileOutcome> settled,
    Map<String, Ledger.Entry> replaced,
    List<String> notes) {
  static final String OTHER_CONTENT = "other-content";
  static final String SAME_NAME = "same-name";

  /**
   * Reads the content of files whose names the ledger knows (one Spark job of one task a file; none
   * if side files are trusted and there), and of no other.
   */
  static FilePlan of(
      SparkSession spark,
      IngestRequest request,
      InputListing listing,
      Ledger ledger,
      IngestSettings settings) {
    FilePlan plan =
        new FilePlan(new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new ArrayList<>());
    Map<String, String> known =
        md5s(
            spark,
            listing.files().stream().filter(file -> ledger.knows(file.name())).toList(),
            settings);
    Map<String, InputFile> names = new HashMap<>();
    for (InputFile file : listing.files()) {
      InputFile twin = names.putIfAbsent(file.name(), file);
      if (twin == null) {
        plan.add(file, request, ledger, known);
      } else {
        plan.settled.add(refused(file, "", SAME_NAME, twinMessage(file, twin)));
      }
    }
    plan.noteObsolete(ledger);
    plan.holdBehindGaps(ledger, settings);
    if (!listing.unsettled().isEmpty()) {
      plan.notes.add(
          "left for the next run, for they are being written: "
              + String.join(", ", listing.unsettled()));
    }
    return plan;
  }

  /** What is to be done with one file or table whose content is known. */
  static FilePlan of(InputFile file, String md5, IngestRequest request, Ledger ledger) {
    FilePlan plan =
        new FilePlan(new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new ArrayList<>());
    plan.add(file, request, ledger, Map.of(file.path(), md5));
    return plan;
  }

  private void add(
      InputFile file, IngestRequest request, Ledger ledger, Map<String, String> known) {
    Optional<Ledger.Entry> committed = ledger.committed(file.name());
    String md5 = known.getOrDefault(file.path(), "");
    boolean before = file.release() != null && file.release() < ledger.baseline();
    if (before || (committed.isEmpty() && ledger.replaced(file.name(), md5))) {
      settled.add(
          FileOutcome.without(
              file, md5, FileOutcome.Fate.OBSOLETE, Optional.empty(), Optional.empty()));
    } else if (committed.isEmpty()) {
      toRead.add(file);
    } else if (committed.get().md5().equals(md5)) {
      settled.add(
          FileOutcome.without(
              file, md5, FileOutcome.Fate.KNOWN, Optional.empty(), Optional.empty()));
    } else if (request.conflicts() == IngestRequest.Conflicts.REPLACE) {
      toRead.add(file);
      replaced.put(file.name(), committed.get());
    } else {
      settled.add(refused(file, md5, OTHER_CONTENT, otherContent(file, md5, committed.get())));
    }
  }

  private void noteObsolete(Ledger ledger) {
    long obsolete =
        settled.stream().filter(file -> file.fate() == FileOutcome.Fate.OBSOLETE).count();
    if (obsolete > 0) {
      notes.add(
          String.format(
              "left aside: %d files from before baseline %02d", obsolete, ledger.baseline()));
    }
  }

  private void holdBehindGaps(Ledger ledger, IngestSettings settings) {
    NumberGaps gaps = NumberGaps.of(ledger.numbers(), toRead);
    notes.addAll(gaps.messages());
    if (settings.gaps() == IngestSettings.Gaps.HOLD) {
      for (InputFile file : List.copyOf(toRead)) {
        if (gaps.behindGap(file) && !replaced.containsKey(file.name())) {
          toRead.remove(file);
          settled.add(
              FileOutcome.without(
                  file,
                  "",
                  FileOutcome.Fate.HELD,
                  Optional.empty(),
                  Optional.of(file.name() + " waits behind a gap in the numbers of its release")));
        }
      }
    }
  }

  private static String otherContent(InputFile file, String md5, Ledger.Entry committed) {
    return String.format(
        "%s was ingested by run %s with md5 %s and now has md5 %s; pass --replace to put its new"
            + " content in the place of the old, or give it another name",
        file.name(), committed.runId(), committed.md5(), md5);
  }

  static String twinMessage(InputFile file, InputFile twin) {
    return String.format(
        "%s has the same name as %s, and a file is known by its name; rename one of them",
        file.path(), twin.path());
  }

  private static FileOutcome refused(InputFile file, String md5, String rule, String message) {
    return FileOutcome.without(
        file, md5, FileOutcome.Fate.REFUSED, Optional.of(rule), Optional.of(message));
  }

  /** The md5 of each file by its path. */
  static Map<String, String> md5s(
      SparkSession spark, List<InputFile> files, IngestSettings settings) {
    Map<String, String> md5s = new HashMap<>();
    List<String> unread = new ArrayList<>();
    for (InputFile file : files) {
      Optional<String> side =
          settings.knownFiles() == IngestSettings.KnownFiles.SIDE_FILE
              ? sideFile(spark, file)
              : Optional.empty();
      side.ifPresentOrElse(md5 -> md5s.put(file.path(), md5), () -> unread.add(file.path()));
    }
    if (!unread.isEmpty()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Broadcast<SerializableConfiguration> configuration =
          context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
      List<String> digests =
          context
              .parallelize(unread, unread.size())
              .map(
                  name -> {
                    Path path = new Path(name);
                    return Checksums.md5(path.getFileSystem(configuration.value().value()), path);
                  })
              .collect();
      configuration.destroy();
      for (int i = 0; i < unread.size(); i++) {
        md5s.put(unread.get(i), digests.get(i));
      }
    }
    return md5s;
  }

  private static Optional<String> sideFile(SparkSession spark, InputFile file) {
    Path path = new Path(file.path());
    try {
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      try (InputStream in = files.open(path.suffix(".md5"))) {
        String text = new String(in.readNBytes(StagingTask.MAX_SIDE_FILE), StandardCharsets.UTF_8);
        return Optional.of(Md5File.parse(text, file.name()));
      }
    } catch (FileNotFoundException | RefusedFileException e) {
      // Without a side file that names the md5, the content decides.
      return Optional.empty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot read " + path + ".md5", e);
    }
  }
}
