/**
 * The burst sender: our own HTTP/2 request path, for peers that are sent the same request millions of times. Read
 * {@link io.broadcaster.sender.provider.http2.BurstSender} first, then {@code BurstConnection}.
 */
@NullMarked
package io.broadcaster.sender.provider.http2;

import org.jspecify.annotations.NullMarked;
