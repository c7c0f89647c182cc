/** Queues on Amazon SQS. */
@NullMarked
package io.broadcaster.aws.sqs;

import org.jspecify.annotations.NullMarked;
