/** The snapshots that a sender holds in memory. */
@NullMarked
package io.broadcaster.sender.snapshot;

import org.jspecify.annotations.NullMarked;
