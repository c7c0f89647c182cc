/** A DynamoDB of our own on a loopback port. */
@NullMarked
package io.broadcaster.localcloud.dynamodb;

import org.jspecify.annotations.NullMarked;
