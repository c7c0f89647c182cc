/** Simulated push providers for tests, demos and load. */
@NullMarked
package io.broadcaster.loadtest.provider;

import org.jspecify.annotations.NullMarked;
