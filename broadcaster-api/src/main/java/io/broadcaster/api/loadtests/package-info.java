/** The reports of load tests, as files that somebody puts where the API finds them. */
@NullMarked
package io.broadcaster.api.loadtests;

import org.jspecify.annotations.NullMarked;
