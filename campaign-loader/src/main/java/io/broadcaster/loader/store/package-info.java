/** Resumable work segments, and the snapshot that is merged from them. */
@NullMarked
package io.broadcaster.loader.store;

import org.jspecify.annotations.NullMarked;
