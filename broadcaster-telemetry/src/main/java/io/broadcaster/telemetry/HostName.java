package io.broadcaster.telemetry;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine in worker ids. */
final class HostName {
    private HostName() {}

    /** The short host name in lower case, {@code host} where the machine does not know its own. */
    static String get() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            int dot = name.indexOf('.');
            String shortName = dot > 0 ? name.substring(0, dot) : name;
            String safe = shortName.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            return safe.isBlank() ? "host" : safe;
        } catch (UnknownHostException e) {
            return "host"; // a machine without a resolvable name still has a pid and a random part in its worker id
        }
    }
}
