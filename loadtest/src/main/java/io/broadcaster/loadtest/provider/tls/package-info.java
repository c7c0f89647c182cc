/** Certificates, keys and signed tokens of the simulators. */
@NullMarked
package io.broadcaster.loadtest.provider.tls;

import org.jspecify.annotations.NullMarked;
