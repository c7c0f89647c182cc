/** What each device got, by the simulators' own record. */
@NullMarked
package io.broadcaster.loadtest.provider.journal;

import org.jspecify.annotations.NullMarked;
