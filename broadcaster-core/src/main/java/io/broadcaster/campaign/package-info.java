/** What to say, to whom and how, and the rules of arming and launching it. */
@NullMarked
package io.broadcaster.campaign;

import org.jspecify.annotations.NullMarked;
