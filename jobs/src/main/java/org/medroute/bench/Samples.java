package org.medroute.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Seconds of one contender, one number a round.
 *
 * @param seconds in the order of the rounds
 */
record Samples(double[] seconds) {
  /** Something that is timed; does its own timing, so that preparations do not count. */
  interface Contender {
    /**
     * Runs once.
     *
     * @param round from 0
     * @return the seconds that it took
     */
    double run(int round);
  }

  Samples {
    seconds = seconds.clone();
  }

  /**
   * Runs contenders in turn, so that whatever else the machine does meets all of them.
   *
   * @param rounds of each contender; one that has had its rounds sits out
   */
  static Samples[] inTurn(int[] rounds, IntConsumer beforeRound, Contender... contenders) {
    double[][] seconds = new double[contenders.length][];
    for (int i = 0; i < contenders.length; i++) {
      seconds[i] = new double[rounds[i]];
    }
    for (int round = 0; round < Arrays.stream(rounds).max().orElse(0); round++) {
      beforeRound.accept(round);
      for (int i = 0; i < contenders.length; i++) {
        if (round < rounds[i]) {
          seconds[i][round] = contenders[i].run(round);
        }
      }
    }
    return Arrays.stream(seconds).map(Samples::new).toArray(Samples[]::new);
  }

  /** Seconds of some work. */
  static double time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  double median() {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The same rounds as rates: units a second. */
  Samples per(double units) {
    return new Samples(Arrays.stream(seconds).map(s -> units / s).toArray());
  }

  /** Median and range, with three digits that count. */
  String describe() {
    String middle = number(median());
    if (seconds.length == 1) {
      return middle + " (1 run)";
    }
    return middle
        + " ["
        + number(Arrays.stream(seconds).min().orElseThrow())
        + ", "
        + number(Arrays.stream(seconds).max().orElseThrow())
        + "]";
  }

  static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, value);
  }
}
