/** APNs by its published rules. */
@NullMarked
package io.broadcaster.loadtest.provider.apns;

import org.jspecify.annotations.NullMarked;
