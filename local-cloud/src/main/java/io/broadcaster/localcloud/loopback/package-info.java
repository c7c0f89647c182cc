/** What the servers of the local cloud listen with: a loopback port, event loops that never wait, and a prompt stop. */
@NullMarked
package io.broadcaster.localcloud.loopback;

import org.jspecify.annotations.NullMarked;
