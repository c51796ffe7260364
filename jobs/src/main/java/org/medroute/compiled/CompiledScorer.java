package org.medroute.compiled;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medroute.config.RefusedException;
import org.medroute.linear.LinearClassifier;

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
  private static final String LINEAR = "LINR";

  private final Description description;
  private final Optional<Trees> trees;
  private final Optional<LinearClassifier> linear;

  /** What a head needs of a text, the head, and the terms behind its features. */
  record Trees(TermFeatures features, Head head, TermNames names) {}

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
      Description description, Optional<Trees> trees, Optional<LinearClassifier> linear) {
    this.description = description;
    this.trees = trees;
    this.linear = linear;
    int classes = description.classes().size();
    trees.ifPresent(parts -> requireFit(parts, classes));
    linear.ifPresent(
        classifier -> {
          if (classifier.text().classes() != classes
              || classifier.hearsForest() != trees.isPresent()) {
            throw new IllegalArgumentException(
                "The linear classifier knows "
                    + classifier.text().classes()
                    + " classes and hears "
                    + (classifier.hearsForest() ? "a" : "no")
                    + " forest; the model has "
                    + classes
                    + " classes and "
                    + (trees.isPresent() ? "a" : "no")
                    + " forest");
          }
        });
    if (trees.isEmpty() && linear.isEmpty()) {
      throw new IllegalArgumentException("The model has no classifier");
    }
  }

  private static void requireFit(Trees trees, int classes) {
    if (trees.head().features() != trees.features().size() || trees.head().classes() != classes) {
      throw new IllegalArgumentException(
          "The classifier reads "
              + trees.head().features()
              + " features and knows "
              + trees.head().classes()
              + " classes; the text has "
              + trees.features().size()
              + " features and the model "
              + classes
              + " classes");
    }
  }

  /**
   * A scorer by a head over the terms of a text.
   *
   * @param terms feature to its training terms, most frequent first; features may be missing
   * @throws IllegalArgumentException if the parts are not of one model
   */
  public static CompiledScorer of(
      Description description, TermFeatures features, Head head, Map<Integer, List<String>> terms) {
    return new CompiledScorer(description, trees(features, head, terms), Optional.empty());
  }

  /** A scorer by a linear classifier that hears a forest; parameters as above. */
  public static CompiledScorer of(
      Description description,
      TermFeatures features,
      Head head,
      Map<Integer, List<String>> terms,
      LinearClassifier linear) {
    return new CompiledScorer(description, trees(features, head, terms), Optional.of(linear));
  }

  /** A scorer by a linear classifier alone. */
  public static CompiledScorer of(Description description, LinearClassifier linear) {
    return new CompiledScorer(description, Optional.empty(), Optional.of(linear));
  }

  private static Optional<Trees> trees(
      TermFeatures features, Head head, Map<Integer, List<String>> terms) {
    return Optional.of(new Trees(features, head, TermNames.of(features.size(), terms)));
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
    Set<String> known = new HashSet<>(Set.of(MODEL, CLASSES, CALIBRATION, ROUTING, LINEAR));
    known.addAll(TermFeatures.tags());
    known.addAll(Head.tags());
    file.requireNoOther(known);
    List<String> model = file.texts(MODEL);
    try {
      Optional<LinearClassifier> linear =
          file.has(LINEAR)
              ? Optional.of(LinearClassifier.read(file.bytes(LINEAR)))
              : Optional.empty();
      return new CompiledScorer(
          new Description(
              model.get(0),
              model.get(1),
              file.digest(),
              file.texts(CLASSES),
              file.texts(CALIBRATION).get(0),
              file.texts(ROUTING).get(0)),
          file.has(TermFeatures.SELECTED)
              ? Optional.of(
                  new Trees(TermFeatures.read(file, linear), Head.read(file), TermNames.read(file)))
              : Optional.empty(),
          linear);
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
    trees.ifPresent(
        parts -> {
          parts.features().write(file, linear);
          parts.head().write(file);
          parts.names().write(file);
        });
    linear.ifPresent(classifier -> file.bytes(LINEAR, classifier.toBytes()));
    return file.toBytes(description.digest());
  }

  public Description description() {
    return description;
  }

  /** What the head needs of a text, where there is one. */
  Optional<TermFeatures> features() {
    return trees.map(Trees::features);
  }

  /** The head over the terms, such as a forest, where there is one. */
  public Optional<Head> head() {
    return trees.map(Trees::head);
  }

  /** The working memory and the methods of one thread. */
  public TextScorer textScorer() {
    return new TextScorer(description.classes().size(), trees, linear);
  }
}
