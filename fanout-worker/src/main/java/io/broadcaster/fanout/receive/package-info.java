/** Slices come in: read, checked, handed on. */
@NullMarked
package io.broadcaster.fanout.receive;

import org.jspecify.annotations.NullMarked;
