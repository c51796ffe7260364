package org.medroute.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.medroute.config.IngestSettings;
import org.medroute.medline.FieldMapping;
import org.medroute.medline.JsonRecordReader;
import org.medroute.medline.Md5File;
import org.medroute.medline.MedlineReader;
import org.medroute.medline.ReadLimits;
import org.medroute.medline.RecordReader;
import org.medroute.medline.RefusedFileException;

/** Reads one file in one task; what the task needs, it carries. */
final class StagingTask implements FlatMapFunction<StagingTask.Numbered, Row> {
  private static final long serialVersionUID = 1L;
  static final String MD5_MISSING = "md5-missing";

  /** An md5 side file is one line. */
  static final int MAX_SIDE_FILE = 100_000;

  /** A file and its number within the batch. */
  record Numbered(int index, InputFile file) implements Serializable {}

  /** Bounds of a file, from the settings. */
  record Limits(
      int maxRecordBytes,
      int maxDepth,
      long maxFileBytes,
      int maxRatio,
      int rawBytes,
      double maxRejectedShare,
      long minRecordsForShare)
      implements Serializable {
    static Limits of(IngestSettings settings) {
      return new Limits(
          settings.maxRecordBytes(),
          settings.maxDepth(),
          settings.maxFileBytes(),
          settings.maxRatio(),
          settings.rawBytes(),
          settings.maxRejectedShare(),
          settings.minRecordsForShare());
    }

    /** Why a file with so many rejected records is refused; empty if it is not. */
    Optional<String> tooManyRejected(String name, long rejected, long read) {
      return read >= minRecordsForShare && rejected > maxRejectedShare * read
          ? Optional.of(
              String.format(
                  "%s: %d of %d records were rejected, more than the share %s that"
                      + " ingest.max-rejected-share allows; see what the first ones broke by"
                      + " reading the file with a higher share",
                  name, rejected, read, maxRejectedShare))
          : Optional.empty();
    }

    ReadLimits reading() {
      return new ReadLimits(maxRecordBytes, maxDepth, maxFileBytes, maxRatio, rawBytes);
    }
  }

  private final Broadcast<SerializableConfiguration> configuration;
  private final Limits limits;
  private final IngestSettings.Md5 md5;
  private final Map<String, String> mapping;

  /**
   * @param mapping empty for PubMed XML
   */
  StagingTask(
      Broadcast<SerializableConfiguration> configuration,
      Limits limits,
      IngestSettings.Md5 md5,
      Map<String, String> mapping) {
    this.configuration = configuration;
    this.limits = limits;
    this.md5 = md5;
    this.mapping = mapping;
  }

  @Override
  public Iterator<Row> call(Numbered numbered) throws IOException {
    InputFile file = numbered.file();
    Path path = new Path(file.path());
    FileSystem files = path.getFileSystem(configuration.value().value());
    Optional<String> side = sideFile(files, path);
    StagedRecords records =
        new StagedRecords(
            numbered.index(),
            file,
            () -> open(files, path, file.source(), expected(side, file)),
            () -> Checksums.md5(files, path),
            limits,
            side.isPresent());
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) context -> records.close());
    }
    return records;
  }

  private RecordReader open(FileSystem files, Path path, String source, Optional<String> expected)
      throws IOException {
    InputStream stored = files.open(path);
    if (mapping.isEmpty()) {
      return MedlineReader.open(stored, path.getName(), limits.reading(), expected);
    }
    FieldMapping fields = FieldMapping.of(source, mapping);
    return JsonRecordReader.open(stored, path.getName(), fields, limits.reading(), expected);
  }

  private Optional<String> expected(Optional<String> side, InputFile file) {
    if (side.isEmpty() && md5 == IngestSettings.Md5.REQUIRE) {
      throw new RefusedFileException(
          MD5_MISSING,
          file.name()
              + " has no side file "
              + file.name()
              + ".md5, which ingest.md5 = require asks for");
    }
    return side.map(text -> Md5File.parse(text, file.name()));
  }

  private Optional<String> sideFile(FileSystem files, Path path) throws IOException {
    if (md5 == IngestSettings.Md5.IGNORE) {
      return Optional.empty();
    }
    try (InputStream in = files.open(path.suffix(".md5"))) {
      return Optional.of(new String(in.readNBytes(MAX_SIDE_FILE), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
