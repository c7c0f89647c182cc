/** Judges of journals and ledgers. */
@NullMarked
package io.broadcaster.loadtest.check;

import org.jspecify.annotations.NullMarked;
