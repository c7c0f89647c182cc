package io.broadcaster.api.http;

import com.linecorp.armeria.common.RequestHeaders;
import io.broadcaster.campaign.InvalidInput;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who calls. In this mode the caller says so in a header and nobody checks it, so the server binds to loopback only and
 * answers to loopback host names only: a web page that rebinds its own name to 127.0.0.1 gets nothing.
 */
final class Principals {
    static final String HEADER = "Broadcaster-User";

    private static final Pattern NAME = Pattern.compile("[a-z0-9._@-]{1,64}");
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private Principals() {}

    /** The name in the header, or empty; InvalidInput when it is not a name. */
    static Optional<String> of(RequestHeaders headers) {
        String name = headers.get(HEADER);
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInput(HEADER, "must be 1 to 64 of a-z 0-9 . _ @ -", name);
        }
        return Optional.of(name);
    }

    static boolean isServed(RequestHeaders headers) {
        String authority = headers.authority();
        if (authority == null) {
            return false;
        }
        int port = authority.lastIndexOf(':');
        String host = port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
        return HOSTS.contains(host.toLowerCase(Locale.ROOT));
    }
}
