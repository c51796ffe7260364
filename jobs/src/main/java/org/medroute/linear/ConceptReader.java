package org.medroute.linear;

import java.util.Arrays;

/**
 * Finds the names of a thesaurus in a text and counts their concepts: at each place the longest
 * name, and the search goes on behind it. For one thread.
 *
 * <p>Cost of a text: a lookup a word, and a count a concept of each name found.
 */
final class ConceptReader {
  private final Thesaurus thesaurus;
  private final TermCounts counts = new TermCounts();

  /**
   * How often each concept is named: most are so several times, which a hash for each would cost.
   */
  private final int[] times;

  /** Concepts named, in the order of the text. */
  private final int[] found;

  private int foundSize;

  /** Number and hash of each word of the text in turn. */
  private int[] words = new int[1 << 9];

  private int[] hashes = new int[1 << 9];

  /** Whether it goes on from the word before. */
  private boolean[] joined = new boolean[1 << 9];

  private int size;

  /** Where the name found last ends; behind the word where there is none. */
  private int until;

  private boolean counted;

  ConceptReader(Thesaurus thesaurus) {
    this.thesaurus = thesaurus;
    this.times = new int[thesaurus.distinct.length];
    this.found = new int[thesaurus.distinct.length];
  }

  void clear() {
    counts.clear();
    size = 0;
    counted = false;
  }

  /** Takes the next word. */
  void word(int hash) {
    if (size == words.length) {
      words = Arrays.copyOf(words, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      joined = Arrays.copyOf(joined, 2 * size);
    }
    words[size] = thesaurus.word(hash);
    hashes[size] = hash;
    joined[size++] = false;
  }

  /** Says that the word taken last stands beside the one before it. */
  void join() {
    joined[size - 1] = true;
  }

  /** Concepts of the words taken, once all are. */
  TermCounts counts() {
    if (!counted) {
      count();
      counted = true;
    }
    return counts;
  }

  private void count() {
    int at = 0;
    while (at < size) {
      int name = find(at);
      for (int of = thesaurus.firstConcept[name]; of < thesaurus.firstConcept[name + 1]; of++) {
        int number = thesaurus.numbers[of];
        if (times[number]++ == 0) {
          found[foundSize++] = number;
        }
      }
      at = until;
    }
    for (int i = 0; i < foundSize; i++) {
      counts.add(thesaurus.distinct[found[i]], times[found[i]]);
      times[found[i]] = 0;
    }
    foundSize = 0;
  }

  /** Gives each name its words' share of what its concepts did, by term of the text. */
  void share(TermCounts terms, double[] byConcept, double[] byTerm) {
    int at = 0;
    while (at < size) {
      int name = find(at);
      double sum = 0;
      for (int of = thesaurus.firstConcept[name]; of < thesaurus.firstConcept[name + 1]; of++) {
        int concept = counts.find(thesaurus.concepts[of]);
        sum += byConcept[concept] / counts.count(concept);
      }
      for (int word = at; word < until && name > 0; word++) {
        byTerm[terms.find(hashes[word])] += sum / (until - at);
      }
      at = until;
    }
  }

  /** Node of the longest name at a word, or 0, the root, which is none; sets where it ends. */
  private int find(int at) {
    until = at + 1;
    int node = words[at] < 0 ? -1 : thesaurus.next(0, words[at]);
    int name = 0;
    int next = at + 1;
    while (node >= 0) {
      if (thesaurus.isName(node)) {
        name = node;
        until = next;
      }
      node =
          next < size && joined[next] && words[next] >= 0 ? thesaurus.next(node, words[next]) : -1;
      next++;
    }
    return name;
  }
}
