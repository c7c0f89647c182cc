package io.broadcaster.api.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Section;
import io.broadcaster.config.SectionName;
import io.broadcaster.config.Settings;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AppsTest {
    @Test
    void from_nothingSet_isOneAppWithoutOthers() {
        assertThat(apps(Map.of())).isEqualTo(new Apps("Broadcaster", Map.of()));
    }

    @Test
    void from_nameAndOthers_isWhatTheConsoleShows() {
        Apps apps = apps(Map.of(
                "api.app", "Nachrichten 24", "api.apps", "News=https://news.example, sports=http://127.0.0.1:8081"));

        assertThat(apps.name()).isEqualTo("Nachrichten 24");
        assertThat(apps.others())
                .containsEntry("News", URI.create("https://news.example"))
                .containsEntry("sports", URI.create("http://127.0.0.1:8081"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "News",
                "News=",
                "News=news.example",
                "News=ftp://news.example",
                "=https://x.example",
                "a=https://a.example,a=https://b.example",
                "<b>=https://x.example"
            })
    void from_othersThatAreNone_areRefusedWithTheRule(String others) {
        assertThatThrownBy(() -> apps(Map.of("api.apps", others)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.apps must be Name=https://console.example");
    }

    @Test
    void from_moreThanFitAMenu_areRefused() {
        String many = IntStream.rangeClosed(0, 32)
                .mapToObj(i -> "app" + i + "=https://app" + i + ".example")
                .collect(Collectors.joining(","));

        assertThatThrownBy(() -> apps(Map.of("api.apps", many)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.apps must be at most 32 apps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<News>", "-news", "a-name-that-is-longer-than-what-is-allowed-here"})
    void from_nameThatIsNone_isRefused(String name) {
        assertThatThrownBy(() -> apps(Map.of("api.app", name)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.app must be 1 to 32");
    }

    private static Apps apps(Map<String, String> settings) {
        Section section = Settings.of(settings).section(SectionName.API);
        Apps apps = Apps.from(section);
        section.done();
        return apps;
    }
}
