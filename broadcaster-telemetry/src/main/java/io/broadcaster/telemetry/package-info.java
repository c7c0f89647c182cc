/** Meters, latency histograms and logs, and where they are published. */
@NullMarked
package io.broadcaster.telemetry;

import org.jspecify.annotations.NullMarked;
