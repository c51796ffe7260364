package org.medroute.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private enum Shade {
    LIGHT_GREY,
    BLACK
  }

  @TempDir Path directory;

  private static Settings settings(String hocon) {
    return SettingsLoader.withDefaults()
        .text("test.conf", "spark.conf {\n" + hocon + "\n}")
        .load()
        .section("spark.conf");
  }

  @Test
  void laterLayersWin() throws IOException {
    Path first = Files.writeString(directory.resolve("a.conf"), "warehouse = one");
    Path second = Files.writeString(directory.resolve("b.conf"), "warehouse = two");
    SettingsLoader loader = SettingsLoader.withDefaults().file(first).file(second);
    assertThat(loader.load().text("warehouse")).isEqualTo("two");
    assertThat(loader.set("warehouse=s3a://bucket/x").load().text("warehouse"))
        .isEqualTo("s3a://bucket/x");
  }

  @Test
  void unknownKeyNamesFileLineAndNearestKey() throws IOException {
    Path file = Files.writeString(directory.resolve("bad.conf"), "# comment\n\nwarehose = x\n");
    assertThatThrownBy(() -> SettingsLoader.withDefaults().file(file).load())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + ":3: unknown setting warehose; did you mean warehouse?");
  }

  @Test
  void unknownKeysAreAllowedBelowOpenKeys() {
    assertThat(settings("\"spark.foo\" = 3").textMap("").get("spark.foo")).isEqualTo("3");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> SettingsLoader.withDefaults().file(Path.of("nowhere.conf")))
        .hasMessageContaining("nowhere.conf does not exist");
  }

  @Test
  void brokenSyntaxNamesTheLine() throws IOException {
    Path file = Files.writeString(directory.resolve("broken.conf"), "a = 1\nb = {\n");
    assertThatThrownBy(() -> SettingsLoader.withDefaults().file(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("not valid HOCON");
  }

  @Test
  void wrongTypeAndRangeSayWhatWasExpectedAndFound() {
    Settings settings = settings("trees = many\ndepth = 99\nhalf = 1.5");
    assertThatThrownBy(() -> settings.integer("trees", 1, 10))
        .hasMessage(
            "test.conf:2: setting spark.conf.trees: expected a whole number from 1 to 10, found"
                + " \"many\"");
    assertThatThrownBy(() -> settings.integer("depth", 0, 30))
        .hasMessageContaining("test.conf:3")
        .hasMessageContaining("from 0 to 30, found 99");
    assertThatThrownBy(() -> settings.integer("half", 0, 30)).hasMessageContaining("found 1.5");
    assertThatThrownBy(() -> settings.number("gone", 0, 1))
        .hasMessageContaining("setting spark.conf.gone is missing");
  }

  @Test
  void readsListsMapsChoicesAndSections() {
    Settings settings =
        settings(
            "b { x = 1 }\na { y = two }\nlist = [1, 2]\none = alone\nshade = light-grey\nparts = [{n = 1}, {n = 2}]");
    assertThat(settings.names("")).startsWith("b", "a");
    assertThat(settings.integers("list", 1, 2)).containsExactly(1, 2);
    assertThat(settings.texts("one")).containsExactly("alone");
    assertThat(settings.choice("shade", Shade.class)).isEqualTo(Shade.LIGHT_GREY);
    assertThatThrownBy(() -> settings.choice("one", Shade.class))
        .hasMessageContaining("one of light-grey, black");
    assertThat(settings.sections("parts")).hasSize(2);
    assertThat(settings.sections("parts").get(1).integer("n", 0, 9)).isEqualTo(2);
    assertThat(settings.textMap("a")).containsEntry("y", "two");
  }

  @Test
  void secretsAreRedacted() {
    Settings all =
        SettingsLoader.withDefaults()
            .text("t", "spark.conf { \"fs.s3a.secret.key\" = not-to-be-seen, \"spark.x\" = shown }")
            .load();
    assertThat(all.redactedJson()).doesNotContain("not-to-be-seen").contains("shown", "<redacted>");
  }

  @Test
  void setReadsPlainTextThatIsNoHocon() {
    Settings settings = SettingsLoader.withDefaults().set("warehouse=C:\\a{b").load();
    assertThat(settings.text("warehouse")).isEqualTo("C:\\a{b");
    assertThatThrownBy(() -> SettingsLoader.withDefaults().set("novalue"))
        .hasMessageContaining("expected key=value");
  }

  @Test
  void aSettingMayBeASubstitutionThatHasNoValue() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("env.conf"),
            "forest { seed = 7, num-trees = ${?MEDROUTE_NO_SUCH_VARIABLE} }\ndata = elsewhere");
    Settings settings = SettingsLoader.withDefaults().file(file).load();
    assertThat(settings.integer("forest.num-trees", 1, 1000)).isEqualTo(100);
    assertThat(settings.integer("forest.seed", 1, 10)).isEqualTo(7);
    assertThat(settings.text("data")).isEqualTo("elsewhere");
  }

  @Test
  void theOverlaysTravelAsOneTextWithoutTheValuesOfTheEnvironment() throws IOException {
    Files.writeString(directory.resolve("part.conf"), "forest.seed = 7");
    Path file =
        Files.writeString(
            directory.resolve("whole.conf"),
            "include \"part.conf\"\nspark.conf { \"fs.s3a.secret.key\" = ${PATH}, \"spark.x\" = 1 }");
    SettingsLoader here = SettingsLoader.withDefaults().file(file).set("spark.conf.\"spark.x\"=2");
    String text = here.overlayText();
    assertThat(text).contains("${PATH}").doesNotContain(System.getenv("PATH"));
    Settings there = SettingsLoader.withDefaults().text("sent", text).load();
    assertThat(there.redactedJson()).isEqualTo(here.load().redactedJson());
    assertThat(there.textMap("spark.conf")).containsEntry("spark.x", "2");
    assertThat(there.integer("forest.seed", 1, 10)).isEqualTo(7);
  }
}
