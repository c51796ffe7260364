package org.medroute.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The resolved settings of a run, read by full path with type and range. Every complaint names the
 * file and line of the value, its key, what was found and what was expected.
 *
 * <p>Paths are relative to this section; messages show the whole path. See {@link SettingsLoader}
 * for where the values come from.
 */
public final class Settings {
  private final Config config;
  private final String prefix;
  private final SettingsLoader layers;

  Settings(Config config, String prefix, SettingsLoader layers) {
    this.config = config;
    this.prefix = prefix;
    this.layers = layers;
  }

  /**
   * All settings anew with a further overlay file: over the files that they were read from, under
   * what the command line sets one by one.
   */
  public Settings withFile(Path file) {
    return layers.copy().fileBelowSingles(file).load();
  }

  /** All settings anew with single {@code key=value} settings over them. */
  public Settings with(List<String> assignments) {
    SettingsLoader loader = layers.copy();
    assignments.forEach(loader::set);
    return loader.load();
  }

  /** Text, trimmed, not empty. */
  public String text(String path) {
    return optionalText(path).orElseThrow(() -> problem(path, "a text that is not empty"));
  }

  /** Text, or empty where the key is absent, null or blank. */
  public Optional<String> optionalText(String path) {
    if (!has(path)) {
      return Optional.empty();
    }
    return Optional.of(typed(path, "a text", config::getString).strip())
        .filter(value -> !value.isEmpty());
  }

  /** A whole number of {@code min..max}, both included. */
  public int integer(String path, int min, int max) {
    return (int) longInteger(path, min, max);
  }

  /** A whole number of {@code min..max}, both included. */
  public long longInteger(String path, long min, long max) {
    String expected = "a whole number from " + min + " to " + max;
    double exact = typed(path, expected, config::getDouble);
    long value = typed(path, expected, config::getLong);
    if (exact != Math.rint(exact) || value < min || value > max) {
      throw problem(path, expected);
    }
    return value;
  }

  /** A finite number of {@code min..max}, both included. */
  public double number(String path, double min, double max) {
    String expected = "a number from " + min + " to " + max;
    double value = typed(path, expected, config::getDouble);
    if (!(value >= min && value <= max)) {
      throw problem(path, expected);
    }
    return value;
  }

  /** True or false. */
  public boolean flag(String path) {
    return typed(path, "true or false", config::getBoolean);
  }

  /** A list of texts, possibly empty; a single text counts as a list of one. */
  public List<String> texts(String path) {
    if (has(path) && config.getValue(quoted(path)).valueType() == ConfigValueType.STRING) {
      String single = config.getString(quoted(path)).strip();
      return single.isEmpty() ? List.of() : List.of(single);
    }
    return List.copyOf(typed(path, "a list of texts", config::getStringList));
  }

  /** A list of whole numbers, each of {@code min..max}. */
  public List<Integer> integers(String path, int min, int max) {
    String expected = "a list of whole numbers from " + min + " to " + max;
    List<Integer> values = typed(path, expected, config::getIntList);
    for (int value : values) {
      if (value < min || value > max) {
        throw problem(path, expected);
      }
    }
    return List.copyOf(values);
  }

  /** A list of numbers, each of {@code min..max}. */
  public List<Double> numbers(String path, double min, double max) {
    String expected = "a list of numbers from " + min + " to " + max;
    List<Double> values = typed(path, expected, config::getDoubleList);
    for (double value : values) {
      if (!(value >= min && value <= max)) {
        throw problem(path, expected);
      }
    }
    return List.copyOf(values);
  }

  /**
   * The entries of an object whose values are texts or numbers, in file order; {@code ""} names
   * this section.
   */
  public Map<String, String> textMap(String path) {
    Settings section = path.isEmpty() ? this : section(path);
    Map<String, String> entries = new LinkedHashMap<>();
    for (String name : section.names("")) {
      entries.put(name, section.plainText(name));
    }
    return Collections.unmodifiableMap(entries);
  }

  private String plainText(String name) {
    ConfigValue value = config.root().get(name);
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      throw problemAt(value.origin(), name, "a text", "found " + describe(value));
    }
    return String.valueOf(value.unwrapped());
  }

  /** The child keys of an object in file order; {@code ""} names this section itself. */
  public List<String> names(String path) {
    ConfigObject object =
        path.isEmpty() ? config.root() : typed(path, "an object", config::getObject);
    List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(object.entrySet());
    entries.sort(
        Comparator.comparing(
                (Map.Entry<String, ConfigValue> entry) ->
                    Optional.ofNullable(entry.getValue().origin().description()).orElse(""),
                Comparator.comparing(Settings::withoutLine))
            .thenComparing(entry -> entry.getValue().origin().lineNumber())
            .thenComparing(Map.Entry::getKey));
    return entries.stream().map(Map.Entry::getKey).toList();
  }

  /** One of the constants of {@code values}, written in kebab-case. */
  public <E extends Enum<E>> E choice(String path, Class<E> values) {
    String text = text(path).toLowerCase(Locale.ROOT);
    List<String> names = Arrays.stream(values.getEnumConstants()).map(Settings::kebab).toList();
    int index = names.indexOf(text);
    if (index < 0) {
      throw problem(path, "one of " + String.join(", ", names));
    }
    return values.getEnumConstants()[index];
  }

  /** The kebab-case name of an enum constant, as configuration files and tables write it. */
  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The object at a path as settings of its own. */
  public Settings section(String path) {
    return new Settings(typed(path, "an object", config::getConfig), whole(path), layers);
  }

  /** The objects of a list. */
  public List<Settings> sections(String path) {
    List<? extends Config> list = typed(path, "a list of objects", config::getConfigList);
    List<Settings> sections = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      sections.add(new Settings(list.get(i), whole(path) + "[" + i + "]", layers));
    }
    return List.copyOf(sections);
  }

  /** Whether the key is there and not null. */
  public boolean has(String path) {
    return config.hasPath(quoted(path));
  }

  /** The complaint about the value at a path; throw what it returns. */
  public ConfigurationException problem(String path, String expected) {
    if (!config.hasPathOrNull(quoted(path))) {
      return new ConfigurationException(
          prefixOrigin() + "setting " + whole(path) + " is missing: expected " + expected);
    }
    if (config.getIsNull(quoted(path))) {
      return new ConfigurationException(
          "setting " + whole(path) + " is null: expected " + expected);
    }
    ConfigValue value = config.getValue(quoted(path));
    return problemAt(value.origin(), path, expected, "found " + describe(value));
  }

  private String prefixOrigin() {
    return prefix.isEmpty() ? "" : place(config.origin()) + ": ";
  }

  private ConfigurationException problemAt(
      ConfigOrigin origin, String path, String expected, String found) {
    return new ConfigurationException(
        place(origin) + ": setting " + whole(path) + ": expected " + expected + ", " + found);
  }

  private <T> T typed(String path, String expected, Function<String, T> reader) {
    try {
      return reader.apply(quoted(path));
    } catch (ConfigException.WrongType | ConfigException.Missing | ConfigException.BadValue e) {
      ConfigurationException problem = problem(path, expected);
      problem.addSuppressed(e);
      throw problem;
    }
  }

  private String whole(String path) {
    return prefix.isEmpty() ? path : prefix + "." + path;
  }

  /**
   * Keys such as "5-HT3" or "C01" need no quotes, but a key with a dot or blank does: names() gives
   * it raw.
   */
  private String quoted(String path) {
    return config.root().containsKey(path)
        ? com.typesafe.config.ConfigUtil.quoteString(path)
        : path;
  }

  private static String describe(ConfigValue value) {
    return value.render(com.typesafe.config.ConfigRenderOptions.concise());
  }

  private static String withoutLine(String description) {
    return description.replaceFirst(": \\d+(-\\d+)?$", "");
  }

  /** "file:line" of an origin, or its description where it comes from no file. */
  static String place(ConfigOrigin origin) {
    String name =
        origin.filename() != null
            ? origin.filename()
            : origin.resource() != null ? origin.resource() : withoutLine(origin.description());
    return origin.lineNumber() > 0 ? name + ":" + origin.lineNumber() : name;
  }

  /**
   * The whole effective configuration as JSON, secrets replaced: for the log and the runs table.
   */
  public String redactedJson() {
    return Redaction.of(config).root().render(com.typesafe.config.ConfigRenderOptions.concise());
  }

  /**
   * The values of one section as canonical JSON with sorted keys: what a configuration hash is made
   * of.
   */
  public String canonicalJson(String path) {
    return typed(path, "a value", config::getValue)
        .render(com.typesafe.config.ConfigRenderOptions.concise());
  }
}
