package io.broadcaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private enum Pace {
        FLAT_OUT,
        STEADY
    }

    @Test
    void get_nothingSet_isTheDefault() {
        Section section = Settings.of(Map.of()).section(SectionName.SENDER);

        assertThat(section.text("name", "x")).isEqualTo("x");
        assertThat(section.integer("pollers", 3, 1, 9)).isEqualTo(3);
        assertThat(section.whole("bytes", 5L, 1, 9)).isEqualTo(5L);
        assertThat(section.duration("wait", Duration.ofSeconds(2), Duration.ZERO, Duration.ofHours(1)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(section.flag("on", true)).isTrue();
        assertThat(section.choice("pace", Pace.STEADY)).isEqualTo(Pace.STEADY);
        assertThat(section.optionalText("t")).isEmpty();
        assertThat(section.optionalUri("u")).isEmpty();
        assertThat(section.optionalSecret("s")).isEmpty();
        section.done();
    }

    @Test
    void get_everyTypeSet_isThatValue() {
        Section section = section(Map.of(
                "sender.pollers", " 1_0 ",
                "sender.on", "false",
                "sender.pace", "flat-out",
                "sender.u", "http://127.0.0.1:4566",
                "sender.s", "hush"));

        assertThat(section.integer("pollers", 3, 1, 10)).isEqualTo(10);
        assertThat(section.flag("on", true)).isFalse();
        assertThat(section.choice("pace", Pace.STEADY)).isEqualTo(Pace.FLAT_OUT);
        assertThat(section.optionalUri("u")).contains(URI.create("http://127.0.0.1:4566"));
        assertThat(section.optionalSecret("s").map(Secret::reveal)).contains("hush");
        section.done();
    }

    @Test
    void get_blank_isTheDefault() {
        assertThat(section(Map.of("sender.name", "  ")).text("name", "x")).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "30s, 30000", "5m, 300000", "2h, 7200000", "1d, 86400000", "PT1.5S, 1500"})
    void duration_inEachForm_isRead(String text, long millis) {
        assertThat(section(Map.of("sender.wait", text))
                        .duration("wait", Duration.ZERO, Duration.ZERO, Duration.ofDays(2)))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "3 s", "-3s", "soon", "2d", "999999999999999d"})
    void duration_bad_namesKeyRuleAndValue(String text) {
        assertRefused(
                text,
                s -> s.duration("key", Duration.ofSeconds(1), Duration.ZERO, Duration.ofHours(1)),
                "sender.key must be a duration from 0ms to 1h, such as 250ms or 30s, but was '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "ten", "1.5", "99999999999999999999"})
    void integer_bad_namesKeyRuleAndValue(String text) {
        assertRefused(
                text,
                s -> s.integer("key", 3, 1, 10),
                "sender.key must be a whole number from 1 to 10, but was '" + text + "'");
    }

    @Test
    void otherTypes_bad_nameKeyRuleAndValue() {
        assertRefused("yes", s -> s.flag("key", true), "sender.key must be true or false, but was 'yes'");
        assertRefused(
                "FLAT_OUT",
                s -> s.choice("key", Pace.STEADY),
                "sender.key must be one of [flat-out, steady], but was 'FLAT_OUT'");
        assertRefused(
                "localhost",
                s -> s.optionalUri("key"),
                "sender.key must be an absolute URI such as https://host:443, but was 'localhost'");
        assertRefused(
                "http://a b",
                s -> s.optionalUri("key"),
                "sender.key must be an absolute URI such as https://host:443, but was 'http://a b'");
    }

    @Test
    void done_severalProblems_tellsAllAtOnceUnknownKeysIncluded() {
        Section section = section(Map.of("sender.a", "x", "sender.b", "y", "sender.c", "z"));
        section.flag("a", true);
        section.integer("b", 1, 0, 2);

        assertThatThrownBy(section::done).isInstanceOfSatisfying(ConfigException.class, e -> {
            assertThat(e.problems())
                    .containsExactly(
                            "sender.a must be true or false, but was 'x'",
                            "sender.b must be a whole number from 0 to 2, but was 'y'",
                            "unknown key 'sender.c': the section has [a, b]");
            assertThat(e).hasMessageStartingWith("Bad configuration:\n  - sender.a");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendr.pollers", "pollers", "Sender.pollers", ""})
    void of_unknownSection_isRefusedByName(String key) {
        assertThatThrownBy(() -> Settings.of(Map.of(key, "1")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key '" + key + "': a key is section.name, with the section one of "
                        + "cloud, telemetry, api, loader, fanout, sender, apns, fcm");
    }

    @Test
    void load_fileEnvironmentAndOverrides_laterWins(@TempDir Path dir) throws IOException {
        Path first =
                Files.writeString(dir.resolve("a.properties"), "sender.a = 1\nsender.b = 1\nsender.c=1\nsender.d=1\n");
        Path second = Files.writeString(dir.resolve("b.properties"), "sender.b=2\nsender.c=2\nsender.d=2\n");

        Section section = Settings.load(
                        List.of(first, second),
                        Map.of("BROADCASTER_SENDER_C", "3", "BROADCASTER_SENDER_D", "3", "PATH", "/bin"),
                        Map.of("sender.d", "4"))
                .section(SectionName.SENDER);

        assertThat(List.of(section.text("a", ""), section.text("b", ""), section.text("c", ""), section.text("d", "")))
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void load_environment_mapsUnderscoresToDashes() {
        Section section = Settings.load(
                        List.of(),
                        Map.of("BROADCASTER_APNS_SIGNING_KEY_FILE", "/k.p8", "BROADCASTER_JAVA_HOME", "/jdk"),
                        Map.of())
                .section(SectionName.APNS);

        assertThat(section.optionalText("signing-key-file")).contains("/k.p8");
    }

    @Test
    void load_missingFile_isRefusedByName(@TempDir Path dir) {
        Path missing = dir.resolve("none.properties");

        assertThatThrownBy(() -> Settings.load(List.of(missing), Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("settings file " + missing + " cannot be read");
    }

    @Test
    void with_overrides_leavesTheOriginalAlone() {
        Settings original = Settings.of(Map.of("sender.a", "1"));
        Settings changed = original.with(Map.of("sender.a", "2"));

        assertThat(original.section(SectionName.SENDER).text("a", "")).isEqualTo("1");
        assertThat(changed.section(SectionName.SENDER).text("a", "")).isEqualTo("2");
    }

    @Test
    void secret_shownAnyWay_isNeverPrinted() {
        Optional<Secret> secret = section(Map.of("sender.s", "hush-hush")).optionalSecret("s");

        assertThat(secret).get().hasToString("Secret[9 bytes]");
        assertThat(secret.toString()).doesNotContain("hush");
        assertThat(secret.orElseThrow().bytes())
                .isNotSameAs(secret.orElseThrow().bytes());
    }

    private static void assertRefused(String value, Consumer<Section> read, String message) {
        Section section = section(Map.of("sender.key", value));
        read.accept(section);

        assertThatThrownBy(section::done)
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).containsExactly(message));
    }

    private static Section section(Map<String, String> values) {
        return Settings.of(values).section(SectionName.SENDER);
    }
}
