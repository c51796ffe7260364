package org.medroute.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medroute.config.RefusedException;

/** A compiled model is read whole and sound, or refused. */
class ScorerFileTest {
  private static final byte[] BYTES = HandMadeScorer.scorer().toBytes();

  @TempDir Path directory;

  @Test
  void mappedFileScoresAsTheScorerThatWroteIt() throws IOException {
    Path file = Files.write(directory.resolve("scorer.bin"), BYTES);
    CompiledScorer read = CompiledScorer.read(file);
    assertThat(read.description()).isEqualTo(HandMadeScorer.scorer().description());
    assertThat(read.toBytes()).isEqualTo(BYTES);
    double[] probabilities = new double[2];
    TextScorer scorer = read.textScorer();
    scorer.probabilities("valve", probabilities);
    assertThat(probabilities).containsExactly(0.75, 0.25);
    scorer.probabilities("heart", probabilities);
    assertThat(scorer.evidence(0, 1).get(0).marked()).isEqualTo("heart (or cardiac)");
  }

  /** The layout as the package describes it, read by hand. */
  @Test
  void headerIsAsDescribed() {
    ByteBuffer bytes = ByteBuffer.wrap(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(BYTES, 0, 8, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("MEDROUTE");
    assertThat(bytes.getInt(8)).isEqualTo(2);
    assertThat(bytes.getLong(16)).isEqualTo(BYTES.length);
    assertThat(BYTES[24]).isEqualTo((byte) 0x01);
    assertThat(BYTES[55]).isEqualTo((byte) 0xef);
    for (int section = 0; section < bytes.getInt(12); section++) {
      assertThat(bytes.getLong(64 + 24 * section + 8) % 8).isZero();
    }
    int space = section("TSPC");
    assertThat(bytes.getInt((int) bytes.getLong(space + 8))).isEqualTo(HandMadeScorer.BUCKETS);
    assertThat(bytes.getLong(space + 16)).isEqualTo(4);
  }

  private static int section(String tag) {
    ByteBuffer bytes = ByteBuffer.wrap(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 64; at < 64 + 24 * bytes.getInt(12); at += 24) {
      if (new String(BYTES, at, 4, java.nio.charset.StandardCharsets.US_ASCII).equals(tag)) {
        return at;
      }
    }
    throw new AssertionError(tag);
  }

  @Test
  void cutFileIsRefusedWhereverItIsCut() {
    for (int length = 0; length < BYTES.length; length++) {
      byte[] cut = Arrays.copyOf(BYTES, length);
      assertThatThrownBy(() -> CompiledScorer.read(cut, "cut"))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith("Compiled model cut: ");
    }
    assertThatThrownBy(() -> CompiledScorer.read(Arrays.copyOf(BYTES, BYTES.length - 1), "cut"))
        .hasMessageContaining("should be " + BYTES.length + " bytes long");
  }

  @Test
  void changedByteIsRefusedWhereverItCounts() {
    int refused = 0;
    for (int at = 0; at < BYTES.length; at++) {
      byte[] changed = BYTES.clone();
      changed[at] ^= 4;
      try {
        // what lies between two sections, and bytes 60 to 63, counts for nothing
        assertThat(CompiledScorer.read(changed, "changed").toBytes()).isEqualTo(BYTES);
      } catch (RefusedException e) {
        assertThat(e).hasMessageStartingWith("Compiled model changed: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(BYTES.length * 9 / 10);
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] changed = BYTES.clone();
    changed[8] = 3;
    assertThatThrownBy(() -> CompiledScorer.read(changed, "later"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("version 3 of the format, and this program reads version 2");
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("note.txt"), "no model ".repeat(20));
    assertThatThrownBy(() -> CompiledScorer.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it is no compiled model");
    assertThatThrownBy(() -> CompiledScorer.read(directory.resolve("missing")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void unknownSectionIsRefusedUnlessItCanBeLeftOut() {
    ScorerFile.Writer writer = new ScorerFile.Writer();
    writer.texts("KNWN", List.of("a", "β"));
    writer.ints("note", new int[] {1});
    ScorerFile.read(ByteBuffer.wrap(writer.toBytes(HandMadeScorer.DIGEST)), "small")
        .requireNoOther(Set.of("KNWN"));
    writer.ints("LINR", new int[] {1});
    ScorerFile file =
        ScorerFile.read(ByteBuffer.wrap(writer.toBytes(HandMadeScorer.DIGEST)), "large");
    assertThat(file.texts("KNWN")).containsExactly("a", "β");
    assertThatThrownBy(() -> file.requireNoOther(Set.of("KNWN")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("section LINR that this program does not know");
  }

  @Test
  void sectionsThatContradictEachOtherAreRefused() {
    CompiledForest forest = HandMadeScorer.forest();
    ScorerFile.Writer writer = new ScorerFile.Writer();
    forest.write(writer);
    writer.ints(CompiledForest.RIGHTS, new int[] {4, 3, 0, 1, 2, 7, 3, 4}); // as it is
    assertThat(read(writer).nodes()).isEqualTo(8);
    for (int[] rights :
        List.of(
            new int[] {4, 1, 0, 1, 2, 7, 3, 4}, // back to itself
            new int[] {5, 3, 0, 1, 2, 7, 3, 4}, // into the next tree
            new int[] {4, 3, 0, 1, 2, 9, 3, 4}, // outside
            new int[] {4, 3, 0, 1, 2, 7, 3})) {
      writer.ints(CompiledForest.RIGHTS, rights);
      assertThatThrownBy(() -> read(writer))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("contradict");
    }
  }

  private static CompiledForest read(ScorerFile.Writer writer) {
    return CompiledForest.read(
        ScorerFile.read(ByteBuffer.wrap(writer.toBytes(HandMadeScorer.DIGEST)), "forest"));
  }
}
