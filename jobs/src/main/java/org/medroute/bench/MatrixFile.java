package org.medroute.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.medroute.table.Frames;

/**
 * Training rows as compressed sparse rows for a program outside: raw little-endian files shape
 * (rows, features; int64), starts (int64), indices (int32), values (float64), labels (int32) and
 * weights (float64). One partition at a time on the driver.
 */
final class MatrixFile {
  private static final String SUFFIX = ".bin";

  private MatrixFile() {}

  /** Writes label, weight and features of all rows. */
  static void write(Dataset<Row> rows, Path directory) {
    try {
      Files.createDirectories(directory);
      try (OutputStream starts = open(directory, "starts");
          OutputStream indices = open(directory, "indices");
          OutputStream values = open(directory, "values");
          OutputStream labels = open(directory, "labels");
          OutputStream weights = open(directory, "weights")) {
        long count = 0;
        long nonZeros = 0;
        int features = 0;
        putLong(starts, 0);
        Iterator<Row> all =
            rows.select(Frames.LABEL, Frames.WEIGHT, Frames.FEATURES).toLocalIterator();
        while (all.hasNext()) {
          Row row = all.next();
          Vector vector = row.getAs(2);
          SparseVector sparse = vector.toSparse();
          for (int i = 0; i < sparse.indices().length; i++) {
            putInt(indices, sparse.indices()[i]);
            putLong(values, Double.doubleToRawLongBits(sparse.values()[i]));
          }
          nonZeros += sparse.indices().length;
          features = sparse.size();
          putLong(starts, nonZeros);
          putInt(labels, (int) row.getDouble(0));
          putLong(weights, Double.doubleToRawLongBits(row.getDouble(1)));
          count++;
        }
        try (OutputStream shape = open(directory, "shape")) {
          putLong(shape, count);
          putLong(shape, features);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OutputStream open(Path directory, String name) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(directory.resolve(name + SUFFIX)), 1 << 16);
  }

  private static void putLong(OutputStream out, long value) throws IOException {
    out.write(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value).array());
  }

  private static void putInt(OutputStream out, int value) throws IOException {
    out.write(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(0, value).array());
  }
}
