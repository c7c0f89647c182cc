/** Processes that share one thread, one seed and a clock of their own, and the services they call over a faulty network. */
@NullMarked
package io.broadcaster.testkit.simulation;

import org.jspecify.annotations.NullMarked;
