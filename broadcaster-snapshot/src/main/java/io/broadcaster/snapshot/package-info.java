/** The frozen audience as memory-mapped Arrow files, and its manifest. */
@NullMarked
package io.broadcaster.snapshot;

import org.jspecify.annotations.NullMarked;
