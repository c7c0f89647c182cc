/** A peer that answers as fast as bytes allow, to find out what a sender alone can do. */
@NullMarked
package io.broadcaster.loadtest.wire;

import org.jspecify.annotations.NullMarked;
