/** HPACK (RFC 7541) for a server that reads the same few fields millions of times: no maps, no objects for what repeats. */
@NullMarked
package io.broadcaster.loadtest.provider.hpack;

import org.jspecify.annotations.NullMarked;
