package io.broadcaster.loadtest.provider.tls;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** DER as PEM text (RFC 7468). */
final class Pem {
    private static final int LINE_LENGTH = 64;

    private Pem() {}

    static String write(String label, byte[] der) {
        var base64 = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + label + "-----\n" + base64.encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
