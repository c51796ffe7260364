package org.medroute.compiled;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medroute.config.RefusedException;

/**
 * A fitted model compiled into one pass from text to probabilities, with what belongs to it:
 * classes, calibration, routing and the terms behind its features. Immutable and thread safe; each
 * thread scores by a {@link TextScorer} of its own.
 *
 * <p>Calibration and routing are carried as the text in which the model stores them: their one
 * implementation is in {@code org.medroute.metrics}.
 */
public final class CompiledScorer {
  private static final String MODEL = "MODL";
  private static final String CLASSES = "CLAS";
  private static final String CALIBRATION = "CALI";
  private static final String ROUTING = "ROUT";

  private final Description description;
  private final TermFeatures features;
  private final Head head;
  private final TermNames names;

  /**
   * What a model is apart from its numbers.
   *
   * @param digest content digest of the model, 64 hexadecimal digits
   * @param classes in the order of every probability array
   * @param calibration as the model stores it
   * @param routing as the model stores it
   */
  public record Description(
      String task,
      String version,
      String digest,
      List<String> classes,
      String calibration,
      String routing) {
    public Description {
      classes = List.copyOf(classes);
    }
  }

  private CompiledScorer(
      Description description, TermFeatures features, Head head, TermNames names) {
    this.description = description;
    this.features = features;
    this.head = head;
    this.names = names;
  }

  /**
   * Puts a scorer together.
   *
   * @param terms feature to its training terms, most frequent first; features may be missing
   * @throws IllegalArgumentException if the parts are not of one model
   */
  public static CompiledScorer of(
      Description description, TermFeatures features, Head head, Map<Integer, List<String>> terms) {
    return checked(description, features, head, TermNames.of(features.size(), terms));
  }

  private static CompiledScorer checked(
      Description description, TermFeatures features, Head head, TermNames names) {
    if (head.features() != features.size() || head.classes() != description.classes().size()) {
      throw new IllegalArgumentException(
          "The classifier reads "
              + head.features()
              + " features and knows "
              + head.classes()
              + " classes; the text has "
              + features.size()
              + " features and the model "
              + description.classes().size()
              + " classes");
    }
    return new CompiledScorer(description, features, head, names);
  }

  /**
   * Reads a file, mapped into memory.
   *
   * @throws RefusedException if it is cut, damaged, of another version or no compiled model
   */
  public static CompiledScorer read(Path path) {
    return read(ScorerFile.map(path));
  }

  /** Reads the bytes of a file; {@code name} is for messages. */
  public static CompiledScorer read(byte[] bytes, String name) {
    return read(ScorerFile.read(ByteBuffer.wrap(bytes), name));
  }

  private static CompiledScorer read(ScorerFile file) {
    Set<String> known = new HashSet<>(Set.of(MODEL, CLASSES, CALIBRATION, ROUTING));
    known.addAll(TermFeatures.tags());
    known.addAll(CompiledForest.tags());
    file.requireNoOther(known);
    List<String> model = file.texts(MODEL);
    try {
      return checked(
          new Description(
              model.get(0),
              model.get(1),
              file.digest(),
              file.texts(CLASSES),
              file.texts(CALIBRATION).get(0),
              file.texts(ROUTING).get(0)),
          TermFeatures.read(file),
          CompiledForest.read(file),
          TermNames.read(file));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new RefusedException(
          "Compiled model " + file.name() + " contradicts itself: " + e.getMessage(), e);
    }
  }

  /** The file: the same bytes for the same model. */
  public byte[] toBytes() {
    ScorerFile.Writer file = new ScorerFile.Writer();
    file.texts(MODEL, List.of(description.task(), description.version()));
    file.texts(CLASSES, description.classes());
    file.texts(CALIBRATION, List.of(description.calibration()));
    file.texts(ROUTING, List.of(description.routing()));
    features.write(file);
    head.write(file);
    names.write(file);
    return file.toBytes(description.digest());
  }

  public Description description() {
    return description;
  }

  public Head head() {
    return head;
  }

  /** The working memory and the methods of one thread. */
  public TextScorer textScorer() {
    return new TextScorer(features, head, names);
  }
}
