/** A sender alone against a peer on the other core, beside what a user would take instead. */
@NullMarked
package io.broadcaster.cli.wire;

import org.jspecify.annotations.NullMarked;
