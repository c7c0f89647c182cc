package io.broadcaster.loadtest.provider.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One real connection of the benchmark: writes round after round over TLS and counts the streams that end. As many requests
 * are under way as the provider grants streams. A thread writes, another reads.
 */
final class TlsClient implements AutoCloseable {
    private static final int END_STREAM = 1;
    private static final int HEADERS = 1;
    private static final int DATA = 0;

    private final SSLSocket socket;
    private final BenchRequests requests;
    private final int round;
    private final Semaphore streams;

    TlsClient(SSLContext tls, int port, BenchRequests requests, int round, int streamsMax) throws IOException {
        this.requests = requests;
        this.round = round;
        streams = new Semaphore(streamsMax);
        socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        streams.acquireUninterruptibly();
        OutputStream out = socket.getOutputStream();
        out.write(requests.opening());
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Sends so many rounds and waits for their answers. */
    void send(int rounds, int streamsMax) {
        try {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < rounds; i++) {
                byte[] bytes = requests.next();
                streams.acquireUninterruptibly(round);
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("simulator must keep its connections", e);
        }
        streams.acquireUninterruptibly(streamsMax);
        streams.release(streamsMax);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void read() {
        try (var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16))) {
            while (true) {
                int lengthAndType = in.readInt();
                int flags = in.readUnsignedByte();
                in.readInt();
                in.skipNBytes(lengthAndType >>> 8);
                int type = lengthAndType & 0xff;
                if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
                    streams.release();
                }
            }
        } catch (IOException e) {
            // the end: the benchmark closes the socket
        }
    }
}
