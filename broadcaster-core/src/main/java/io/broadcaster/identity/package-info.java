/** Word about people that every process must have. */
@NullMarked
package io.broadcaster.identity;

import org.jspecify.annotations.NullMarked;
