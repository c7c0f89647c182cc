package io.broadcaster.loadtest.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadcaster.loadtest.fault.LinkFault.Direction;
import io.broadcaster.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy before a server that sends back what it gets, over plain sockets. */
@Timeout(90)
class FaultProxyTest {
    private static final int SILENCE_MILLIS = 300;

    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void startEcho() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("accept").start(this::accept);
        proxy = FaultProxy.before(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
        for (Socket socket : clients) {
            socket.close();
        }
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    @Test
    void none_bytesAndEnds_pass() throws IOException {
        Socket client = connect();

        assertThat(echoed(client, "hello")).isEqualTo("hello");
        client.shutdownOutput();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(link().bytes(Direction.TO_SERVER)).isEqualTo(6);
        assertThat(link().bytes(Direction.TO_CLIENT)).isEqualTo(6);
        Await.until(
                "the end is known",
                () -> link().leftByClientNanos().isPresent() && proxy.open().isEmpty());
    }

    @Test
    void none_nobodyListens_clientIsClosed() throws IOException {
        server.close();
        Socket client = open();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void delay_eachWay_comesSoMuchLaterInOrder() throws IOException {
        Socket client = connect();
        proxy.suffer(new LinkFault.Delay(Duration.ofMillis(100)));

        long began = System.nanoTime();
        String answer = echoed(client, "abc");

        assertThat(answer).isEqualTo("abc");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void blackhole_toClient_serverGetsItAndClientHearsNothing() throws IOException {
        Socket client = connect();
        proxy.suffer(new LinkFault.Blackhole(Direction.TO_CLIENT));

        write(client, "lost answer");

        Await.until("the server got it", () -> link().bytes(Direction.TO_SERVER) == 12);
        assertSilent(client);
        assertThat(link().bytes(Direction.TO_CLIENT)).isEqualTo(1);
    }

    @Test
    void blackhole_toServer_nothingGetsThere() throws IOException {
        Socket client = connect();
        proxy.suffer(new LinkFault.Blackhole(Direction.TO_SERVER));

        write(client, "lost request");

        assertSilent(client);
        assertThat(link().bytes(Direction.TO_SERVER)).isEqualTo(1);
    }

    @Test
    void none_afterABlackhole_passesAgain() throws IOException {
        Socket client = connect();
        proxy.suffer(new LinkFault.Blackhole(Direction.TO_SERVER));
        write(client, "gone");
        assertSilent(client);

        proxy.suffer(new LinkFault.None());

        assertThat(echoed(client, "back")).isEqualTo("back");
    }

    @Test
    void halfOpen_serverIsGone_clientIsNotTold() throws IOException {
        Socket client = connect();
        proxy.suffer(new LinkFault.HalfOpen());

        Await.until("the server was told", () -> ended(accepted.getFirst()));
        write(client, "anybody there?");

        assertSilent(client);
        assertThat(link().leftByClientNanos()).isEmpty();
        client.close();
        Await.until("the client left", () -> link().leftByClientNanos().isPresent());
    }

    @Test
    void resetAfter_toClient_exactlySoManyBytesCome() throws IOException {
        Socket client = connect();
        proxy.suffer(new LinkFault.ResetAfter(Direction.TO_CLIENT, 3));

        write(client, "abcdef");

        assertThat(new String(client.getInputStream().readNBytes(3), StandardCharsets.US_ASCII))
                .isEqualTo("abc");
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void resetAfter_zeroBytes_isResetAtOnce() throws IOException {
        Socket client = connect();
        proxy.suffer(new LinkFault.ResetAfter(Direction.TO_SERVER, 0));

        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        Await.until("it is not open", () -> proxy.open().isEmpty());
    }

    @Test
    void drip_manyBytes_comeSlowlyAndWhole() throws IOException {
        Socket client = connect();
        proxy.suffer(new LinkFault.Drip(2, Duration.ofMillis(20)));

        long began = System.nanoTime();
        String answer = echoed(client, "0123456789");

        assertThat(answer).isEqualTo("0123456789");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void sufferLater_openConnection_goesOnAndTheNextOneSuffers() throws IOException {
        Socket first = connect();
        proxy.sufferLater(new LinkFault.Blackhole(Direction.TO_SERVER));
        Socket second = open();
        write(second, "into the dark");

        assertThat(echoed(first, "still here")).isEqualTo("still here");
        assertSilent(second);
        assertThat(proxy.links()).hasSize(2);
    }

    /** Open, and known to be so at both ends. */
    private Socket connect() throws IOException {
        Socket client = open();
        assertThat(echoed(client, "?")).isEqualTo("?");
        return client;
    }

    private Socket open() throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        clients.add(client);
        return client;
    }

    private Link link() {
        return proxy.links().getFirst();
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String echoed(Socket client, String text) throws IOException {
        write(client, text);
        return new String(client.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
    }

    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(0);
    }

    private static boolean ended(Socket socket) {
        return socket.isClosed();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.add(socket);
                Thread.ofVirtual().name("echo").start(() -> echo(socket));
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class); // a reset, which is what some tests want
        }
    }
}
