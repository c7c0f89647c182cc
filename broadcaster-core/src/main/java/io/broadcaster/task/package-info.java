/** The messages of the two tiers, how a launch is cut into them, and the queue that carries them. */
@NullMarked
package io.broadcaster.task;

import org.jspecify.annotations.NullMarked;
