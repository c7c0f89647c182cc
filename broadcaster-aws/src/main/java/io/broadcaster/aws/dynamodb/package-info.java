/** Every store of the core on DynamoDB, one class per table. */
@NullMarked
package io.broadcaster.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
