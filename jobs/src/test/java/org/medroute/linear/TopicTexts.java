package org.medroute.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.medroute.config.LinearSettings;
import org.medroute.config.ThesaurusSource;
import org.medroute.text.TokenOptions;

/** Texts of three topics with a heading each, and the training sets made of them. */
public final class TopicTexts {
  private static final String[][] TOPICS = {
    {"heart", "atrial", "cardiac", "cardiology", "aortic", "valve"},
    {"skin", "dermal", "dermatitis", "rash", "eczema", "psoriasis"},
    {"bone", "tooth", "fracture", "dental", "jaw", "cartilage"}
  };
  private static final String[] COMMON = {
    "patient", "trial", "dose", "study", "clinical", "cohort"
  };

  private TopicTexts() {}

  /** Text i is of topic i mod 3; every tenth text has a word of its own. */
  public static List<String> make(int number, long seed) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      StringBuilder text = new StringBuilder(word(random, i % 3)).append(" in a study\n");
      int size = 4 + random.nextInt(12);
      for (int w = 0; w < size; w++) {
        text.append(word(random, i % 3)).append(random.nextInt(6) == 0 ? ". " : " ");
      }
      if (i % 10 == 0) {
        text.append("pericardi").append((char) ('a' + i / 10 % 26)).append("x");
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static String word(Random random, int topic) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> COMMON[random.nextInt(COMMON.length)];
      case 2 -> TOPICS[random.nextInt(3)][random.nextInt(6)];
      default -> TOPICS[topic][random.nextInt(6)];
    };
  }

  /** Settings with small minima. */
  public static LinearSettings settings(LinearSettings.Learner learner, double cost) {
    return new LinearSettings(
        learner,
        cost,
        0.5,
        0.1,
        2,
        0.6,
        0.7,
        ThesaurusSource.none("linear"),
        0.6,
        0.3,
        2,
        2,
        0.3,
        0.3,
        100_000);
  }

  /**
   * The texts as a training set, text i labelled i mod 3; every 13th is of the class after that as
   * well.
   */
  public static LinearTrainingSet trainingSet(List<String> texts, LinearSettings settings) {
    return trainingSet(texts, Thesaurus.EMPTY, settings);
  }

  public static LinearTrainingSet trainingSet(
      List<String> texts, Thesaurus thesaurus, LinearSettings settings) {
    Map<Integer, String> words = new HashMap<>();
    TermRow.Maker maker =
        new TermRow.Maker(
            TokenOptions.defaults(), thesaurus, (word, hash) -> words.put(hash, word));
    List<TermRow> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      rows.add(maker.row(String.format("%05d", i), labels(i), 0.5 + i % 4, texts.get(i)));
    }
    return LinearTrainingSet.of(rows, words, 3, TokenOptions.defaults(), thesaurus, settings);
  }

  /** The classes of text i in a training set. */
  public static int[] labels(int i) {
    return i % 13 == 0 ? new int[] {i % 3, (i + 1) % 3} : new int[] {i % 3};
  }

  /** The fits of all classes. */
  public static List<ClassFit> fits(LinearTrainingSet set) {
    return List.of(ClassFit.of(set, 0), ClassFit.of(set, 1), ClassFit.of(set, 2));
  }
}
