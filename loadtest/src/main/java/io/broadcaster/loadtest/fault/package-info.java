/** Faults of the network between a worker and what it talks to, made on purpose and switched while they last. */
@NullMarked
package io.broadcaster.loadtest.fault;

import org.jspecify.annotations.NullMarked;
