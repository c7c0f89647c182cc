/** The people asked for, their devices, and the frozen snapshot of both. */
@NullMarked
package io.broadcaster.audience;

import org.jspecify.annotations.NullMarked;
