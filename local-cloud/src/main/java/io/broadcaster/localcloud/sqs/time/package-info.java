/** Time as the queues see it, so that a test can pass five minutes without waiting. */
@NullMarked
package io.broadcaster.localcloud.sqs.time;

import org.jspecify.annotations.NullMarked;
