package org.medroute.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A word of up to {@value #LONGEST} chars below 128, in lower case, as two numbers that hold its
 * chars, the first lowest, and zeros; and what is asked of eight chars of a text at once.
 */
final class PackedWord {
  /** Chars of a word at most. */
  static final int LONGEST = 15;

  /** Bytes that are read from a place on. */
  static final int PADDING = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  static final long HIGHEST = EACH << 7;
  private static final long LOWER_CASE = 0x20 * EACH;

  /** In every letter in lower case, in no digit. */
  private static final long LETTERS = 0x40 * EACH;

  /** All bits of the first so many of eight chars. */
  private static final long[] FIRST = new long[PADDING + 1];

  /** All bits of the second eight of so many. */
  private static final long[] SECOND = new long[PADDING + 1];

  static {
    for (int size = 0; size <= PADDING; size++) {
      FIRST[size] = ones(size);
      SECOND[size] = ones(Math.max(0, size - Long.BYTES));
    }
  }

  private PackedWord() {}

  private static long ones(int bytes) {
    return bytes < Long.BYTES ? (1L << (bytes * Byte.SIZE)) - 1 : -1;
  }

  /** Eight bytes, the first lowest. */
  static long chars(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** The highest bit of each of eight chars that is no letter and no digit below 128. */
  static long others(long chars) {
    long plain = chars & ~HIGHEST;
    long lower = plain | LOWER_CASE;
    // a byte's highest bit tells whether its sum reached 128; no sum reaches the next byte
    long letters = (lower + (0x80 - 'a') * EACH) ^ (lower + (0x80 - ('z' + 1)) * EACH);
    long digits = (plain + (0x80 - '0') * EACH) ^ (plain + (0x80 - ('9' + 1)) * EACH);
    return ~((letters | digits) & ~chars) & HIGHEST;
  }

  /** The highest bit of each of eight chars that is a blank. */
  static long blanks(long chars) {
    long differ = chars ^ LOWER_CASE; // a blank is the bit that makes letters small
    return ~(((differ & ~HIGHEST) + ~HIGHEST) | differ) & HIGHEST;
  }

  /** The highest bits of eight bytes, as the eight lowest, in the same order. */
  static long gathered(long highest) {
    return ((highest & HIGHEST) * 0x0002040810204081L) >>> (Long.SIZE - Byte.SIZE);
  }

  /** How many of eight chars stand before the first of the others. */
  static int run(long others) {
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /** Those of eight chars that stand before the first of the others, in lower case, and zeros. */
  static long word(long chars, long others) {
    return (chars | LOWER_CASE) & (((others & -others) >>> 7) - 1);
  }

  /** Of a word of {@code size} chars, at most 16, the first eight in lower case, and zeros. */
  static long first(byte[] text, int start, int size) {
    return (chars(text, start) | LOWER_CASE) & FIRST[size];
  }

  /** The second eight of it. */
  static long second(byte[] text, int start, int size) {
    return (chars(text, start + Long.BYTES) | LOWER_CASE) & SECOND[size];
  }

  /** Whether not all chars of a word are digits. */
  static boolean hasLetter(long low, long high) {
    return ((low | high) & LETTERS) != 0;
  }

  /**
   * Not 0 if a letter is among the bytes of a number: of four chars in lower case, or of several.
   */
  static int letters(int chars) {
    return chars & (int) LETTERS;
  }

  /** Writes the chars of a word, and zeros up to {@value #PADDING} bytes. */
  static void write(long low, long high, byte[] into, int at) {
    LONGS.set(into, at, low);
    LONGS.set(into, at + Long.BYTES, high);
  }
}
