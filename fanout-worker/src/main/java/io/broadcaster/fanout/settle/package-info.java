/** What becomes of the slice's message afterwards. */
@NullMarked
package io.broadcaster.fanout.settle;

import org.jspecify.annotations.NullMarked;
