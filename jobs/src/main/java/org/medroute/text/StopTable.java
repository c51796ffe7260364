package org.medroute.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A fixed set of words, asked about mostly short plain words: those of up to {@value #SHORT} chars
 * below 128 are compared as one number, all others by a {@link WordTable}. Immutable.
 */
final class StopTable {
  private static final int SHORT = 8;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Short words by open addressing at a load of one quarter or less; 0 is free. */
  private final long[] shorts;

  private final int shift;
  private final WordTable others;

  /**
   * By first char below 128: a bit for each length that a word with it has; bit 31 for 31 and more.
   */
  private final int[] lengths = new int[0x80];

  /** Whether there is a word that does not begin with a char below 128. */
  private final boolean hasOthers;

  StopTable(Collection<String> words) {
    int size = Integer.highestOneBit(Math.max(words.size(), 4)) * 8;
    shorts = new long[size];
    shift = Long.SIZE - Integer.numberOfTrailingZeros(size);
    for (String word : words) {
      if (isShort(word)) {
        byte[] letters = Arrays.copyOf(word.getBytes(StandardCharsets.US_ASCII), SHORT);
        long key = key(letters, 0, word.length());
        shorts[slot(key)] = key;
      }
    }
    others = new WordTable(words.stream().filter(word -> !isShort(word)).toList());
    boolean foreign = false;
    for (String word : words) {
      if (word.isEmpty() || word.charAt(0) >= 0x80) {
        foreign = true;
      } else {
        lengths[word.charAt(0)] |= lengthBit(word.length());
      }
    }
    hasOthers = foreign;
  }

  /** The English stop words, and those of the options. */
  static Collection<String> words(TokenOptions options) {
    TreeSet<String> words = new TreeSet<>(StopWords.ENGLISH);
    for (String word : options.extraStopWords()) {
      words.add(NormalForm.of(word).toLowerCase(Locale.ROOT));
    }
    return words;
  }

  private static boolean isShort(String word) {
    // no char 0 in a word, which would look like a shorter one
    return word.length() <= SHORT && word.chars().allMatch(c -> c > 0 && c < 0x80);
  }

  /**
   * Whether a word is in the set.
   *
   * @param letters the word from {@code start}
   * @param plain its chars as bytes at the same place, where they are below 128; with room for 8
   *     from {@code start}, whatever they are behind the word
   * @param or of the chars of the word, or of more
   */
  boolean contains(char[] letters, byte[] plain, int start, int length, int or) {
    char first = letters[start];
    if (first < 0x80 ? (lengths[first] & lengthBit(length)) == 0 : !hasOthers) {
      return false;
    }
    if (length <= SHORT && or < 0x80) {
      long key = key(plain, start, length);
      return shorts[slot(key)] == key;
    }
    if (length > SHORT) {
      return others.contains(letters, start, start + length);
    }
    return containsMixed(letters, plain, start, length);
  }

  /**
   * Whether a word of letters and digits below 128 may be in the set: whether it is, if it has up
   * to 8 of them.
   *
   * @param low its first eight chars, the first lowest, and zeros
   */
  boolean mayContain(long low, int length) {
    return (lengths[(int) low & 0x7f] & lengthBit(length)) != 0
        && (length > SHORT || shorts[slot(low)] == low);
  }

  private static int lengthBit(int length) {
    return 1 << Math.min(length, Integer.SIZE - 1);
  }

  /** A short word of which the caller cannot say that it is plain. */
  private boolean containsMixed(char[] letters, byte[] plain, int start, int length) {
    int or = 0;
    for (int at = start; at < start + length; at++) {
      or |= letters[at];
    }
    return or < 0x80
        ? contains(letters, plain, start, length, or)
        : others.contains(letters, start, start + length);
  }

  private static long key(byte[] plain, int start, int length) {
    long all = (long) LONGS.get(plain, start);
    return length == SHORT ? all : all & ((1L << (length << 3)) - 1);
  }

  /** Where the key is, or the free place where it would be. */
  private int slot(long key) {
    int slot = (int) ((key * 0x9e3779b97f4a7c15L) >>> shift);
    while (shorts[slot] != 0 && shorts[slot] != key) {
      slot = (slot + 1) & (shorts.length - 1);
    }
    return slot;
  }
}
