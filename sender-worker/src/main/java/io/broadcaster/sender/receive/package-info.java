/** From a message of a queue to a batch in work. */
@NullMarked
package io.broadcaster.sender.receive;

import org.jspecify.annotations.NullMarked;
