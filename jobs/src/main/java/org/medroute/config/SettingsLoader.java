package org.medroute.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds {@link Settings} from layers, later ones winning: reference.conf of this project, overlay
 * files in the order given, then single {@code key=value} settings.
 *
 * <p>reference.conf is the list of keys that exist. A key of an overlay that it does not name is an
 * error, except below the keys that its own list {@code open-keys} names (maps whose keys users
 * choose).
 */
public final class SettingsLoader {
  private static final String REFERENCE = "/reference.conf";
  private static final String OPEN_KEYS = "open-keys";

  private final Config reference;
  private final List<Layer> layers;

  private SettingsLoader(Config reference, List<Layer> layers) {
    this.reference = reference;
    this.layers = new ArrayList<>(layers);
  }

  /** Where a layer came from: a file that names many settings, or the user who named one. */
  private enum Kind {
    FILE,
    SINGLE
  }

  private record Layer(Kind kind, Config config) {}

  /** Starts from reference.conf. */
  public static SettingsLoader withDefaults() {
    try (InputStream stream = SettingsLoader.class.getResourceAsStream(REFERENCE)) {
      if (stream == null) {
        throw new ConfigurationException("reference.conf is not on the class path");
      }
      // read by class, not by name over the class path: a platform jar may carry a reference.conf
      // too
      return new SettingsLoader(
          ConfigFactory.parseReader(
              new InputStreamReader(stream, StandardCharsets.UTF_8),
              ConfigParseOptions.defaults().setOriginDescription("reference.conf")),
          List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds an overlay file; its includes are read relative to it. */
  public SettingsLoader file(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "configuration file " + file + " does not exist; see conf/ for examples");
    }
    return overlay(Kind.FILE, parse(() -> ConfigFactory.parseFile(file.toFile())));
  }

  /** The same layers in a loader of their own. */
  SettingsLoader copy() {
    return new SettingsLoader(reference, layers);
  }

  /** Adds an overlay file over the other files, but under the settings that were given singly. */
  SettingsLoader fileBelowSingles(Path file) {
    SettingsLoader only = new SettingsLoader(reference, List.of()).file(file);
    int at = layers.size();
    while (at > 0 && layers.get(at - 1).kind() == Kind.SINGLE) {
      at--;
    }
    layers.addAll(at, only.layers);
    return this;
  }

  /** Adds an overlay that is given as text; {@code name} stands for the file in messages. */
  public SettingsLoader text(String name, String hocon) {
    return overlay(
        Kind.FILE,
        parse(
            () ->
                ConfigFactory.parseReader(
                    new StringReader(hocon),
                    ConfigParseOptions.defaults().setOriginDescription(name))));
  }

  /** Adds one {@code key=value}; the value is read as HOCON, and as plain text where it is none. */
  public SettingsLoader set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw new ConfigurationException(
          "--set " + assignment + ": expected key=value, such as forest.num-trees=50");
    }
    String key = assignment.substring(0, equals).strip();
    String value = assignment.substring(equals + 1);
    String name = "--set " + key;
    Config parsed;
    try {
      parsed =
          ConfigFactory.parseString(
              key + " = " + value, ConfigParseOptions.defaults().setOriginDescription(name));
    } catch (ConfigException e) {
      parsed = literal(key, value, name);
    }
    return overlay(Kind.SINGLE, parsed);
  }

  /** Sets a key to a text as it stands. */
  public SettingsLoader literal(String key, String value) {
    return overlay(Kind.SINGLE, literal(key, value, "option for " + key));
  }

  private static Config literal(String key, String value, String name) {
    return parse(
        () ->
            ConfigFactory.parseString(
                key + " = " + ConfigUtil.quoteString(value),
                ConfigParseOptions.defaults().setOriginDescription(name)));
  }

  private SettingsLoader overlay(Kind kind, Config config) {
    layers.add(new Layer(kind, config));
    return this;
  }

  private Config overlays() {
    Config all = ConfigFactory.empty();
    for (Layer layer : layers) {
      all = layer.config().withFallback(all);
    }
    return all;
  }

  /**
   * All layers over reference.conf as one HOCON text, for {@link #text} on a machine that has none
   * of the files. Includes are in it; substitutions stay as they are written and take their values,
   * secrets among them, from the environment of that machine.
   */
  public String overlayText() {
    return overlays()
        .root()
        .render(
            ConfigRenderOptions.defaults()
                .setOriginComments(false)
                .setComments(false)
                .setJson(false));
  }

  /** Merges, resolves substitutions (environment included) and checks for unknown keys. */
  public Settings load() {
    Config overlays = overlays();
    Config resolved;
    try {
      resolved = overlays.withFallback(reference).resolve();
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw new ConfigurationException(
          Settings.place(e.origin() == null ? overlays.origin() : e.origin())
              + ": a substitution has no value; set the environment variable that it names. "
              + e.getMessage(),
          e);
    }
    // after the substitutions: a value that is still one has no type to compare
    Set<String> open = new HashSet<>(reference.getStringList(OPEN_KEYS));
    List<String> problems = new ArrayList<>();
    findUnknown(resolved.root(), reference.resolve().root(), "", open, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(String.join("\n", problems));
    }
    return new Settings(resolved, "", copy());
  }

  private static void findUnknown(
      ConfigObject overlay,
      ConfigObject known,
      String path,
      Set<String> open,
      List<String> problems) {
    for (Map.Entry<String, ConfigValue> entry : overlay.entrySet()) {
      String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      ConfigValue value = entry.getValue();
      if (open.contains(key)) {
        continue;
      }
      ConfigValue reference = known.get(entry.getKey());
      if (reference == null) {
        problems.add(unknown(value.origin(), key, entry.getKey(), known));
      } else if (value.valueType() == ConfigValueType.OBJECT
          && reference.valueType() == ConfigValueType.OBJECT) {
        findUnknown((ConfigObject) value, (ConfigObject) reference, key, open, problems);
      } else if (value.valueType() == ConfigValueType.OBJECT
          || reference.valueType() == ConfigValueType.OBJECT) {
        problems.add(
            Settings.place(value.origin())
                + ": setting "
                + key
                + ": expected "
                + (reference.valueType() == ConfigValueType.OBJECT ? "an object" : "a value")
                + ", found "
                + (value.valueType() == ConfigValueType.OBJECT ? "an object" : "a value"));
      }
    }
  }

  private static String unknown(ConfigOrigin origin, String key, String name, ConfigObject known) {
    String nearest =
        known.keySet().stream()
            .min(
                java.util.Comparator.comparingInt((String candidate) -> distance(name, candidate))
                    .thenComparing(candidate -> candidate))
            .filter(candidate -> distance(name, candidate) <= 1 + name.length() / 3)
            .map(candidate -> "; did you mean " + candidate + "?")
            .orElse(
                "; known here: " + String.join(", ", known.keySet().stream().sorted().toList()));
    return Settings.place(origin) + ": unknown setting " + key + nearest;
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }

  private static Config parse(java.util.function.Supplier<Config> parser) {
    try {
      return parser.get();
    } catch (ConfigException e) {
      String place = e.origin() == null ? "" : Settings.place(e.origin()) + ": ";
      throw new ConfigurationException(place + "not valid HOCON: " + e.getMessage(), e);
    }
  }
}
