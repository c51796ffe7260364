package org.medroute.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;
import org.medroute.config.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a saved model on any Hadoop file system: small text files, and a manifest with
 * the sha256 of every file that is checked before anything is used.
 */
final class ModelDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(ModelDirectory.class);
  private static final String MANIFEST = "manifest.json";

  private final FileSystem files;
  private final Path root;

  ModelDirectory(SparkSession spark, String path) {
    this.root = new Path(path);
    try {
      this.files = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException("Model directory " + path + " cannot be reached", e);
    }
  }

  String path(String name) {
    return new Path(root, name).toString();
  }

  boolean exists() {
    try {
      return files.exists(root);
    } catch (IOException e) {
      throw new UncheckedIOException("Model directory " + root + " cannot be read", e);
    }
  }

  void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  void write(String name, byte[] bytes) {
    try (OutputStream out = files.create(new Path(root, name), false)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Model file " + path(name) + " cannot be written", e);
    }
  }

  String read(String name) {
    return new String(readBytes(name), StandardCharsets.UTF_8);
  }

  byte[] readBytes(String name) {
    try (InputStream in = files.open(new Path(root, name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new RefusedException("Model file " + path(name) + " cannot be read", e);
    }
  }

  /** Moves this directory to its final place; the place must be free. */
  void moveTo(String destination) {
    Path target = new Path(destination);
    try {
      files.mkdirs(target.getParent());
      if (!files.rename(root, target)) {
        throw new IOException("rename returned false");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Model cannot be moved to " + destination, e);
    }
  }

  void delete() {
    try {
      files.delete(root, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Directory " + root + " cannot be removed", e);
    }
  }

  /** Writes the manifest of everything that is here now; returns it as JSON. */
  String seal() {
    String json = Json.write(digests());
    write(MANIFEST, json);
    return json;
  }

  /**
   * Compares every file with the manifest.
   *
   * @throws RefusedException naming each file that is missing, changed or extra
   */
  void verify() {
    if (!exists()) {
      throw new RefusedException("Model directory " + root + " does not exist");
    }
    Map<String, String> expected = Json.readMap(read(MANIFEST));
    Map<String, String> found = digests();
    StringBuilder problems = new StringBuilder();
    expected.forEach(
        (name, digest) -> {
          String actual = found.remove(name);
          if (actual == null) {
            problems.append("\n  missing: ").append(name);
          } else if (!actual.equals(digest)) {
            problems.append("\n  changed: ").append(name);
          }
        });
    found.keySet().forEach(name -> problems.append("\n  not in the manifest: ").append(name));
    if (problems.length() > 0) {
      throw new RefusedException(
          "Model directory "
              + root
              + " is not as it was published:"
              + problems
              + "\nRestore it from a copy, or train again; nothing was scored with it.");
    }
  }

  private TreeMap<String, String> digests() {
    TreeMap<String, String> digests = new TreeMap<>();
    try {
      String base = files.makeQualified(root).toUri().getPath();
      RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true);
      while (all.hasNext()) {
        Path file = all.next().getPath();
        String name = file.toUri().getPath().substring(base.length() + 1);
        // checksum side files are the file system's own business
        if (!name.equals(MANIFEST)
            && !name.equals(ModelStore.CARD)
            && !file.getName().startsWith(".")) {
          digests.put(name, sha256(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Model directory " + root + " cannot be listed", e);
    }
    return digests;
  }

  private String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(files.open(file), MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 16];
      int read = in.read(buffer);
      while (read >= 0) {
        read = in.read(buffer);
      }
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (ChecksumException e) {
      // the file system found the damage before the manifest could: no digest equals this
      LOG.warn("{} does not have the content that was written", file, e);
      return "damaged";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
