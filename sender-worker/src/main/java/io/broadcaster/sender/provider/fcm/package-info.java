/** FCM HTTP v1 through the Firebase Admin SDK. */
@NullMarked
package io.broadcaster.sender.provider.fcm;

import org.jspecify.annotations.NullMarked;
