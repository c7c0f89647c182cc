package io.broadcaster.localcloud.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.localcloud.LocalCloud;
import io.broadcaster.localcloud.sqs.time.VirtualTime;
import io.broadcaster.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol itself: what no SDK would send, and what no SDK shows. */
final class SqsHttpTest {
    private static final long START_MILLIS = 1_000_000;
    private static final int BODY_BYTES_MAX = 8 << 20;
    private static final String QUEUE_URL = "http://any/000000000000/q.fifo";

    private final VirtualTime time = new VirtualTime(START_MILLIS);
    private final SqsServer server =
            SqsServer.start(SqsConfig.of(0, LocalCloud.REGION, LocalCloud.ACCOUNT, 1), time, new SplittableRandom(5));
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void createQueue() throws Exception {
        call("CreateQueue", "{\"QueueName\":\"q.fifo\",\"Attributes\":{\"FifoQueue\":\"true\"}}");
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nonsense", "{\"QueueUrl\":7}", "{\"QueueUrl\":\"x\",\"Entries\":[", "null"})
    void call_malformedJson_refused(String body) throws Exception {
        HttpResponse<String> answer = call("SendMessageBatch", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("SerializationException");
    }

    @Test
    void call_unknownAction_refused() throws Exception {
        HttpResponse<String> answer = call("MakeCoffee", "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("UnknownOperationException");
    }

    @Test
    void call_bodyOverTheBound_413() throws Exception {
        HttpResponse<String> answer = call("SendMessage", "x".repeat(BODY_BYTES_MAX + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void call_get_405() throws Exception {
        HttpRequest get = HttpRequest.newBuilder(server.endpoint()).GET().build();

        assertThat(http.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void error_known_shapeInTheBodyAndQueryCodeInTheHeader() throws Exception {
        HttpResponse<String> answer = call("GetQueueUrl", "{\"QueueName\":\"nobody.fifo\"}");

        assertThat(answer.body()).contains("\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"");
        assertThat(answer.headers().firstValue("x-amzn-query-error"))
                .hasValue("AWS.SimpleQueueService.NonExistentQueue;Sender");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-amz-json-1.0");
    }

    @Test
    void createQueue_any_urlIsThatOfTheCaller() throws Exception {
        assertThat(call("GetQueueUrl", "{\"QueueName\":\"q.fifo\"}").body())
                .contains("http://127.0.0.1:" + server.endpoint().getPort() + "/000000000000/q.fifo");
    }

    @Test
    void queueUrl_anotherAccount_refused() throws Exception {
        assertThat(call("PurgeQueue", "{\"QueueUrl\":\"http://any/111111111111/q.fifo\"}")
                        .body())
                .contains("QueueDoesNotExist");
    }

    @Test
    void send_fiveMinutesLater_storedAgain() throws Exception {
        String first = send("a");
        time.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(send("a")).isEqualTo(first);

        time.advance(Duration.ofMillis(1));

        assertThat(send("a")).isNotEqualTo(first);
    }

    @Test
    void receive_clientLeaves_itsWaitTakesNoMessage() throws Exception {
        String body = "{\"QueueUrl\":\"" + QUEUE_URL + "\",\"WaitTimeSeconds\":20}";
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), server.endpoint().getPort())) {
            client.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AmazonSQS.ReceiveMessage\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            Await.until("the receive waits", () -> waiters() == 1);
        }

        Await.until("the wait has ended", () -> waiters() == 0);
    }

    private int waiters() {
        return server.waiters();
    }

    private String send(String id) throws Exception {
        return call(
                        "SendMessage",
                        "{\"QueueUrl\":\"" + QUEUE_URL
                                + "\",\"MessageBody\":\"b\",\"MessageGroupId\":\"g\",\"MessageDeduplicationId\":\"" + id
                                + "\"}")
                .body();
    }

    private HttpResponse<String> call(String action, String body) throws IOException, InterruptedException {
        URI endpoint = server.endpoint();
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .version(HttpClient.Version.HTTP_1_1)
                .header("X-Amz-Target", "AmazonSQS." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
