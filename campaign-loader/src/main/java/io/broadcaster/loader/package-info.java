/** Resolves an audience to devices and freezes them as a snapshot. */
@NullMarked
package io.broadcaster.loader;

import org.jspecify.annotations.NullMarked;
