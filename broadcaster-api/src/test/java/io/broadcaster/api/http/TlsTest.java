package io.broadcaster.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.TlsKeyPair;
import io.broadcaster.api.RunningApi;
import io.broadcaster.api.TestIssuer;
import io.broadcaster.config.ConfigException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    @TempDir
    private Path directory;

    private TlsFiles files;

    @BeforeEach
    void name() {
        files = new TlsFiles(directory.resolve("chain.pem"), directory.resolve("key.pem"));
    }

    @Test
    void start_withCertificate_servesHttpsByHttp2AndSaysSoToBrowsers() throws Exception {
        TlsKeyPair pair = write(TlsKeyPair.ofSelfSigned("localhost"));
        var settings = Map.of(
                "api.tls-certificate-file", files.certificate().toString(),
                "api.tls-key-file", files.key().toString());
        try (RunningApi api = RunningApi.start(settings);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(pair)).build()) {
            assertThat(api.uri().getScheme()).isEqualTo("https");
            URI campaigns = URI.create("https://localhost:" + api.uri().getPort() + "/campaigns");

            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(campaigns)
                            .header("Authorization", "Bearer " + TestIssuer.token("ada"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.headers().firstValue("strict-transport-security")).hasValue("max-age=31536000");
        }
    }

    @Test
    void renewing_anotherPairThenABrokenOne_servesTheLastGoodOne() throws Exception {
        write(TlsKeyPair.ofSelfSigned("localhost"));
        var renewing = files.renewing();
        TlsKeyPair renewed = write(TlsKeyPair.ofSelfSigned("localhost"));
        assertThat(renewing.get().certificateChain()).isEqualTo(renewed.certificateChain());

        Files.writeString(files.key(), "no key");

        assertThat(renewing.get().certificateChain()).isEqualTo(renewed.certificateChain());
    }

    @Test
    void read_keyOfAnotherCertificate_isRefusedByName() throws Exception {
        write(TlsKeyPair.ofSelfSigned("localhost"));
        pem(
                files.key(),
                "PRIVATE KEY",
                TlsKeyPair.ofSelfSigned("localhost").privateKey().getEncoded());

        assertThatThrownBy(files::read)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.tls-key-file must be the key of the first certificate");
    }

    @Test
    void read_noFileOrNoPem_isRefusedByNameWithoutItsText() throws Exception {
        assertThatThrownBy(files::read).isInstanceOf(ConfigException.class).hasMessageContaining("api.tls-key-file");
        write(TlsKeyPair.ofSelfSigned("localhost"));
        Files.writeString(files.key(), "hush-hush");

        assertThatThrownBy(files::read)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api.tls-key-file")
                .hasMessageNotContaining("hush-hush");
    }

    private TlsKeyPair write(TlsKeyPair pair) throws Exception {
        pem(
                files.certificate(),
                "CERTIFICATE",
                pair.certificateChain().getFirst().getEncoded());
        pem(files.key(), "PRIVATE KEY", pair.privateKey().getEncoded());
        return pair;
    }

    private static void pem(Path file, String kind, byte[] der) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private static SSLContext trusting(TlsKeyPair pair) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("api", pair.certificateChain().getFirst());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
