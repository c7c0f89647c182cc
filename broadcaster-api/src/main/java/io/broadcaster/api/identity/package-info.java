/** Who calls, how that is proved, and what each role may do. */
@NullMarked
package io.broadcaster.api.identity;

import org.jspecify.annotations.NullMarked;
