/** What a request costs the simulators. */
@NullMarked
package io.broadcaster.loadtest.provider.bench;

import org.jspecify.annotations.NullMarked;
