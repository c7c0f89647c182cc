/** SQS FIFO of our own: start at SqsServer; queue holds the rules, http the protocol, time the clock. */
@NullMarked
package io.broadcaster.localcloud.sqs;

import org.jspecify.annotations.NullMarked;
