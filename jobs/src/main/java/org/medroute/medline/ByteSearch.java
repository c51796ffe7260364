package org.medroute.medline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time, in one long.
 *
 * <p>{@code (x - 0x01..01) & ~x & 0x80..80} marks the bytes of x that are zero (Hacker's Delight,
 * 6-1). A borrow may mark bytes above such a one wrongly, never below; with the first byte lowest,
 * the first mark is right. {@code (x - 0x20..20) & ~x & 0x80..80} marks bytes below a blank alike.
 */
final class ByteSearch {
  /** How many bytes from a place on must exist to be looked at in one step. */
  static final int STEP = 9;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long BLANKS = ' ' * ONES;
  private static final long AMPERSANDS = '&' * ONES;

  /** "&lt;" and "&gt;" become this one with bit 1 set, and no other byte does. */
  private static final long BRACKETS = '>' * ONES;

  private static final long BIT_1 = 2 * ONES;

  /** The lead byte of U+F000 to U+FFFF. */
  private static final long LAST_LEADS = 0xefefefefefefefefL;

  private ByteSearch() {}

  /** Where the byte stands first, or {@code to}. */
  static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    long all = (wanted & 0xffL) * ONES;
    int at = from;
    while (at <= to - 8) {
      long found = zeros((long) LONGS.get(bytes, at) ^ all);
      if (found != 0) {
        return at + first(found);
      }
      at += 8;
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /**
   * Moves over text: to the first byte that is "&lt;", "&gt;", "&amp;", 0xef or below a blank, or
   * to the first place from which fewer than {@link #STEP} bytes are left. The caller goes on from
   * there, byte by byte.
   */
  static int overText(byte[] bytes, int from) {
    int at = from;
    while (at <= bytes.length - STEP) {
      long found = stops((long) LONGS.get(bytes, at)) & HIGHS;
      if (found != 0) {
        return at + first(found);
      }
      at += 8;
    }
    return at;
  }

  /** The same, and to the first of two blanks. */
  static int overTextWithSingleBlanks(byte[] bytes, int from) {
    int at = from;
    while (at <= bytes.length - STEP) {
      long x = (long) LONGS.get(bytes, at);
      long blankPairs = (x ^ BLANKS) | ((long) LONGS.get(bytes, at + 1) ^ BLANKS);
      long found = (stops(x) | ((blankPairs - ONES) & ~blankPairs)) & HIGHS;
      if (found != 0) {
        return at + first(found);
      }
      at += 8;
    }
    return at;
  }

  /** Moves over XML white space, of which most is the blanks that a line is indented by. */
  static int overSpace(byte[] bytes, int from) {
    int at = from;
    while (Window.isSpace(bytes[at])) {
      at++;
      while (at <= bytes.length - 8 && (long) LONGS.get(bytes, at) == BLANKS) {
        at += 8;
      }
    }
    return at;
  }

  /** Whether the same bytes stand at two places. */
  static boolean same(byte[] bytes, int one, int other, int length) {
    if (length < 8) {
      int i = 0;
      while (i < length && bytes[one + i] == bytes[other + i]) {
        i++;
      }
      return i == length;
    }
    for (int i = 0; i < length - 8; i += 8) {
      if ((long) LONGS.get(bytes, one + i) != (long) LONGS.get(bytes, other + i)) {
        return false;
      }
    }
    // The last eight overlap what has been compared.
    int last = length - 8;
    return (long) LONGS.get(bytes, one + last) == (long) LONGS.get(bytes, other + last);
  }

  private static long stops(long x) {
    long brackets = (x | BIT_1) ^ BRACKETS;
    long ampersands = x ^ AMPERSANDS;
    long leads = x ^ LAST_LEADS;
    return ((brackets - ONES) & ~brackets)
        | ((ampersands - ONES) & ~ampersands)
        | ((leads - ONES) & ~leads)
        | ((x - BLANKS) & ~x);
  }

  private static long zeros(long x) {
    return (x - ONES) & ~x & HIGHS;
  }

  private static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
