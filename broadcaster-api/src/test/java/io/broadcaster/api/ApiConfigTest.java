package io.broadcaster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.api.http.ServedCertificate.PemFiles;
import io.broadcaster.config.ConfigException;
import io.broadcaster.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiConfigTest {
    private static final Map<String, String> ISSUER = Map.of("api.issuer", "https://issuer.example");
    private static final Map<String, String> BEYOND = Map.of(
            "api.bind", "0.0.0.0",
            "api.tls-certificate-file", "chain.pem",
            "api.tls-key-file", "key.pem",
            "api.public-uri", "https://push.example/");

    @Test
    void from_withoutKeys_hasTheDocumentedDefaults() {
        ApiConfig config = ApiConfig.from(Settings.of(ISSUER));

        assertThat(config.bind()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.sendersReadyMin()).isEqualTo(1);
        assertThat(config.fcmQuotaPerMinute()).isEqualTo(600_000);
        assertThat(config.dispatchGrace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.heartbeatAgeMax()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.audienceMaxBytes()).isEqualTo(4_294_967_296L);
        assertThat(config.exportKey()).isEmpty();
        assertThat(config.identity().app().value()).isEqualTo("broadcaster");
    }

    @Test
    void from_prefix_isTheAppThatQualifiedRolesAreHeldAgainst() {
        ApiConfig config = ApiConfig.from(Settings.of(ISSUER).with(Map.of("cloud.prefix", "news")));

        assertThat(config.identity().app().unqualified("news:ops")).isEqualTo("ops");
        assertThat(config.identity().app().unqualified("sports:ops")).isEqualTo("sports:ops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.7", "example.org"})
    void from_bindThatIsNotLoopback_isRefusedAndSaysWhy(String bind) {
        assertThatThrownBy(() -> ApiConfig.from(Settings.of(ISSUER).with(Map.of("api.bind", bind))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.bind must be a loopback address")
                .hasMessageContaining("must not travel in the clear")
                .hasMessageContaining(bind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://issuer.example", "http://10.0.0.7:9400", "ftp://127.0.0.1", "https:/nohost"})
    void from_issuerWithoutTls_isRefusedUnlessItIsOnThisMachine(String issuer) {
        assertThatThrownBy(() -> ApiConfig.from(Settings.of(Map.of("api.issuer", issuer))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.issuer must be the https address")
                .hasMessageContaining(issuer);
    }

    @Test
    void from_localIssuerOfAnApiThatBindsElsewhere_isRefused() {
        assertThatThrownBy(() -> ApiConfig.from(
                        Settings.of(Map.of("api.issuer", "http://127.0.0.1:9400", "api.bind", "0.0.0.0"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.issuer must be")
                .hasMessageContaining("api.bind is '0.0.0.0'");
    }

    @Test
    void from_bindBeyondLoopback_takesTlsAnHttpsIssuerAndAPublicUri() {
        ApiConfig config = ApiConfig.from(Settings.of(ISSUER).with(BEYOND));

        assertThat(config.isLocal()).isFalse();
        assertThat(config.tls())
                .contains(new PemFiles(Path.of("chain.pem"), Path.of("key.pem"), Duration.ofMinutes(1)));
        assertThat(config.identity().publicUri()).contains(URI.create("https://push.example"));
    }

    @Test
    void from_bindBeyondLoopback_withoutPublicUriOrHttpsIssuer_isRefused() {
        assertThatThrownBy(() -> ApiConfig.from(
                        Settings.of(BEYOND).with(Map.of("api.issuer", "http://127.0.0.1:9400", "api.public-uri", ""))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.issuer must be the https address")
                .hasMessageContaining("api.public-uri must be an https address")
                .hasMessageContaining("it is '0.0.0.0'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-certificate-file", "tls-key-file"})
    void from_halfAPair_isRefusedAndNamesTheOtherHalf(String key) {
        String other = key.equals("tls-key-file") ? "tls-certificate-file" : "tls-key-file";
        assertThatThrownBy(() -> ApiConfig.from(Settings.of(ISSUER).with(Map.of("api." + key, "a.pem"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api." + other + " must be set where api." + key + " is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080", "https://push.example/path", "https:push", "https://a@push.example"})
    void from_publicUriThatBrowsersDoNotReachOverTls_isRefused(String uri) {
        assertThatThrownBy(() -> ApiConfig.from(
                        Settings.of(ISSUER).with(BEYOND).with(Map.of("api.bind", "::1", "api.public-uri", uri))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.public-uri must be an https address")
                .hasMessageContaining(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "https://Push.Example:443/, https://push.example",
        "https://push.example:8443, https://push.example:8443",
        "http://localhost:80, http://localhost"
    })
    void from_publicUri_isKeptAsBrowsersWriteAnOrigin(String written, String kept) {
        ApiConfig config = ApiConfig.from(Settings.of(ISSUER).with(Map.of("api.public-uri", written)));

        assertThat(config.identity().publicUri()).contains(URI.create(kept));
    }

    @Test
    void from_withoutIssuer_isRefused() {
        assertThatThrownBy(() -> ApiConfig.from(Settings.of(Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.issuer must be");
    }

    @Test
    void from_shortSessionKey_isRefusedAndNotShown() {
        assertThatThrownBy(() -> ApiConfig.from(Settings.of(ISSUER).with(Map.of("api.session-key", "hush"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.session-key must have at least 32 characters")
                .hasMessageNotContaining("hush");
    }

    @Test
    void from_unknownKey_isRefused() {
        assertThatThrownBy(() -> ApiConfig.from(Settings.of(ISSUER).with(Map.of("api.prot", "1"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.prot");
    }
}
