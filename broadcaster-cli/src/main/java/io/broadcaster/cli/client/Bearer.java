package io.broadcaster.cli.client;

/** Where a client's access token comes from. Safe for any thread; may ask an issuer, and then blocks. */
@FunctionalInterface
interface Bearer {
    /** A token that holds now. */
    String token();
}
