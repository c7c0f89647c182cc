/** Breaks house rules on purpose. */
@NullMarked
package io.broadcaster.sender.violation;

import org.jspecify.annotations.NullMarked;
