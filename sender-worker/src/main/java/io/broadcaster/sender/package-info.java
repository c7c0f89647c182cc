/** Tier 2: sends batches to APNs and FCM and records every outcome. */
@NullMarked
package io.broadcaster.sender;

import org.jspecify.annotations.NullMarked;
