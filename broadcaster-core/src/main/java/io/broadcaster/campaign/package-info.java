/** What to say, to whom and how; the states that a campaign passes through and the rules of each move. */
@NullMarked
package io.broadcaster.campaign;

import org.jspecify.annotations.NullMarked;
