package org.medroute.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an experiment is and what must come out of it: section {@code experiment} of its file.
 *
 * @param title what the task is, one line
 * @param why what it shows
 * @param data files below the setting {@code data} that it needs
 * @param also further files to ingest
 * @param fractions shares of the training part to train on, one model each; empty for one model
 * @param peers figures of other programs on the same split
 * @param peersSource where those are from; empty where there are none
 * @param counts documents by part, exactly
 * @param metrics expected measures by name
 */
public record ExperimentSettings(
    String title,
    String why,
    List<String> data,
    List<Also> also,
    List<Double> fractions,
    List<Peer> peers,
    String peersSource,
    Map<String, Long> counts,
    Map<String, Expected> metrics) {

  /** Files of one mapping. */
  public record Also(List<String> inputs, String mapping) {
    public Also {
      inputs = List.copyOf(inputs);
    }
  }

  /** Another program's figures. */
  public record Peer(String name, double accuracy, double macroF1) {}

  /**
   * An expected measure.
   *
   * @param value finite
   * @param tolerance largest difference that is no drift, 0 or more
   */
  public record Expected(double value, double tolerance) {}

  public ExperimentSettings {
    data = List.copyOf(data);
    also = List.copyOf(also);
    fractions = List.copyOf(fractions);
    peers = List.copyOf(peers);
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Reads section {@code experiment}.
   *
   * @throws ConfigurationException also if it has no title: the settings are no experiment
   */
  public static ExperimentSettings from(Settings settings) {
    Settings experiment = settings.section("experiment");
    List<Peer> peers = new ArrayList<>();
    for (String name : experiment.names("peers")) {
      Settings peer = experiment.section("peers").section(name);
      peers.add(new Peer(name, peer.number("accuracy", 0, 1), peer.number("macro-f1", 0, 1)));
    }
    List<Also> also = new ArrayList<>();
    for (Settings entry : experiment.sections("also")) {
      also.add(new Also(entry.texts("inputs"), entry.text("mapping")));
    }
    Settings expect = experiment.section("expect");
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String name : expect.names("counts")) {
      counts.put(name, expect.section("counts").longInteger(name, 0, Long.MAX_VALUE));
    }
    Map<String, Expected> metrics = new LinkedHashMap<>();
    for (String name : expect.names("metrics")) {
      Settings metric = expect.section("metrics").section(name);
      metrics.put(
          name,
          new Expected(
              metric.number("value", -Double.MAX_VALUE, Double.MAX_VALUE),
              metric.number("tolerance", 0, Double.MAX_VALUE)));
    }
    return new ExperimentSettings(
        experiment.text("title"),
        experiment.optionalText("why").orElse(""),
        experiment.texts("data"),
        also,
        experiment.numbers("fractions", 0.001, 1),
        peers,
        experiment.optionalText("peers-source").orElse(""),
        counts,
        metrics);
  }
}
