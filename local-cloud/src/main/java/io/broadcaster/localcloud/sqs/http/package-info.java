/** AWS JSON 1.0 over HTTP in front of the queues. */
@NullMarked
package io.broadcaster.localcloud.sqs.http;

import org.jspecify.annotations.NullMarked;
