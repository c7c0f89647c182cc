package io.broadcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the runbook names exists: every setting with its default, every meter; and every alert has its four parts. */
class RunbookTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z0-9-]+)` \\| (?:–|`([^`]*)`) \\|");
    private static final Pattern METER = Pattern.compile("`(broadcaster(?:\\.[a-z]+)+)`");
    private static final Map<String, String> REQUIRED = Map.of(
            "api.issuer", "https://issuer.example",
            "apns.topic", "t",
            "apns.team-id", "T",
            "apns.key-id", "K",
            "apns.signing-key-file", "f",
            "fcm.project", "p",
            "fcm.service-account-file", "f");

    private final String runbook = read(ROOT.resolve("runbook.md"));

    @Test
    void settings_ofEverySection_standInTheTableWithTheirDefaults() {
        Settings settings = Settings.of(REQUIRED);
        io.broadcaster.aws.CloudConfig.from(settings);
        io.broadcaster.telemetry.TelemetryConfig.from(settings);
        io.broadcaster.api.ApiConfig.from(settings);
        io.broadcaster.loader.LoaderConfig.from(settings);
        io.broadcaster.fanout.FanoutConfig.from(settings);
        io.broadcaster.sender.SenderConfig.from(settings);
        var table = new TreeMap<String, String>();
        SETTING.matcher(runbook)
                .results()
                .forEach(row -> table.put(row.group(1), row.group(2) == null ? "" : row.group(2)));

        assertThat(table).containsExactlyEntriesOf(new TreeMap<>(settings.documented()));
    }

    @Test
    void meters_namedByAlerts_existInTheCode() throws IOException {
        List<String> named = METER.matcher(runbook)
                .results()
                .map(name -> name.group(1))
                .distinct()
                .toList();
        String code = mainSources();

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(meter ->
                        assertThat(code.contains("\"" + meter + "\"")).as(meter).isTrue());
    }

    @Test
    void alerts_each_haveMeaningImpactDiagnosisMitigation() {
        String alerts = runbook.substring(runbook.indexOf("## Alerts"), runbook.indexOf("## Settings"));
        List<String> sections =
                Pattern.compile("(?m)^### ").splitAsStream(alerts).skip(1).toList();

        assertThat(sections)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(Pattern.compile("(?m)^- \\*\\*(\\w+)\\*\\*: ")
                                .matcher(alert)
                                .results()
                                .map((MatchResult part) -> part.group(1)))
                        .as(alert.lines().findFirst().orElse(""))
                        .containsExactly("Meaning", "Impact", "Diagnosis", "Mitigation"));
    }

    private static String mainSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/"))
                    .map(RunbookTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
