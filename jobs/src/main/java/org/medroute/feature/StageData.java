package org.medroute.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A file of a saved stage beside its params. */
final class StageData {
  private final SparkSession spark;
  private final String uid;
  private final Path file;

  /**
   * @param directory of the stage
   * @param name of the file in it
   */
  StageData(SparkSession spark, String uid, String directory, String name) {
    this.spark = spark;
    this.uid = uid;
    this.file = new Path(directory, name);
  }

  void write(byte[] content) {
    try (FSDataOutputStream out = files().create(file)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("Stage " + uid + " cannot be written to " + file, e);
    }
  }

  byte[] read() {
    try {
      byte[] content = new byte[Math.toIntExact(files().getFileStatus(file).getLen())];
      try (FSDataInputStream in = files().open(file)) {
        in.readFully(content);
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException("Stage " + uid + ": " + file + " cannot be read", e);
    }
  }

  private FileSystem files() throws IOException {
    return file.getFileSystem(spark.sessionState().newHadoopConf());
  }

  /** What is wrong, for an exception. */
  String damaged(RuntimeException cause) {
    return "Stage " + uid + ": " + file + " is damaged, " + cause.getMessage();
  }
}
