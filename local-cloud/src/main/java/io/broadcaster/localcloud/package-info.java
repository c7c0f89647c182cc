/** SQS, DynamoDB and S3 inside one JVM. */
@NullMarked
package io.broadcaster.localcloud;

import org.jspecify.annotations.NullMarked;
