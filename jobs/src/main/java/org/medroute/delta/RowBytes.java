package org.medroute.delta;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A row as bytes for {@link ContentDigest}: a type tag and a length before each value, numbers big
 * end first, doubles by raw bits, maps sorted by their encoded keys; null is a tag of its own. One
 * buffer, used again for every row.
 */
final class RowBytes {
  private byte[] bytes = new byte[4096];
  private int length;

  /** The digest of a row by itself. */
  byte[] digest(Row row, MessageDigest sha) {
    length = 0;
    value(row);
    sha.update(bytes, 0, length);
    return sha.digest();
  }

  private void value(Object value) {
    // Nearly all values are strings, and no other type is as costly to tell as Scala's traits.
    if (value instanceof String text) {
      text(text);
    } else if (value == null) {
      tag('0');
    } else if (value instanceof Row row) {
      tag('r');
      number(row.size());
      for (int i = 0; i < row.size(); i++) {
        value(row.get(i));
      }
    } else if (value instanceof Object[] items) {
      tag('a');
      number(items.length);
      for (Object item : items) {
        value(item);
      }
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      map(CollectionConverters.asJava(map));
    } else if (value instanceof scala.collection.Iterable<?> items) {
      tag('a');
      number(items.size());
      for (Object item : CollectionConverters.asJava(items)) {
        value(item);
      }
    } else {
      scalar(value);
    }
  }

  private void map(Map<?, ?> map) {
    TreeMap<byte[], Object> sorted = new TreeMap<>(Arrays::compareUnsigned);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      RowBytes key = new RowBytes();
      key.value(entry.getKey());
      sorted.put(Arrays.copyOf(key.bytes, key.length), entry.getValue());
    }
    tag('m');
    number(sorted.size());
    for (Map.Entry<byte[], Object> entry : sorted.entrySet()) {
      raw(entry.getKey());
      value(entry.getValue());
    }
  }

  private void scalar(Object value) {
    if (value instanceof Double number) {
      tag('d');
      number(Double.doubleToRawLongBits(number));
    } else if (value instanceof Float number) {
      tag('f');
      number(Float.floatToRawIntBits(number));
    } else if (value instanceof byte[] binary) {
      tag('b');
      number(binary.length);
      raw(binary);
    } else if (value instanceof Timestamp time) {
      // Its own toString depends on the time zone of the JVM.
      text(time.toInstant().toString());
    } else if (value instanceof BigDecimal number) {
      text(number.toPlainString());
    } else {
      // Whole numbers, booleans and dates have one exact text.
      text(value.toString());
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    tag('s');
    number(utf8.length);
    raw(utf8);
  }

  private void tag(char tag) {
    room(1);
    bytes[length++] = (byte) tag;
  }

  private void number(int value) {
    room(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  private void number(long value) {
    number((int) (value >>> 32));
    number((int) value);
  }

  private void raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
