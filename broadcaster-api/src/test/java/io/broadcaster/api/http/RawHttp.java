package io.broadcaster.api.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HTTP by hand, for what no client sends. */
final class RawHttp {
    private RawHttp() {}

    static String statusLine(URI server, String request) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort());
                var reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            String line = reader.readLine();
            return line == null ? "" : line;
        }
    }
}
