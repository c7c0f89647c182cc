/** What a sender rehearses with before it is ready: a launch of nobody, all of it in memory. */
@NullMarked
package io.broadcaster.sender.rehearsal;

import org.jspecify.annotations.NullMarked;
