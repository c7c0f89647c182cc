/** Snapshots of made-up audiences, written straight to the object store through the real writers. */
@NullMarked
package io.broadcaster.loadtest.snapshot;

import org.jspecify.annotations.NullMarked;
