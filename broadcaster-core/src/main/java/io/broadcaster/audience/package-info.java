/** Users asked for, the devices they resolve to, and the snapshot that freezes them. */
@NullMarked
package io.broadcaster.audience;

import org.jspecify.annotations.NullMarked;
