package org.medroute.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.medroute.config.ClassSet;
import org.medroute.config.RoutingSettings;

/**
 * Decides about a document from its calibrated probabilities and the state of its text.
 *
 * <p>In this order: a document without text, without words or in a language that the model does not
 * read is unscorable; a document whose top class is at or above that class's cut-off is decided,
 * automatically for a target, as out of scope for the out-of-scope class; every other document goes
 * to review. A language that could not be determined does not stop a document. Of equally probable
 * classes the first in class order is the top class. Immutable, pure, O(k) a document.
 *
 * @param cutOffs of every class
 * @param languages ISO 639-1 codes that the model reads, empty for any
 * @param expectation of cut-offs chosen in training, or {@link Expectation#GIVEN}
 */
public record RoutingPolicy(CutOffs cutOffs, Set<String> languages, Expectation expectation)
    implements Serializable {
  private static final int FEWEST_DIGITS = 2;
  private static final int MOST_DIGITS = 6;

  public RoutingPolicy {
    // in order for what is stored, by hash for what is asked of every document
    languages = Collections.unmodifiableSet(new LinkedHashSet<>(new TreeSet<>(languages)));
    Objects.requireNonNull(expectation, "expectation");
  }

  /** Cut-offs as given. */
  public RoutingPolicy(CutOffs cutOffs, Set<String> languages) {
    this(cutOffs, languages, Expectation.GIVEN);
  }

  /** The policy of the settings, whatever they aim at. */
  public static RoutingPolicy of(ClassSet classes, RoutingSettings settings) {
    return new RoutingPolicy(CutOffs.of(classes, settings), settings.languages());
  }

  public ClassSet classes() {
    return cutOffs.classes();
  }

  /**
   * Decides.
   *
   * @param calibrated one confidence per class, in class order; not read where the text is
   *     unscorable
   * @throws IllegalArgumentException on another number of classes
   */
  public Decision decide(double[] calibrated, TextState text) {
    return decide(calibrated, text, this::reason);
  }

  Decision decide(double[] calibrated, TextState text, Reasons reasons) {
    switch (text.extent()) {
      case NOTHING:
        return Decision.unscorable("no title and no abstract");
      case NO_WORDS:
        return Decision.unscorable("no words in the text");
      default:
        break;
    }
    if (!readable(text.language())) {
      return Decision.unscorable(
          "text is " + described(text.language()) + ", the model reads " + described(languages));
    }
    if (calibrated.length != classes().size()) {
      throw new IllegalArgumentException(
          calibrated.length + " confidences for " + classes().size() + " classes");
    }
    int top = 0;
    for (int c = 1; c < calibrated.length; c++) {
      if (calibrated[c] > calibrated[top]) {
        top = c;
      }
    }
    double confidence = calibrated[top];
    boolean decided = confidence >= cutOffs.of(top);
    Route route =
        !decided ? Route.REVIEW : classes().isOutOfScope(top) ? Route.OUT_OF_SCOPE : Route.AUTO;
    String reason = reasons.of(top, confidence);
    return new Decision(
        top,
        confidence,
        route,
        text.extent() == TextState.Extent.TITLE_ONLY ? reason + "; title only" : reason);
  }

  /** Whether the model reads a language, or would read it for want of knowing better. */
  public boolean readable(String language) {
    return languages.isEmpty()
        || languages.contains(language)
        || language.equals(TextState.UNDETERMINED);
  }

  /** What is said of the most probable class and its confidence. */
  @FunctionalInterface
  interface Reasons {
    String of(int top, double confidence);
  }

  String reason(int top, double confidence) {
    return comparison(confidence, cutOffs.of(top)) + " cut-off of " + classes().name(top);
  }

  /** Both numbers with as few digits as show which is the larger. */
  private static String comparison(double confidence, double cutOff) {
    int digits = FEWEST_DIGITS;
    long scale = 100;
    while (digits < MOST_DIGITS
        && confidence != cutOff
        && Math.round(confidence * scale) == Math.round(cutOff * scale)) {
      digits++;
      scale *= 10;
    }
    return fixed(Math.round(confidence * scale), scale)
        + (confidence >= cutOff ? " >= " : " < ")
        + fixed(Math.round(cutOff * scale), scale);
  }

  /** A decimal fraction without the cost of a formatter: this runs for every document. */
  private static String fixed(long scaled, long scale) {
    return scaled / scale + "." + Long.toString(scale + scaled % scale).substring(1);
  }

  private static String described(Set<String> codes) {
    return codes.stream()
        .map(code -> Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH))
        .collect(Collectors.joining(", "));
  }

  private static String described(String code) {
    return Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH) + " (" + code + ")";
  }

  /** One line of JSON, the same for equal policies; every double exactly. */
  public String toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode values = node.putObject("cut_offs");
    for (int c = 0; c < classes().size(); c++) {
      values.put(classes().name(c), cutOffs.of(c));
    }
    classes().outOfScope().ifPresent(name -> node.put("out_of_scope", name));
    languages.forEach(node.putArray("languages")::add);
    if (expectation.chosen()) {
      expectation.write(node.putObject("expectation"));
    }
    return node.toString();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is not a policy; the message says where
   */
  public static RoutingPolicy fromJson(String json) {
    ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    JsonNode node;
    try {
      node = mapper.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Routing is not JSON: " + e.getOriginalMessage(), e);
    }
    JsonNode values = node.path("cut_offs");
    JsonNode codes = node.path("languages");
    if (!values.isObject() || !codes.isArray()) {
      throw new IllegalArgumentException(
          "Routing JSON needs an object cut_offs and an array languages: " + json);
    }
    List<String> names = new ArrayList<>();
    List<Double> cutOffs = new ArrayList<>();
    values
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNumber()) {
                throw new IllegalArgumentException(
                    "Routing JSON: cut-off of " + entry.getKey() + " is not a number");
              }
              names.add(entry.getKey());
              cutOffs.add(entry.getValue().asDouble());
            });
    Set<String> languages = new TreeSet<>();
    codes.forEach(code -> languages.add(code.asText()));
    ClassSet classes =
        node.has("out_of_scope")
            ? ClassSet.open(names, node.path("out_of_scope").asText())
            : ClassSet.closed(names);
    return new RoutingPolicy(
        new CutOffs(classes, cutOffs),
        languages,
        node.has("expectation") ? Expectation.read(node.path("expectation")) : Expectation.GIVEN);
  }
}
