/** A whole Broadcaster on this machine, and the way of a campaign through it: what the demo and the load tests run on. */
@NullMarked
package io.broadcaster.cli.local;

import org.jspecify.annotations.NullMarked;
