/** Synthetic users and devices. */
@NullMarked
package io.broadcaster.loadtest.audience;

import org.jspecify.annotations.NullMarked;
