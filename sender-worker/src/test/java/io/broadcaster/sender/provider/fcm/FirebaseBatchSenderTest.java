package io.broadcaster.sender.provider.fcm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.broadcaster.campaign.Platform;
import io.broadcaster.config.FileSecrets;
import io.broadcaster.config.SecretPlace;
import io.broadcaster.sender.DroppingProxy;
import io.broadcaster.sender.Ports;
import io.broadcaster.sender.TestTls;
import io.broadcaster.sender.send.BatchSender;
import io.broadcaster.sender.send.BatchSenderContract;
import io.broadcaster.testkit.Await;
import io.broadcaster.testkit.Fixtures;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against WireMock with FCM's documented answers, over HTTP/2 and TLS. */
class FirebaseBatchSenderTest extends BatchSenderContract {
    static final String SEND = "/v1/projects/demo/messages:send";

    @TempDir
    private static Path directory;

    private static TestTls tls;

    WireMockServer server;
    private DroppingProxy proxy;

    @BeforeAll
    static void makeKeys() {
        tls = TestTls.in(directory);
    }

    @BeforeEach
    void startServer() {
        server = new WireMockServer(WireMockConfiguration.options()
                .dynamicHttpsPort()
                .httpDisabled(true)
                .keystorePath(tls.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestTls.PASSWORD)
                .keyManagerPassword(TestTls.PASSWORD));
        server.start();
        proxy = DroppingProxy.to(server.httpsPort());
        server.stubFor(post(urlEqualTo("/token"))
                .willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":3600,\"token_type\":\"Bearer\"}")));
        server.stubFor(post(urlEqualTo(SEND)).willReturn(okJson("{\"name\":\"projects/demo/messages/1\"}")));
    }

    @AfterEach
    void stopServer() {
        proxy.close();
        server.stop();
    }

    @Override
    protected Platform platform() {
        return Platform.ANDROID;
    }

    @Override
    protected BatchSender sender(Duration requestTimeout) {
        return open(proxy.port(), requestTimeout, proxy.port());
    }

    @Override
    protected BatchSender senderToNowhere() {
        return open(Ports.free(), PATIENT, proxy.port());
    }

    @Override
    protected void script(int position, Scripted answer) {
        server.stubFor(post(urlEqualTo(SEND))
                .withRequestBody(
                        containing(Fixtures.token(Platform.ANDROID, position).value()))
                .atPriority(1)
                .willReturn(response(answer)));
    }

    @Override
    protected void awaitArrival(int position) {
        // by its token: a warm-up is a request to the same path
        var request = postRequestedFor(urlEqualTo(SEND))
                .withRequestBody(
                        containing(Fixtures.token(Platform.ANDROID, position).value()));
        Await.until("the request has arrived", () -> !server.findAll(request).isEmpty());
    }

    @Override
    protected void dropConnections() {
        proxy.drop();
    }

    @Override
    protected Duration throttlePause() {
        return Duration.ofSeconds(17);
    }

    @Override
    protected boolean tellsDeadSince() {
        return false;
    }

    private static ResponseDefinitionBuilder response(Scripted answer) {
        return switch (answer) {
            case ACCEPT -> okJson("{\"name\":\"projects/demo/messages/1\"}");
            case UNREGISTERED -> error(404, "NOT_FOUND", "UNREGISTERED");
            case BAD_TOKEN -> error(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT");
            case WRONG_APP -> error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH");
            case UNAUTHORIZED -> error(403, "PERMISSION_DENIED", "");
            case THROTTLED -> error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED").withHeader("Retry-After", "17");
            case UNAVAILABLE -> error(503, "UNAVAILABLE", "UNAVAILABLE").withHeader("Retry-After", "17");
            case SERVER_ERROR -> error(500, "INTERNAL", "INTERNAL");
            case SILENCE -> okJson("{\"name\":\"late\"}").withFixedDelay(1_500);
        };
    }

    private static ResponseDefinitionBuilder error(int status, String code, String fcmCode) {
        String details = fcmCode.isEmpty()
                ? ""
                : ",\"details\":[{\"@type\":\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\""
                        + fcmCode + "\"}]";
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"error\":{\"code\":" + status + ",\"message\":\"scripted\",\"status\":\"" + code + "\""
                        + details + "}}");
    }

    private BatchSender open(int port, Duration requestTimeout, int tokenPort) {
        String endpoint = "https://localhost:" + port;
        return open(new FcmConfig(
                URI.create(endpoint),
                "demo",
                new SecretPlace.InFile(tls.serviceAccountFile("https://localhost:" + tokenPort + "/token")),
                Optional.of(tls.trustFile()),
                3,
                100,
                Duration.ofSeconds(2),
                requestTimeout));
    }

    /** The adapter under test. */
    BatchSender open(FcmConfig config) {
        return FirebaseBatchSender.open(
                config,
                ServiceAccounts.first(config, new FileSecrets()).key(),
                UUID.randomUUID().toString(),
                InstantSource.system());
    }
}
