/** APNs through Pushy. */
@NullMarked
package io.broadcaster.sender.provider.apns;

import org.jspecify.annotations.NullMarked;
