package org.medroute.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The hashes of the terms of {@link BiomedicalTokenizer}, without their letters: all that scoring
 * by a forest needs.
 *
 * <p>Same terms in the same order as {@link TermScanner}, in other steps, each of them a short loop
 * over many words whose branches a processor foresees: where words stand ({@link WordMarks}), their
 * letters and which are kept ({@link WordSlots}), their hashes and those of their pairs ({@link
 * KeptWords}). One word in thirty is read char by char between these.
 *
 * <p>For one thread; keep it for many texts: its buffers take 200 KiB, and some twenty bytes a char
 * of the longest.
 */
public final class HashScanner {
  private final int minLength;
  private final boolean keepNumbers;
  private final StopTable stopWords;
  private final ScannedText scanned = new ScannedText();
  private final WordMarks marks = new WordMarks();
  private final WordReader reader;
  private final WordSlots slots;
  private final KeptWords kept;
  private final WordReader.Words hardWords = new HardWords();
  private final Runnable[] ofText;
  private final Runnable[] ofRuns;

  /** The first run of those that are in the slots. */
  private int firstRun;

  /** Place in the list of hard runs of the next one. */
  private int nextHard;

  /** What stands before is read already. */
  private int read;

  /** The slot for the next word of the reader. */
  private int slot;

  public HashScanner(TokenOptions options) {
    this.minLength = options.minLength();
    this.keepNumbers = options.numbers() == TokenOptions.Numbers.KEEP;
    Collection<String> words = StopTable.words(options);
    this.stopWords = new StopTable(words);
    this.reader = new WordReader(options);
    this.slots = new WordSlots(options, new PlainStops(words));
    this.kept = new KeptWords(slots, marks, options.maxNgram() > 1);
    this.ofText = marks.steps().toArray(Runnable[]::new);
    List<Runnable> steps = new ArrayList<>(slots.steps());
    steps.add(this::readHard);
    steps.add(marks::countSentences);
    steps.addAll(kept.steps());
    this.ofRuns = steps.toArray(Runnable[]::new);
  }

  /**
   * Gives the hashes of all terms to {@code hashes}: in one call, of a long text in several; none
   * or one of no term where there is none.
   */
  public void scan(String document, HashSink hashes) {
    scanned.load(document);
    marks.begin(scanned);
    all(ofText);
    kept.begin(hashes);
    reader.makeRoom(scanned.end() + 1);
    read = 0;
    nextHard = 0;
    for (firstRun = 0; firstRun < marks.count(); firstRun += WordSlots.ROOM) {
      if (firstRun > 0) {
        kept.goOn();
      }
      slots.begin(
          scanned.narrow(), marks, firstRun, Math.min(WordSlots.ROOM, marks.count() - firstRun));
      all(ofRuns);
    }
    kept.end();
  }

  /**
   * Takes steps that the compiler cannot know from here, so that it compiles each by itself: put
   * together into one method they want more registers than there are, and take a fifth longer.
   */
  private static void all(Runnable[] steps) {
    for (Runnable step : steps) {
      step.run();
    }
  }

  /** Reads hard words char by char, each into the slots of the runs that it is made of. */
  private void readHard() {
    slots.leaveOut(0, read);
    int[] hard = marks.hardRuns();
    int until = firstRun + slots.count;
    for (; hard[nextHard] < until; nextHard++) {
      slot = hard[nextHard] - firstRun;
      int start = slots.starts[slot];
      if (start >= read) {
        read = reader.read(scanned, start, 0);
        slots.leaveOut(slot, read);
        reader.give(hardWords);
        if (scanned.narrow()[read] == '.') {
          // whether it ends the sentence hangs on the length of the word, which is known only now
          marks.endSentence(read, scanned.endsSentence(read, reader.length()));
        }
      }
    }
  }

  private final class HardWords implements WordReader.Words {
    @Override
    public void word(int start, int size, int or, boolean lettered) {
      char[] line = reader.line();
      byte[] plain = reader.plain();
      if (size < minLength
          || (!lettered && !keepNumbers)
          || stopWords.contains(line, plain, start, size, or)) {
        return;
      }
      // a part has letters, and so a run of its own: there are as many slots as words
      if (or >= 0x80) {
        kept.putOther(slot, new String(line, start, size).getBytes(StandardCharsets.UTF_8));
        slots.put(slot, 0, 0, 0);
      } else if (size > PackedWord.LONGEST) {
        kept.putOther(slot, Arrays.copyOfRange(plain, start, start + size));
        slots.put(slot, 0, 0, 0);
      } else {
        slots.put(
            slot,
            PackedWord.first(plain, start, size),
            PackedWord.second(plain, start, size),
            size);
      }
      slot++;
    }

    @Override
    public void compound(int start, int size, int or) {
      kept.putAlone(
          slot,
          or < 0x80
              ? TermHash.plainHash(reader.plain(), start, size)
              : TermHash.hash(reader.line(), start, size));
    }

    @Override
    public void noWord() {
      marks.endSentence(slots.starts[slot], true);
    }
  }
}
