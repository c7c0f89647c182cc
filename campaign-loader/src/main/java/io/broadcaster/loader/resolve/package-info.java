/** Users to devices, many look-ups at a time, in the order of the rows. */
@NullMarked
package io.broadcaster.loader.resolve;

import org.jspecify.annotations.NullMarked;
