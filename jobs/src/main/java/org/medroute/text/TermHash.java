package org.medroute.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bucket of a term, equal to that of Spark's HashingTF since Spark 3.0: MurmurHash3 x86 32-bit
 * with seed 42 over the UTF-8 bytes of the term, reduced to a non-negative remainder. Works on
 * chars, without making the bytes.
 *
 * <p>Source: A. Appleby's MurmurHash3; org.apache.spark.ml.feature.HashingTF.indexOf. A lone
 * surrogate counts as '?', as it does in Java's own encoder.
 */
public final class TermHash {
  /** Bytes that {@link #plainHash} reads behind a term. */
  static final int PADDING = 4;

  /** Four bytes as a number, the first lowest. */
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  static final int SEED = 42;

  private TermHash() {}

  /** Bucket of a term, 0 until {@code buckets}. */
  public static int bucket(String term, int buckets) {
    char[] letters = term.toCharArray();
    return bucket(letters, letters.length, buckets);
  }

  /** Bucket of the term in the first {@code length} chars, 0 until {@code buckets}. */
  public static int bucket(char[] letters, int length, int buckets) {
    return reduce(hash(letters, 0, length), buckets);
  }

  /** The hash of a term that its bucket is made of. */
  public static int hash(String term) {
    char[] letters = term.toCharArray();
    return hash(letters, 0, letters.length);
  }

  /** Bucket of a term whose hash is known, 0 until {@code buckets}. */
  public static int reduce(int hash, int buckets) {
    return (buckets & (buckets - 1)) == 0 ? hash & (buckets - 1) : Math.floorMod(hash, buckets);
  }

  /**
   * A hash of the term in the first {@code length} chars that has nothing to do with its bucket,
   * never 0: it tells the terms of one bucket apart, but for one pair in 2^63.
   */
  public static long fingerprint(char[] letters, int length) {
    long hash = 0xcbf29ce484222325L;
    for (int at = 0; at < length; at++) {
      hash = (hash ^ letters[at]) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }

  /**
   * The hash of {@code length} bytes.
   *
   * @param bytes with room for {@value #PADDING}, whatever they are, behind the term
   */
  static int plainHash(byte[] bytes, int start, int length) {
    int hash = SEED;
    int at = start;
    for (int whole = start + (length & ~3); at < whole; at += 4) {
      hash = mix(hash, (int) INTS.get(bytes, at));
    }
    // a rest of nothing changes nothing
    int rest = (int) INTS.get(bytes, at) & ((1 << ((length & 3) << 3)) - 1);
    return finish(hash ^ scramble(rest) ^ length);
  }

  /**
   * What the hash has come to behind all bytes of a word that fill words of four.
   *
   * @param low the first eight bytes, the first lowest, and zeros
   * @param high the next eight
   */
  static int state(long low, long high, int length) {
    int hash = SEED;
    long first = low;
    long second = high;
    for (int left = length; left >= Integer.BYTES; left -= Integer.BYTES) {
      hash = mix(hash, (int) first);
      first = first >>> Integer.SIZE | second << Integer.SIZE;
      second >>>= Integer.SIZE;
    }
    return hash;
  }

  /** The bytes of a word behind those of its {@link #state}: three or fewer, the first lowest. */
  static long rest(long low, long high, int length) {
    int whole = length & ~3;
    long from = low ^ ((low ^ high) & -(whole >>> 3)); // the second number from 8 bytes on
    return from >>> ((whole & 4) << 3);
  }

  /** The hash of a word of which the {@link #state} and the {@link #rest} are known. */
  static int hash(int state, long rest, int length) {
    return finish(state ^ scramble((int) rest) ^ length);
  }

  /**
   * The hash of a word, a blank and another word.
   *
   * @param state of the first word, of {@code length} bytes
   * @param rest of the first word, see {@link #rest(long, long, int)}
   * @param low the first eight bytes of the other word, the first lowest, and zeros
   * @param high the next eight
   */
  static int pairHash(int state, long rest, int length, long low, long high, int size) {
    int before = ((length & 3) + 1) << 3; // bits, 8 to 32
    long first = rest | (long) ' ' << (before - 8) | low << before;
    long second = low >>> (Long.SIZE - before) | high << before;
    long third = high >>> (Long.SIZE - before);
    // Whatever the lengths, all four steps are taken and the right ones picked by masks: how many
    // words of four bytes there are is nothing that a processor can foresee.
    int left = (length & 3) + 1 + size; // up to 19
    int one = (3 - left) >> 31;
    int two = (7 - left) >> 31;
    int three = (11 - left) >> 31;
    int four = (15 - left) >> 31;
    int word0 = (int) first;
    int word1 = (int) (first >>> Integer.SIZE);
    int word2 = (int) second;
    int word3 = (int) (second >>> Integer.SIZE);
    int hash1 = mix(state, word0);
    int hash2 = mix(hash1, word1);
    int hash3 = mix(hash2, word2);
    int hash4 = mix(hash3, word3);
    int hash =
        state
            ^ ((state ^ hash1) & one)
            ^ ((hash1 ^ hash2) & two)
            ^ ((hash2 ^ hash3) & three)
            ^ ((hash3 ^ hash4) & four);
    int tail =
        word0
            ^ ((word0 ^ word1) & one)
            ^ ((word1 ^ word2) & two)
            ^ ((word2 ^ word3) & three)
            ^ ((word3 ^ (int) third) & four);
    return finish(hash ^ scramble(tail) ^ (length + 1 + size));
  }

  /** MurmurHash3 of the UTF-8 form of {@code length} chars. */
  public static int hash(char[] letters, int start, int length) {
    int end = start + length;
    int hash = SEED;
    int bytes = 0;
    // Bytes not yet mixed in, the oldest lowest: fewer than four between two code points.
    long pending = 0;
    for (int at = start; at < end; at++) {
      int point = letters[at];
      int filled = (bytes & 3) << 3;
      if (point < 0x80) {
        pending |= (long) point << filled;
        bytes++;
      } else {
        if (Character.isSurrogate((char) point)) {
          point =
              at + 1 < end && Character.isSurrogatePair((char) point, letters[at + 1])
                  ? Character.toCodePoint((char) point, letters[++at])
                  : '?';
        }
        pending |= (encode(point) & 0xffff_ffffL) << filled;
        bytes += encodedLength(point);
      }
      if ((filled >>> 3) + encodedLength(point) >= 4) {
        hash = mix(hash, (int) pending);
        pending >>>= 32;
      }
    }
    if ((bytes & 3) != 0) {
      hash ^= scramble((int) pending);
    }
    return finish(hash ^ bytes);
  }

  private static int encodedLength(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  /** UTF-8 bytes of a code point, the first lowest. */
  private static int encode(int point) {
    return switch (encodedLength(point)) {
      case 1 -> point;
      case 2 -> (0xc0 | (point >>> 6)) | (continuation(point) << 8);
      case 3 ->
          (0xe0 | (point >>> 12)) | (continuation(point >>> 6) << 8) | (continuation(point) << 16);
      default ->
          (0xf0 | (point >>> 18))
              | (continuation(point >>> 12) << 8)
              | (continuation(point >>> 6) << 16)
              | (continuation(point) << 24);
    };
  }

  private static int continuation(int bits) {
    return 0x80 | (bits & 0x3f);
  }

  static int mix(int hash, int word) {
    return Integer.rotateLeft(hash ^ scramble(word), 13) * 5 + 0xe6546b64;
  }

  static int scramble(int word) {
    return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
  }

  static int finish(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
