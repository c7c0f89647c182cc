/** Slices and batches: the messages of the two tiers and their wire form. */
@NullMarked
package io.broadcaster.task;

import org.jspecify.annotations.NullMarked;
