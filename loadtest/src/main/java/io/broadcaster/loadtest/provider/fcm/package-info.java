/** FCM HTTP v1 by its published rules. */
@NullMarked
package io.broadcaster.loadtest.provider.fcm;

import org.jspecify.annotations.NullMarked;
