/** Provider simulators, scenarios, reports and micro-benchmarks. */
@NullMarked
package io.broadcaster.loadtest;

import org.jspecify.annotations.NullMarked;
