package io.broadcaster.cli.wire;

import io.broadcaster.campaign.Platform;
import java.util.List;

/** Who sends in a wire test. */
enum ClientKind {
    /** Our own senders, through their port. */
    BURST,
    /** Our adapters over the vendors' libraries, through the same port. */
    LIBRARY,
    /** Pushy by itself, as its users write it. */
    PUSHY,
    /** The Firebase Admin SDK by itself, as its users write it. */
    ADMIN,
    /** nghttp2's load generator: written in C, counts answers, knows no devices. */
    H2LOAD;

    /** The kinds that speak to this platform's provider. */
    static List<ClientKind> of(Platform platform) {
        return switch (platform) {
            case IOS -> List.of(BURST, LIBRARY, PUSHY, H2LOAD);
            case ANDROID -> List.of(BURST, LIBRARY, ADMIN, H2LOAD);
        };
    }
}
