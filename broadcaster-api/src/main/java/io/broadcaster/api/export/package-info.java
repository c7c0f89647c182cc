/** One line per device, streamed. */
@NullMarked
package io.broadcaster.api.export;

import org.jspecify.annotations.NullMarked;
