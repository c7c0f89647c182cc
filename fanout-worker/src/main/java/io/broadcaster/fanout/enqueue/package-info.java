/** Batches go into the tier-2 queue of their platform. */
@NullMarked
package io.broadcaster.fanout.enqueue;

import org.jspecify.annotations.NullMarked;
