/** What FIFO queues do, without I/O: time comes from outside, refusals are values. */
@NullMarked
package io.broadcaster.localcloud.sqs.queue;

import org.jspecify.annotations.NullMarked;
