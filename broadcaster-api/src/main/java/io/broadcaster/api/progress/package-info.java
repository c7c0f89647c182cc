/** What a launch looks like while it runs and after: status, its live stream, and the fleet. */
@NullMarked
package io.broadcaster.api.progress;

import org.jspecify.annotations.NullMarked;
