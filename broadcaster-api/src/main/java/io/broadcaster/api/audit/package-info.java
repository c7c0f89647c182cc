/** Writing acts down: before they are done, or, for a press and an abort, right after. */
@NullMarked
package io.broadcaster.api.audit;

import org.jspecify.annotations.NullMarked;
