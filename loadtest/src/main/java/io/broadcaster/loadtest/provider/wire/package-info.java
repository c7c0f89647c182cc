/** HTTP/2 and HTTP/1.1 under the simulators; knows nothing of a provider's rules. */
@NullMarked
package io.broadcaster.loadtest.provider.wire;

import org.jspecify.annotations.NullMarked;
