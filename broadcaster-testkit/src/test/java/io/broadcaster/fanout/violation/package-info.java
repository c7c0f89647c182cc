/** Breaks house rules on purpose. */
@NullMarked
package io.broadcaster.fanout.violation;

import org.jspecify.annotations.NullMarked;
