/** The frozen audience as Arrow files in S3 and in memory, its manifest, and the payloads that it names. */
@NullMarked
package io.broadcaster.snapshot;

import org.jspecify.annotations.NullMarked;
