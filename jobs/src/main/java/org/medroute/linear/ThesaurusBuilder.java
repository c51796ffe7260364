package org.medroute.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.medroute.text.HashedTermSink;
import org.medroute.text.TermHash;
import org.medroute.text.TermScanner;
import org.medroute.text.TokenOptions;

/**
 * Makes a thesaurus of descriptors and their places in trees. A descriptor that is turned around,
 * such as "Angina, Unstable", is known as written and as "Unstable Angina". The same descriptors
 * give the same thesaurus in any order.
 *
 * <p>A concept is a descriptor, or a category of the trees such as C; a place that no descriptor
 * has stands for itself. It is known by its term, {@value #PREFIX} and its name, which no text has,
 * and by the 32-bit hash of that term. Two concepts with one hash would count as one; among the
 * 30,000 of MeSH one such pair in ten tables is to be expected.
 */
public final class ThesaurusBuilder {
  /** Longer names hardly stand in a text. */
  private static final int MOST_WORDS = 6;

  /** A name of one shorter word says too little: "In", "Leg" or an abbreviation of anything. */
  private static final int SHORTEST_NAME = 4;

  private final TermScanner scanner;

  /** What every term of a concept begins with. */
  static final String PREFIX = "mesh:";

  private final TreeMap<List<String>, TreeSet<Integer>> names =
      new TreeMap<>(ThesaurusBuilder::byWords);

  private final TreeMap<String, Integer> numbers = new TreeMap<>();
  private final TreeMap<String, TreeSet<String>> descriptors = new TreeMap<>();
  private final TreeMap<Integer, String> terms = new TreeMap<>();

  /**
   * @param options what texts are cut into
   */
  public ThesaurusBuilder(TokenOptions options) {
    this.scanner = new TermScanner(options);
  }

  /**
   * Adds a descriptor.
   *
   * @param places tree numbers such as C14.280.067
   */
  public void add(String descriptor, List<String> places) {
    descriptors.computeIfAbsent(descriptor, key -> new TreeSet<>()).addAll(places);
  }

  private void addName(String name, TreeSet<Integer> concepts) {
    List<String> words = new ArrayList<>();
    forEachWord(name, (hash, word) -> words.add(singular(word)));
    boolean isTelling =
        words.size() > 1 || (words.size() == 1 && words.get(0).length() >= SHORTEST_NAME);
    if (isTelling && words.size() <= MOST_WORDS) {
      names.computeIfAbsent(words, key -> new TreeSet<>()).addAll(concepts);
      words.forEach(word -> numbers.put(word, 0));
    }
  }

  /** Hash of each concept of the thesaurus built to its term. */
  SortedMap<Integer, String> terms() {
    return terms;
  }

  /** What was added, as a thesaurus. */
  public Thesaurus build() {
    names.clear();
    terms.clear();
    Map<String, String> byPlace = new HashMap<>();
    descriptors.forEach(
        (descriptor, places) -> places.forEach(place -> byPlace.putIfAbsent(place, descriptor)));
    descriptors.forEach(
        (descriptor, places) -> addNames(descriptor, concepts(descriptor, places, byPlace)));
    return ofNames();
  }

  /** A descriptor and all that is above it, each once. */
  private TreeSet<Integer> concepts(
      String descriptor, TreeSet<String> places, Map<String, String> byPlace) {
    TreeSet<String> above = new TreeSet<>(Set.of(descriptor));
    for (String place : places) {
      for (int end = place.length(); end > 0; end = place.lastIndexOf('.', end - 1)) {
        String at = place.substring(0, end);
        above.add(byPlace.getOrDefault(at, at));
      }
      above.add(place.substring(0, 1));
    }
    TreeSet<Integer> concepts = new TreeSet<>();
    for (String concept : above) {
      concepts.add(concept(concept));
      terms.merge(
          concept(concept),
          PREFIX + concept,
          (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
    return concepts;
  }

  private void addNames(String descriptor, TreeSet<Integer> concepts) {
    addName(descriptor, concepts);
    List<String> parts = new ArrayList<>(Arrays.asList(descriptor.split(", ")));
    if (parts.size() > 1) {
      Collections.reverse(parts);
      addName(String.join(" ", parts), concepts);
    }
  }

  private Thesaurus ofNames() {
    int count = 0;
    for (Map.Entry<String, Integer> word : numbers.entrySet()) {
      word.setValue(count++);
    }
    TreeMap<Integer, Integer> forms = new TreeMap<>();
    numbers.forEach( // in order of the words: of two forms with one hash the first word has it
        (word, number) ->
            formsOf(word)
                .forEach(
                    form -> forEachWord(form, (hash, same) -> forms.putIfAbsent(hash, number))));
    Node root = new Node();
    names.forEach(
        (words, concepts) -> {
          Node node = root;
          for (String word : words) {
            node = node.next.computeIfAbsent(numbers.get(word), key -> new Node());
          }
          node.concepts = concepts;
        });
    return flat(root, forms);
  }

  /** Nodes breadth first, so that an edge's number tells its node. */
  private static Thesaurus flat(Node root, TreeMap<Integer, Integer> forms) {
    List<Node> nodes = new ArrayList<>(List.of(root));
    List<Integer> edges = new ArrayList<>();
    List<Integer> firstEdge = new ArrayList<>();
    List<Integer> concepts = new ArrayList<>();
    List<Integer> firstConcept = new ArrayList<>();
    for (int at = 0; at < nodes.size(); at++) {
      Node node = nodes.get(at);
      firstEdge.add(edges.size());
      edges.addAll(node.next.keySet());
      nodes.addAll(node.next.values());
      firstConcept.add(concepts.size());
      concepts.addAll(node.concepts);
    }
    firstEdge.add(edges.size());
    firstConcept.add(concepts.size());
    return new Thesaurus(
        ints(List.copyOf(forms.keySet())),
        ints(List.copyOf(forms.values())),
        ints(firstEdge),
        ints(edges),
        ints(firstConcept),
        ints(concepts));
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Words of a text one after another; of compounds the parts alone. */
  private void forEachWord(String text, BiConsumer<Integer, String> words) {
    scanner.scan(
        text,
        new HashedTermSink() {
          @Override
          public void term(int hash, char[] letters, int start, int length) {
            words.accept(hash, new String(letters, start, length));
          }

          @Override
          public void pair(int hash, char[] letters, int start, int length) {
            // its words came one by one
          }

          @Override
          public void compound(int hash, char[] letters, int start, int length) {
            // its parts come one by one
          }
        });
  }

  static String singular(String word) {
    if (word.length() > 4 && word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.length() > 4 && word.endsWith("sses")) {
      return word.substring(0, word.length() - 2);
    }
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
        ? word.substring(0, word.length() - 1)
        : word;
  }

  /** The forms whose {@link #singular} a word is. */
  private static List<String> formsOf(String word) {
    List<String> forms = new ArrayList<>(List.of(word, word + "s"));
    if (word.endsWith("y")) {
      forms.add(word.substring(0, word.length() - 1) + "ies");
    }
    if (word.endsWith("ss")) {
      forms.add(word + "es");
    }
    forms.removeIf(form -> !singular(form).equals(word));
    return forms;
  }

  /** Hash of a concept's term by its name. */
  static int concept(String name) {
    return TermHash.hash(PREFIX + name);
  }

  private static int byWords(List<String> one, List<String> other) {
    for (int at = 0; at < Math.min(one.size(), other.size()); at++) {
      int order = one.get(at).compareTo(other.get(at));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private static final class Node {
    final TreeMap<Integer, Node> next = new TreeMap<>();
    TreeSet<Integer> concepts = new TreeSet<>();
  }
}
