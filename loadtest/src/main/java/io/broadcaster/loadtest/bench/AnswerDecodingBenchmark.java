package io.broadcaster.loadtest.bench;

import io.broadcaster.sender.provider.http2.ProtocolException;
import io.broadcaster.sender.provider.http2.WirePieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** 250 answers as they come out of TLS, told apart by the burst sender; time per answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class AnswerDecodingBenchmark {
    private static final int ANSWERS = 250;
    private static final int HEADERS = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final String APNS_ID = "4c2bf3a9-6bb2-4b8e-9d4e-1a2b3c4d5e6f";

    private WirePieces.Reading reading;
    private ByteBuf apnsAccepted;
    private ByteBuf fcmAccepted;
    private ByteBuf apnsDead;

    /** Encodes the answers with Netty's encoder for a client that allows no table, as the sender's settings say. */
    @Setup(Level.Trial)
    public void encode() throws Http2Exception {
        reading = new WirePieces.Reading();
        apnsAccepted = answers(head("200").add("apns-id", APNS_ID), "");
        fcmAccepted = answers(
                head("200").add("content-type", "application/json; charset=UTF-8"),
                "{\"name\":\"projects/bench/messages/0:1700000000000000%0123456789abcdef\"}");
        apnsDead = answers(
                head("410").add("apns-id", APNS_ID), "{\"reason\":\"Unregistered\",\"timestamp\":1767225600000}");
    }

    /** 200 and an id: the common answer of APNs. */
    @Benchmark
    @OperationsPerInvocation(ANSWERS)
    public int apnsAccepted() throws ProtocolException {
        return read(apnsAccepted);
    }

    /** 200 and a body: the common answer of FCM. */
    @Benchmark
    @OperationsPerInvocation(ANSWERS)
    public int fcmAccepted() throws ProtocolException {
        return read(fcmAccepted);
    }

    /** 410 and a body, which goes through the full decoder: it allocates the answer. */
    @Benchmark
    @OperationsPerInvocation(ANSWERS)
    public int apnsDead() throws ProtocolException {
        return read(apnsDead);
    }

    private int read(ByteBuf answers) throws ProtocolException {
        int ended = reading.read(answers.readerIndex(0));
        if (ended != ANSWERS) {
            throw new IllegalStateException(ended + " of " + ANSWERS + " answers were read");
        }
        return ended;
    }

    private static Http2Headers head(String status) {
        return new DefaultHttp2Headers().status(status);
    }

    private static ByteBuf answers(Http2Headers head, String body) throws Http2Exception {
        var encoder = new DefaultHttp2HeadersEncoder();
        encoder.configuration().maxHeaderTableSize(0);
        encoder.encodeHeaders(1, head, Unpooled.buffer()); // says that the table is empty, once per connection
        ByteBuf out = Unpooled.buffer();
        byte[] content = body.getBytes(StandardCharsets.US_ASCII);
        for (int stream = 1; stream < 2 * ANSWERS; stream += 2) {
            ByteBuf block = Unpooled.buffer();
            encoder.encodeHeaders(stream, head, block);
            int ends = content.length == 0 ? END_STREAM : 0;
            out.writeMedium(block.readableBytes()).writeByte(HEADERS).writeByte(END_HEADERS | ends);
            out.writeInt(stream).writeBytes(block);
            if (content.length > 0) {
                out.writeMedium(content.length).writeByte(0).writeByte(END_STREAM);
                out.writeInt(stream).writeBytes(content);
            }
        }
        return out;
    }
}
