package org.medroute.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Words and phrases that ask for a person, whatever a model says of the text that holds them.
 *
 * <p>A phrase is cut into terms as texts are: one word, or its pairs of neighbouring words, stop
 * words apart ("rupture of the spleen" is the pair "rupture spleen"); a text holds the phrase if it
 * holds all of them. Terms are looked up by hash in the pass that scores the text, and a hit is
 * confirmed by a second pass over its letters.
 *
 * @param phrases each once
 */
public record RedFlags(List<String> phrases) implements Serializable {
  /** No phrases. */
  public static final RedFlags NONE = new RedFlags(List.of());

  public RedFlags {
    phrases = List.copyOf(phrases);
    TermScanner scanner = new TermScanner(TokenOptions.defaults());
    for (String phrase : phrases) {
      if (terms(phrase, scanner).isEmpty()) {
        throw new IllegalArgumentException(
            "The red flag \"" + phrase + "\" has no word that is read in a text");
      }
    }
  }

  /** The phrases of lines: blank ones and what follows a # are left out. */
  public static RedFlags of(List<String> lines) {
    return new RedFlags(
        lines.stream()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList());
  }

  public boolean isEmpty() {
    return phrases.isEmpty();
  }

  /** The working memory of one thread. */
  public Finder finder(TokenOptions options) {
    return new Finder(this, options);
  }

  /** Hash by term. Of several words the pairs alone count, where texts have pairs. */
  private static Map<String, Integer> terms(String phrase, TermScanner scanner) {
    Map<String, Integer> terms = new LinkedHashMap<>();
    scanner.scan(
        phrase,
        (hash, letters, start, length) -> terms.put(new String(letters, start, length), hash));
    if (terms.keySet().stream().anyMatch(term -> term.indexOf(' ') >= 0)) {
      terms.keySet().removeIf(term -> term.indexOf(' ') < 0);
    }
    return terms;
  }

  /** Looks for the phrases in one text after another; for one thread. */
  public static final class Finder {
    private static final int FREE = -1;

    private final List<String> phrases;
    private final List<Set<String>> terms = new ArrayList<>();
    private final TermScanner scanner;
    private final HashScanner hashScanner;

    /** By phrase the numbers of its terms. */
    private final int[][] needed;

    private final int[] keys;
    private final int[] slots;

    /** By number of a term the last text that held it. */
    private final int[] seen;

    private int text;
    private int hits;

    private Finder(RedFlags flags, TokenOptions options) {
      this.phrases = flags.phrases;
      this.scanner = new TermScanner(options);
      this.hashScanner = new HashScanner(options);
      this.needed = new int[phrases.size()][];
      Map<Integer, Integer> numbers = new LinkedHashMap<>();
      for (int phrase = 0; phrase < needed.length; phrase++) {
        Map<String, Integer> own = RedFlags.terms(phrases.get(phrase), scanner);
        terms.add(Set.copyOf(own.keySet()));
        needed[phrase] =
            own.values().stream()
                .mapToInt(hash -> numbers.computeIfAbsent(hash, key -> numbers.size()))
                .toArray();
      }
      int room = Integer.highestOneBit(Math.max(4, numbers.size())) * 4;
      this.keys = new int[room];
      this.slots = new int[room];
      this.seen = new int[numbers.size()];
      Arrays.fill(slots, FREE);
      numbers.forEach(
          (hash, number) -> {
            int slot = slot(hash);
            keys[slot] = hash;
            slots[slot] = number;
          });
    }

    /** Forgets the last text. */
    public void begin() {
      text++;
      hits = 0;
    }

    /** A term of the text, by its {@link TermHash}. */
    public void term(int hash) {
      int number = slots[slot(hash)];
      if (number != FREE && seen[number] != text) {
        seen[number] = text;
        hits++;
      }
    }

    /** The first phrase, in the order of the list, whose terms the text holds. */
    public Optional<String> end(String whole) {
      if (hits == 0) {
        return Optional.empty();
      }
      Set<String> letters = Set.of();
      for (int phrase = 0; phrase < needed.length; phrase++) {
        if (needed[phrase].length > 0 && allSeen(needed[phrase])) {
          letters = letters.isEmpty() ? read(whole) : letters;
          if (letters.containsAll(terms.get(phrase))) {
            return Optional.of(phrases.get(phrase));
          }
        }
      }
      return Optional.empty();
    }

    /** Looks through a text in a pass of its own. */
    public Optional<String> find(String whole) {
      begin();
      hashScanner.scan(
          whole,
          (hashes, count) -> {
            for (int term = 0; term < count; term++) {
              term(hashes[term]);
            }
          });
      return end(whole);
    }

    private boolean allSeen(int[] numbers) {
      for (int number : numbers) {
        if (seen[number] != text) {
          return false;
        }
      }
      return true;
    }

    private Set<String> read(String whole) {
      Set<String> found = new HashSet<>();
      scanner.scan(
          whole, (hash, letters, start, length) -> found.add(new String(letters, start, length)));
      return found;
    }

    private int slot(int hash) {
      int slot = ((hash * 0x9e3779b1) >>> 7) & (slots.length - 1);
      while (slots[slot] != FREE && keys[slot] != hash) {
        slot = (slot + 1) & (slots.length - 1);
      }
      return slot;
    }
  }
}
