/** Keys that change while the sender runs: looked at again and again, proven by requests to nobody, taken, given up. */
@NullMarked
package io.broadcaster.sender.provider.rotation;

import org.jspecify.annotations.NullMarked;
