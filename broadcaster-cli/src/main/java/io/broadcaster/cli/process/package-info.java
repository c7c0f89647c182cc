/** One command per process of the fleet, and how each starts, tells that it is ready, and drains. */
@NullMarked
package io.broadcaster.cli.process;

import org.jspecify.annotations.NullMarked;
