/** JMH micro-benchmarks of what happens once per notification: {@code ./broadcaster loadtest bench}. */
@NullMarked
package io.broadcaster.loadtest.bench;

import org.jspecify.annotations.NullMarked;
