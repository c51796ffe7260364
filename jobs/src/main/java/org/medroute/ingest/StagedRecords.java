package org.medroute.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.medroute.medline.ParseOutcome;
import org.medroute.medline.RecordReader;
import org.medroute.medline.RefusedFileException;
import org.medroute.medline.Rules;
import org.medroute.table.Staged;

/**
 * The rows of {@link Staged#SCHEMA} of one file, made while they are asked for: one a record, and a
 * last one for the file, which says whether the others may be used. A file that breaks its contract
 * ends early with a refusal; a failing file system is thrown, so that the task is tried again.
 */
final class StagedRecords implements Iterator<Row>, AutoCloseable {
  static final String TOO_MANY_REJECTED = "too-many-rejected";

  /** Opens the file anew. */
  interface Opening {
    RecordReader open() throws IOException;
  }

  /** Computes the md5 of a file that could not be read to its end. */
  interface Checksum {
    String md5() throws IOException;
  }

  private final int index;
  private final InputFile file;
  private final Checksum checksum;
  private final StagingTask.Limits limits;
  private final boolean md5Checked;

  private RecordReader reader;
  private Row next;
  private boolean ended;
  private long citations;
  private long deleteEntries;
  private long rejected;
  private long skipped;

  StagedRecords(
      int index,
      InputFile file,
      Opening opening,
      Checksum checksum,
      StagingTask.Limits limits,
      boolean md5Checked) {
    this.index = index;
    this.file = file;
    this.checksum = checksum;
    this.limits = limits;
    this.md5Checked = md5Checked;
    try {
      reader = opening.open();
    } catch (RefusedFileException e) {
      next = refused(e.rule(), e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open " + file.path(), e);
    }
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended) {
      next = advance();
    }
    return next != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException(file.path());
    }
    Row row = next;
    next = null;
    return row;
  }

  @Override
  public void close() {
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot close " + file.path(), e);
      }
    }
  }

  /** The next row; null if a record yields none. */
  private Row advance() {
    try {
      return reader.hasNext() ? row(reader.next()) : finished();
    } catch (RefusedFileException e) {
      return refused(e.rule(), e.getMessage());
    }
  }

  private Row row(ParseOutcome outcome) {
    if (outcome instanceof ParseOutcome.Parsed) {
      citations++;
    } else if (outcome instanceof ParseOutcome.Deleted) {
      deleteEntries++;
    } else if (outcome instanceof ParseOutcome.Rejected) {
      rejected++;
    } else {
      skipped++;
    }
    return StagedRow.of(index, file, outcome).orElse(null);
  }

  private Row finished() {
    long read = citations + deleteEntries + rejected + skipped;
    Optional<String> tooMany = limits.tooManyRejected(file.name(), rejected, read);
    if (tooMany.isPresent()) {
      return refused(TOO_MANY_REJECTED, tooMany.get());
    }
    ended = true;
    return summary(reader.md5(), null, null, reader.paddingBytes());
  }

  private Row refused(String rule, String detail) {
    ended = true;
    try {
      return summary(checksum.md5(), rule, detail, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.path(), e);
    }
  }

  private Row summary(String md5, String rule, String detail, long padding) {
    boolean compared = md5Checked || Rules.MD5_MISMATCH.equals(rule);
    return StagedRow.ofFile(
        index,
        file,
        RowFactory.create(
            md5, rule, detail, citations, deleteEntries, rejected, skipped, padding, compared));
  }
}
