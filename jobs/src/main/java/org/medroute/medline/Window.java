package org.medroute.medline;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A sliding window over the content of a file. Scanners read {@code bytes} between {@code position}
 * and {@code end} directly, without a call per byte; {@link #fill} may move the bytes, so that
 * indices other than these fields are void after it.
 *
 * <p>From {@link #mark} to {@link #cut} the bytes of a record are kept, up to the size limit of a
 * record; beyond it only their hash and the first of them. Hence memory: the record limit plus two
 * blocks, whatever the file holds.
 */
final class Window {
  private static final int BLOCK = 1 << 17;
  private static final int NONE = -1;

  private final ContentStream content;
  private final int maxRecordBytes;
  private final int headBytes;

  byte[] bytes = new byte[BLOCK];
  int position;
  int end;

  private int mark = NONE;
  private long spilledBytes;
  private MessageDigest spilledDigest;
  private byte[] spilledHead;

  Window(ContentStream content, ReadLimits limits) {
    this.content = content;
    this.maxRecordBytes = limits.maxRecordBytes();
    this.headBytes = limits.rawBytes();
  }

  /** Appends content after {@code end}; false at the end of the content. */
  boolean fill() throws IOException {
    if (mark != NONE && position - mark + spilledBytes > maxRecordBytes) {
      spill();
    }
    int keep = mark == NONE ? position : mark;
    if (keep > 0) {
      System.arraycopy(bytes, keep, bytes, 0, end - keep);
      position -= keep;
      end -= keep;
      mark = mark == NONE ? NONE : 0;
    }
    if (end == bytes.length) {
      long grown = Math.min(2L * bytes.length, (long) maxRecordBytes + 2L * BLOCK);
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(grown, bytes.length + BLOCK)));
    }
    int count = content.read(bytes, end, bytes.length - end);
    if (count < 0) {
      return false;
    }
    end += count;
    return true;
  }

  /** Tries to have that many bytes from {@code position} on. */
  boolean ensure(int count) throws IOException {
    while (end - position < count) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  /** Moves to the next such byte; false at the end of the content. */
  boolean seek(byte wanted) throws IOException {
    while (true) {
      position = ByteSearch.indexOf(bytes, position, end, wanted);
      if (position < end) {
        return true;
      }
      if (!fill()) {
        return false;
      }
    }
  }

  /** Moves behind the next such sequence; false at the end of the content. */
  boolean skipPast(byte[] sequence) throws IOException {
    while (seek(sequence[0])) {
      if (startsWith(sequence, 0)) {
        position += sequence.length;
        return true;
      }
      position++;
    }
    return false;
  }

  /** Moves behind XML (and JSON) white space; false at the end of the content. */
  boolean skipSpace() throws IOException {
    do {
      while (position < end) {
        if (!isSpace(bytes[position])) {
          return true;
        }
        position++;
      }
    } while (fill());
    return false;
  }

  boolean startsWith(byte[] sequence, int offset) throws IOException {
    return ensure(offset + sequence.length)
        && Arrays.equals(
            bytes,
            position + offset,
            position + offset + sequence.length,
            sequence,
            0,
            sequence.length);
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** A record starts at {@code position}. */
  void mark() {
    mark = position;
    spilledBytes = 0;
    spilledDigest = null;
  }

  /** The record ends before {@code position}. */
  RawRecord cut() {
    long length = spilledBytes + position - mark;
    RawRecord record;
    if (length > maxRecordBytes) {
      spill();
      String hash = HexFormat.of().formatHex(spilledDigest.digest());
      record = RawRecord.spilled(spilledHead, length, hash);
    } else {
      record = RawRecord.whole(bytes, mark, position);
    }
    mark = NONE;
    return record;
  }

  /** Size of the window, for tests of its bound. */
  int capacity() {
    return bytes.length;
  }

  private void spill() {
    if (spilledDigest == null) {
      spilledDigest = Digests.sha256();
      spilledHead = Arrays.copyOfRange(bytes, mark, Math.min(position, mark + headBytes));
    }
    spilledDigest.update(bytes, mark, position - mark);
    spilledBytes += position - mark;
    mark = position;
  }
}
