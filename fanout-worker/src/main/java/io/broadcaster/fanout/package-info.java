/** Tier 1: turns slices into batches. */
@NullMarked
package io.broadcaster.fanout;

import org.jspecify.annotations.NullMarked;
