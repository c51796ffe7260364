package org.medroute.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which learners are compared, and where: section {@code compare}.
 *
 * @param part documents that they are measured on
 * @param timedTexts texts that time a score
 * @param page path of the page; empty for the reports of the warehouse
 * @param contenders name to the {@code key=value} settings that make it, in file order
 */
public record CompareSettings(
    Part part, int timedTexts, Optional<String> page, Map<String, List<String>> contenders) {

  /** Documents to measure on. */
  public enum Part {
    /** The training part, each document by a model that was fitted without its fold. */
    OUT_OF_FOLD,
    /** The test part. */
    TEST
  }

  public CompareSettings {
    contenders = Collections.unmodifiableMap(new LinkedHashMap<>(contenders));
  }

  /** Reads section {@code compare}. */
  public static CompareSettings from(Settings settings) {
    Settings compare = settings.section("compare");
    Map<String, List<String>> contenders = new LinkedHashMap<>();
    for (String name : compare.names("contenders")) {
      contenders.put(name, compare.section("contenders").texts(name));
    }
    if (contenders.size() < 2) {
      throw compare.problem("contenders", "two or more");
    }
    return new CompareSettings(
        compare.choice("part", Part.class),
        compare.integer("timed-texts", 1, 1_000_000),
        compare.optionalText("page"),
        contenders);
  }
}
