/** A slice becomes its batches. */
@NullMarked
package io.broadcaster.fanout.split;

import org.jspecify.annotations.NullMarked;
