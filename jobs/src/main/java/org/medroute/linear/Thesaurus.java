package org.medroute.linear;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Names of things, and the concepts that each name stands for: those of the thing itself and of all
 * that is above it. A name is a sequence of words, each in its singular or plural. Immutable.
 *
 * <p>Names are the paths of a tree of words: node 0 is the root, and the edge {@code e} leads to
 * node {@code e + 1}; the edges of a node ascend by the number of their word. Memory: 8 bytes a
 * form of a word, 8 a node, 8 a concept of a name; some 2 MB for all of MeSH.
 */
public final class Thesaurus implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  /** Knows no name. */
  public static final Thesaurus EMPTY =
      new Thesaurus(new int[0], new int[0], new int[2], new int[0], new int[2], new int[0]);

  /** Hash of each form of each word, ascending, and the number of the word. */
  final int[] formKeys;

  final int[] formWords;

  /** Edges of node n: from {@code firstEdge[n]} until {@code firstEdge[n + 1]}. */
  final int[] firstEdge;

  final int[] edgeWords;

  /** Concepts of the name that ends at node n, likewise; none where no name ends. */
  final int[] firstConcept;

  final int[] concepts;

  /** Every concept once, ascending. */
  final int[] distinct;

  /** Place among {@link #distinct} of each of {@link #concepts}. */
  final int[] numbers;

  private final KeyPlaces words;

  /** Node behind the root by number of the word, or -1. */
  private final int[] starts;

  /**
   * @throws IllegalArgumentException if the arrays are no tree
   */
  Thesaurus(
      int[] formKeys,
      int[] formWords,
      int[] firstEdge,
      int[] edgeWords,
      int[] firstConcept,
      int[] concepts) {
    int nodes = edgeWords.length + 1;
    if (formKeys.length != formWords.length
        || !areRanges(firstEdge, nodes, edgeWords.length)
        || !areRanges(firstConcept, nodes, concepts.length)
        || !ascend(formKeys)
        || !Arrays.stream(formWords).allMatch(word -> word >= 0 && word <= formWords.length)
        || !Arrays.stream(edgeWords).allMatch(word -> word >= 0 && word <= formWords.length)) {
      throw new IllegalArgumentException("its thesaurus is no tree of words");
    }
    this.formKeys = formKeys;
    this.formWords = formWords;
    this.firstEdge = firstEdge;
    this.edgeWords = edgeWords;
    this.firstConcept = firstConcept;
    this.concepts = concepts;
    distinct = Arrays.stream(concepts).sorted().distinct().toArray();
    numbers =
        Arrays.stream(concepts).map(concept -> Arrays.binarySearch(distinct, concept)).toArray();
    words = new KeyPlaces(formKeys, formWords);
    starts = new int[formWords.length + 1];
    Arrays.fill(starts, NONE);
    for (int edge = firstEdge[0]; edge < firstEdge[1]; edge++) {
      starts[edgeWords[edge]] = edge + 1;
    }
  }

  private static boolean areRanges(int[] first, int nodes, int end) {
    boolean rising = first.length == nodes + 1 && first[0] == 0 && first[nodes] == end;
    for (int node = 0; rising && node < nodes; node++) {
      rising = first[node] <= first[node + 1];
    }
    return rising;
  }

  private static boolean ascend(int[] keys) {
    for (int at = 1; at < keys.length; at++) {
      if (keys[at] <= keys[at - 1]) {
        return false;
      }
    }
    return true;
  }

  /** Whether another one finds the same concepts in every text. */
  public boolean isSameAs(Thesaurus other) {
    return Arrays.equals(formKeys, other.formKeys)
        && Arrays.equals(formWords, other.formWords)
        && Arrays.equals(firstEdge, other.firstEdge)
        && Arrays.equals(edgeWords, other.edgeWords)
        && Arrays.equals(firstConcept, other.firstConcept)
        && Arrays.equals(concepts, other.concepts);
  }

  /** Number of arrays that {@link #arrays} gives and {@link #of} takes. */
  public static final int ARRAYS = 6;

  /** What it is made of, to be stored. */
  public List<int[]> arrays() {
    return List.of(formKeys, formWords, firstEdge, edgeWords, firstConcept, concepts);
  }

  /**
   * A thesaurus of its {@link #arrays}.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static Thesaurus of(List<int[]> arrays) {
    if (arrays.size() != ARRAYS) {
      throw new IllegalArgumentException(
          "a thesaurus has " + ARRAYS + " arrays, not " + arrays.size());
    }
    return new Thesaurus(
        arrays.get(0), arrays.get(1), arrays.get(2), arrays.get(3), arrays.get(4), arrays.get(5));
  }

  /** Whether it knows no name. */
  public boolean isEmpty() {
    return edgeWords.length == 0;
  }

  /** Number of names. */
  public int size() {
    int names = 0;
    for (int node = 0; node <= edgeWords.length; node++) {
      names += isName(node) ? 1 : 0;
    }
    return names;
  }

  /** Number of the word that a form is of, by its hash; -1 for a word in no name. */
  int word(int hash) {
    return words.place(hash);
  }

  /** The node that a word leads to; -1 if none. */
  int next(int node, int word) {
    if (node == 0) {
      return starts[word];
    }
    int edge = Arrays.binarySearch(edgeWords, firstEdge[node], firstEdge[node + 1], word);
    return edge < 0 ? NONE : edge + 1;
  }

  /** Whether a name ends at a node. */
  boolean isName(int node) {
    return firstConcept[node] < firstConcept[node + 1];
  }
}
