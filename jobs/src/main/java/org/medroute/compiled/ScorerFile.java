package org.medroute.compiled;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.medroute.config.RefusedException;

/**
 * The container of a compiled model: tagged sections of numbers and texts, see the description of
 * the package for the layout. Reading checks the length and every checksum before anything is used.
 */
public final class ScorerFile {
  /** Version of the layout that is written, and the only one that is read. */
  static final int VERSION = 2;

  private static final byte[] MAGIC = "MEDROUTE".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 64;
  private static final int HEADER_CHECKSUM = 56;
  private static final int DIGEST_BYTES = 32;
  private static final int ENTRY = 24;
  private static final int ALIGNMENT = 8;
  private static final int MAX_SECTIONS = 1024;

  private final String name;
  private final String digest;
  private final Map<String, ByteBuffer> sections;

  private ScorerFile(String name, String digest, Map<String, ByteBuffer> sections) {
    this.name = name;
    this.digest = digest;
    this.sections = sections;
  }

  /** Maps a file into memory and reads it. */
  static ScorerFile map(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new RefusedException(
            "Compiled model " + path + " is " + channel.size() + " bytes long, more than 2^31 - 1");
      }
      return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), path.toString());
    } catch (IOException e) {
      throw new RefusedException("Compiled model " + path + " cannot be read: " + e, e);
    }
  }

  /**
   * Reads a whole file.
   *
   * @param name for messages
   * @throws RefusedException if it is not one, is cut or damaged, or is of another version
   */
  static ScorerFile read(ByteBuffer whole, String name) {
    ByteBuffer bytes = whole.slice().order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    if (bytes.capacity() >= HEADER) {
      bytes.get(0, magic);
    }
    if (!java.util.Arrays.equals(magic, MAGIC)) {
      throw refused(name, "it is no compiled model");
    }
    int version = bytes.getInt(8);
    if (version != VERSION) {
      throw refused(
          name,
          "it has version "
              + version
              + " of the format, and this program reads version "
              + VERSION);
    }
    int count = bytes.getInt(12);
    long length = bytes.getLong(16);
    if (length != bytes.capacity()) {
      throw refused(
          name, "it should be " + length + " bytes long and is " + bytes.capacity() + ": cut off");
    }
    int directory = HEADER + count * ENTRY;
    if (count < 0
        || count > MAX_SECTIONS
        || directory > bytes.capacity()
        || bytes.getInt(HEADER_CHECKSUM) != checksum(bytes, count)) {
      throw refused(name, "its directory is damaged");
    }
    byte[] digest = new byte[DIGEST_BYTES];
    bytes.get(24, digest);
    return new ScorerFile(name, HexFormat.of().formatHex(digest), sections(bytes, count, name));
  }

  private static Map<String, ByteBuffer> sections(ByteBuffer bytes, int count, String name) {
    Map<String, ByteBuffer> sections = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int entry = HEADER + i * ENTRY;
      byte[] tag = new byte[4];
      bytes.get(entry, tag);
      long offset = bytes.getLong(entry + 8);
      long size = bytes.getLong(entry + 16);
      String text = new String(tag, StandardCharsets.US_ASCII);
      if (offset < 0 || size < 0 || offset + size > bytes.capacity()) {
        throw refused(name, "section " + text + " lies outside of it");
      }
      ByteBuffer section = bytes.slice((int) offset, (int) size).order(ByteOrder.LITTLE_ENDIAN);
      CRC32C crc = new CRC32C();
      crc.update(section.duplicate());
      if ((int) crc.getValue() != bytes.getInt(entry + 4)) {
        throw refused(name, "section " + text + " is damaged");
      }
      sections.put(text, section);
    }
    return sections;
  }

  private static RefusedException refused(String name, String why) {
    return new RefusedException(
        "Compiled model "
            + name
            + ": "
            + why
            + ". Restore the model's directory from a copy, or train again; nothing was scored.");
  }

  /** Of the header up to the checksum, and of the directory. */
  private static int checksum(ByteBuffer bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, HEADER_CHECKSUM));
    crc.update(bytes.slice(HEADER, count * ENTRY));
    return (int) crc.getValue();
  }

  /** For messages. */
  String name() {
    return name;
  }

  /** Content digest of the model that was compiled, lower-case hexadecimal. */
  String digest() {
    return digest;
  }

  boolean has(String tag) {
    return sections.containsKey(tag);
  }

  /**
   * @throws RefusedException if there is a section that this program does not know and that must be
   *     understood: one whose tag begins with a capital letter
   */
  void requireNoOther(java.util.Set<String> known) {
    for (String tag : sections.keySet()) {
      if (!known.contains(tag) && Character.isUpperCase(tag.charAt(0))) {
        throw refused(name, "it has a section " + tag + " that this program does not know");
      }
    }
  }

  int[] ints(String tag) {
    ByteBuffer section = section(tag);
    int[] values = new int[section.capacity() / Integer.BYTES];
    section.asIntBuffer().get(values);
    return values;
  }

  double[] doubles(String tag) {
    ByteBuffer section = section(tag);
    double[] values = new double[section.capacity() / Double.BYTES];
    section.asDoubleBuffer().get(values);
    return values;
  }

  byte[] bytes(String tag) {
    ByteBuffer section = section(tag);
    byte[] values = new byte[section.capacity()];
    section.get(0, values);
    return values;
  }

  List<String> texts(String tag) {
    ByteBuffer section = section(tag).duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<String> texts = new ArrayList<>();
    int count = section.getInt();
    for (int i = 0; i < count; i++) {
      byte[] utf8 = new byte[section.getInt()];
      section.get(utf8);
      texts.add(new String(utf8, StandardCharsets.UTF_8));
    }
    return List.copyOf(texts);
  }

  private ByteBuffer section(String tag) {
    ByteBuffer section = sections.get(tag);
    if (section == null) {
      throw refused(name, "it has no section " + tag);
    }
    return section;
  }

  /** Collects sections in the order in which they are to stand. */
  static final class Writer {
    private final Map<String, byte[]> sections = new LinkedHashMap<>();

    void ints(String tag, int[] values) {
      ByteBuffer bytes = room((long) values.length * Integer.BYTES, tag);
      bytes.asIntBuffer().put(values);
      sections.put(tag, bytes.array());
    }

    void doubles(String tag, double[] values) {
      ByteBuffer bytes = room((long) values.length * Double.BYTES, tag);
      bytes.asDoubleBuffer().put(values);
      sections.put(tag, bytes.array());
    }

    void bytes(String tag, byte[] values) {
      sections.put(tag, values.clone());
    }

    void texts(String tag, List<String> texts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        out.write(number(texts.size()));
        for (String text : texts) {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          out.write(number(utf8.length));
          out.write(utf8);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
      sections.put(tag, out.toByteArray());
    }

    private static byte[] number(int value) {
      return ByteBuffer.allocate(Integer.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(value)
          .array();
    }

    private static ByteBuffer room(long bytes, String tag) {
      if (bytes > Integer.MAX_VALUE - HEADER) {
        throw new IllegalStateException(
            "Section " + tag + " of a compiled model would be " + bytes + " bytes long");
      }
      return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The whole file.
     *
     * @param digest content digest of the model, 64 hexadecimal digits
     */
    byte[] toBytes(String digest) {
      int directory = HEADER + sections.size() * ENTRY;
      long length = directory;
      for (byte[] section : sections.values()) {
        length += aligned(section.length);
      }
      ByteBuffer bytes = room(length, "all");
      bytes.put(0, MAGIC);
      bytes.putInt(8, VERSION);
      bytes.putInt(12, sections.size());
      bytes.putLong(16, length);
      bytes.put(24, HexFormat.of().parseHex(digest));
      int entry = HEADER;
      int offset = directory;
      for (Map.Entry<String, byte[]> section : sections.entrySet()) {
        byte[] content = section.getValue();
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        bytes.put(entry, section.getKey().getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(entry + 4, (int) crc.getValue());
        bytes.putLong(entry + 8, offset);
        bytes.putLong(entry + 16, content.length);
        bytes.put(offset, content);
        entry += ENTRY;
        offset += aligned(content.length);
      }
      bytes.putInt(HEADER_CHECKSUM, checksum(bytes, sections.size()));
      return bytes.array();
    }

    private static int aligned(int length) {
      return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
  }
}
