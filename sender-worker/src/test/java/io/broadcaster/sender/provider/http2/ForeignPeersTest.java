package io.broadcaster.sender.provider.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import io.broadcaster.delivery.OutcomeCode;
import io.broadcaster.delivery.SendOutcome;
import io.broadcaster.sender.Ports;
import io.broadcaster.sender.TestTls;
import io.broadcaster.sender.provider.http2.PeerWorld.Bounds;
import io.broadcaster.sender.send.RecordingSink;
import io.broadcaster.sender.send.Warmth;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that we did not write: Armeria (Netty's codec) and nghttpd (nghttp2; Debian package nghttp2-server). */
final class ForeignPeersTest {
    private static final int BATCHES = 4;
    private static final int BATCH = 500;
    private static final SendOutcome REJECTED = new SendOutcome.Rejected(OutcomeCode.BAD_TOKEN);
    private static final Path NGHTTPD = Path.of("/usr/sbin/nghttpd");

    @TempDir
    private static Path directory;

    @Test
    void armeria_twoThousandDevices_areAccepted() {
        Set<String> paths = ConcurrentHashMap.newKeySet();
        TestTls files = PeerWorld.tlsFiles();
        Server server = Server.builder()
                .https(0)
                .tls(TlsKeyPair.of(files.privateKey(), files.certificate()))
                .serviceUnder(
                        "/",
                        (_, request) -> HttpResponse.of(request.aggregate().thenApply(whole -> {
                            paths.add(whole.path());
                            return armeriaAnswer(whole);
                        })))
                .build();
        server.start().join();
        try {
            List<Map<Integer, SendOutcome>> answers = sendAll(server.activeLocalPort());

            answers.forEach(batch -> assertThat(batch.values()).containsOnly(SendOutcome.ACCEPTED));
            assertThat(paths).hasSize(BATCH + 1); // the batches have the same devices; and the warm-up
        } finally {
            server.stop().join();
        }
    }

    private static HttpResponse armeriaAnswer(AggregatedHttpRequest request) {
        boolean warmUp = request.path().equals("/warm-up");
        assertThat(request.contentUtf8()).isEqualTo(warmUp ? "{}" : PeerWorld.BODY);
        return HttpResponse.of(HttpStatus.OK, MediaType.JSON, "{\"name\":\"projects/demo/messages/1\"}");
    }

    @Test
    void nghttpd_missingPaths_areClassifiedByStatus() throws IOException {
        List<Map<Integer, SendOutcome>> answers = sendToNghttpd();

        answers.forEach(batch -> assertThat(batch.values()).containsOnly(REJECTED));
    }

    @Test
    void nghttpd_echoWithPaddingAndTrailers_isAccepted() throws IOException {
        List<Map<Integer, SendOutcome>> answers =
                sendToNghttpd("--echo-upload", "--padding=200", "--trailer=x-checksum: 1");

        answers.forEach(batch -> assertThat(batch.values()).containsOnly(SendOutcome.ACCEPTED));
    }

    @Test
    void nghttpd_smallTablesStreamsAndWindows_isAccepted() throws IOException {
        List<Map<Integer, SendOutcome>> answers = sendToNghttpd(
                "--echo-upload", "--header-table-size=0", "--max-concurrent-streams=3", "--window-bits=4");

        answers.forEach(batch -> assertThat(batch.values()).containsOnly(SendOutcome.ACCEPTED));
    }

    private static List<Map<Integer, SendOutcome>> sendToNghttpd(String... options) throws IOException {
        assumeTrue(Files.isExecutable(NGHTTPD), "no nghttpd: install Debian's nghttp2-server");
        TestTls files = PeerWorld.tlsFiles();
        Path key = pem("key.pem", "PRIVATE KEY", files.privateKey().getEncoded());
        int port = Ports.free();
        var command = new ArrayList<String>();
        command.add(NGHTTPD.toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--htdocs=" + directory,
                String.valueOf(port),
                key.toString(),
                files.trustFile().toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nghttpd.log").toFile())
                .start();
        try {
            awaitListening(process, port);
            return sendAll(port);
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static void awaitListening(Process process, int port) throws IOException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!listens(port)) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("nghttpd: " + Files.readString(directory.resolve("nghttpd.log")))
                    .isTrue();
            Thread.onSpinWait();
        }
    }

    private static boolean listens(int port) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    private static Path pem(String name, String kind, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }

    private static List<Map<Integer, SendOutcome>> sendAll(int port) {
        URI endpoint = URI.create("https://localhost:" + port);
        var provider = new PeerWorld.SmallProvider(endpoint.getAuthority());
        var bounds = new Bounds(2, 1_000, 2, PeerWorld.PATIENT);
        try (BurstSender sender = PeerWorld.sender(endpoint, bounds, provider)) {
            assertThat(sender.warm()).isEqualTo(new Warmth.Warm(2));
            List<RecordingSink> sinks = IntStream.range(0, BATCHES)
                    .mapToObj(_ -> {
                        var sink = new RecordingSink(BATCH);
                        sender.send(PeerWorld.request(BATCH, Instant.now().plusSeconds(60), () -> false), sink);
                        return sink;
                    })
                    .toList();
            return sinks.stream().map(RecordingSink::await).toList();
        }
    }
}
