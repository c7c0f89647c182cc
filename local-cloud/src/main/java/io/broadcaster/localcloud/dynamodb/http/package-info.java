/** DynamoDB's protocol, AWS JSON 1.0, for the calls that the product makes. */
@NullMarked
package io.broadcaster.localcloud.dynamodb.http;

import org.jspecify.annotations.NullMarked;
