package org.medroute.linear;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.medroute.text.TokenOptions;

/**
 * The form in which a linear classifier is stored, little-endian: "MEDLINR6"; options of the terms
 * (shortest word, longest n-gram, names of compounds and numbers, stop words); intercepts; weight
 * of unknown words; shares of the forest; sharpness; blocks of terms, heading, concepts, concepts
 * of the heading and pieces (keys, rarity, weights); rows of words; weights of words; the six
 * arrays of the thesaurus. Arrays and texts begin with their length as an int. The same classifier
 * gives the same bytes.
 */
final class LinearFile {
  private static final String KIND = "MEDLINR";

  /**
   * The last char is a number that is raised with every change of the form, and of the arithmetic
   * of scoring: the digest of a model covers these bytes, so that one trained again is a new model.
   */
  private static final byte[] MAGIC = (KIND + "6").getBytes(StandardCharsets.US_ASCII);

  private LinearFile() {}

  static byte[] write(LinearClassifier classifier) {
    LinearText text = classifier.text();
    Out out = new Out(room(text));
    out.bytes.put(MAGIC);
    TokenOptions options = text.options;
    out.bytes.putInt(options.minLength());
    out.bytes.putInt(options.maxNgram());
    out.text(options.compounds().name());
    out.text(options.numbers().name());
    out.bytes.putInt(options.extraStopWords().size());
    options.extraStopWords().forEach(out::text);
    out.doubles(text.intercepts);
    out.bytes.putDouble(text.unknownRarity);
    out.doubles(classifier.shares());
    out.doubles(classifier.sharpness().numbers());
    out.block(text.terms);
    out.block(text.heading);
    out.block(text.concepts);
    out.block(text.headingConcepts);
    out.block(text.pieces);
    out.ints(text.wordRows);
    out.floats(text.wordWeights);
    text.thesaurus.arrays().forEach(out::ints);
    byte[] written = new byte[out.bytes.position()];
    out.bytes.get(0, written);
    return written;
  }

  private static long room(LinearText text) {
    long room = 1 << 16;
    for (String word : text.options.extraStopWords()) {
      room += 4 + 3L * word.length();
    }
    room += 16L * text.classes;
    for (LinearText.Block block :
        List.of(text.terms, text.heading, text.concepts, text.headingConcepts, text.pieces)) {
      room += 12L * block.rarity().length + 4L * block.weights().length + 12;
    }
    Thesaurus names = text.thesaurus;
    room += 8L * names.formKeys.length + 12L * names.firstEdge.length + 4L * names.concepts.length;
    return room + 4L * text.wordRows.length + 4L * text.wordWeights.length;
  }

  static LinearClassifier read(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    try {
      bytes.get(magic);
      if (!java.util.Arrays.equals(magic, MAGIC)) {
        String found = new String(magic, StandardCharsets.US_ASCII);
        throw new IllegalArgumentException(
            found.startsWith(KIND)
                ? "its form is "
                    + found
                    + ", this version reads "
                    + new String(MAGIC, StandardCharsets.US_ASCII)
                    + ": train again"
                : "it is no linear classifier");
      }
      In in = new In(bytes);
      int minLength = bytes.getInt();
      int maxNgram = bytes.getInt();
      TokenOptions.Compounds compounds = TokenOptions.Compounds.valueOf(in.text());
      TokenOptions.Numbers numbers = TokenOptions.Numbers.valueOf(in.text());
      List<String> stopWords = new ArrayList<>();
      int count = in.length(1);
      for (int i = 0; i < count; i++) {
        stopWords.add(in.text());
      }
      double[] intercepts = in.doubles();
      double unknown = bytes.getDouble();
      double[] shares = in.doubles();
      Sharpness sharpness = Sharpness.of(in.doubles());
      LinearText.Block terms = in.block(intercepts.length);
      LinearText.Block heading = in.block(intercepts.length);
      LinearText.Block concepts = in.block(intercepts.length);
      LinearText.Block headingConcepts = in.block(intercepts.length);
      LinearText.Block pieces = in.block(intercepts.length);
      int[] wordRows = in.ints();
      float[] wordWeights = in.floats();
      Thesaurus thesaurus =
          new Thesaurus(in.ints(), in.ints(), in.ints(), in.ints(), in.ints(), in.ints());
      LinearText text =
          new LinearText(
              new TokenOptions(minLength, maxNgram, compounds, numbers, stopWords),
              intercepts,
              unknown,
              terms,
              heading,
              thesaurus,
              concepts,
              headingConcepts,
              wordRows,
              wordWeights,
              pieces);
      if (bytes.hasRemaining() || text.wordRows.length != terms.rarity().length) {
        throw new IllegalArgumentException("its parts do not fit each other");
      }
      return new LinearClassifier(text, shares, sharpness);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it is cut off", e);
    }
  }

  private static final class Out {
    final ByteBuffer bytes;

    Out(long room) {
      if (room > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException(
            "A linear classifier of "
                + room
                + " bytes cannot be stored: raise linear.min-doc-freq or linear.min-words");
      }
      bytes = ByteBuffer.allocate((int) room).order(ByteOrder.LITTLE_ENDIAN);
    }

    void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      bytes.putInt(utf8.length).put(utf8);
    }

    void ints(int[] values) {
      bytes.putInt(values.length);
      for (int value : values) {
        bytes.putInt(value);
      }
    }

    void doubles(double[] values) {
      bytes.putInt(values.length);
      for (double value : values) {
        bytes.putDouble(value);
      }
    }

    void floats(float[] values) {
      bytes.putInt(values.length);
      for (float value : values) {
        bytes.putFloat(value);
      }
    }

    void block(LinearText.Block block) {
      ints(block.table().keys());
      doubles(block.rarity());
      floats(block.weights());
    }
  }

  private record In(ByteBuffer bytes) {
    /** A length that the rest of the file has room for. */
    int length(int width) {
      int length = bytes.getInt();
      if (length < 0 || (long) length * width > bytes.remaining()) {
        throw new IllegalArgumentException("it is cut off");
      }
      return length;
    }

    String text() {
      byte[] utf8 = new byte[length(1)];
      bytes.get(utf8);
      return new String(utf8, StandardCharsets.UTF_8);
    }

    int[] ints() {
      int[] values = new int[length(Integer.BYTES)];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes.getInt();
      }
      return values;
    }

    double[] doubles() {
      double[] values = new double[length(Double.BYTES)];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes.getDouble();
      }
      return values;
    }

    float[] floats() {
      float[] values = new float[length(Float.BYTES)];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes.getFloat();
      }
      return values;
    }

    LinearText.Block block(int classes) {
      KeyTable table = new KeyTable(ints());
      double[] rarity = doubles();
      float[] weights = floats();
      if (rarity.length != table.size() || weights.length != table.size() * classes) {
        throw new IllegalArgumentException("its parts do not fit each other");
      }
      return new LinearText.Block(table, rarity, weights);
    }
  }
}
